"""Three pictures in memory that libVLC and the television use in turn."""

import ctypes
import mmap
import threading
from enum import Enum, auto

from tvclient.playback.frame_format import FrameFormat

FRAMES = 3

_memcmp = ctypes.CDLL(None).memcmp
_memcmp.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)


class Put(Enum):
    """What became of a picture that libVLC put out."""

    NEW = auto()
    """It waits; none waited before."""
    DISPLACED = auto()
    """It waits in place of one that nobody took."""
    NOTHING_NEW = auto()
    """The same pixels are on screen, or wait, already."""


class Frame:
    """The memory of one picture: the same bytes as addresses for libVLC and as views for Kivy."""

    __slots__ = ("addresses", "format", "planes")

    def __init__(self, frame_format: FrameFormat) -> None:
        self.format = frame_format
        memory = mmap.mmap(-1, frame_format.size_bytes)  # begins at a page and goes back to the system
        start = ctypes.addressof(ctypes.c_char.from_buffer(memory))
        whole, offset = memoryview(memory), 0
        planes, addresses = [], []
        for width, height in frame_format.sizes:
            planes.append(whole[offset : offset + width * height])
            addresses.append(start + offset)
            offset += width * height
        self.planes, self.addresses = tuple(planes), tuple(addresses)

    def same_pixels(self, other: "Frame") -> bool:
        """The first difference ends the comparison: it costs something only where nothing moves."""
        return not _memcmp(self.addresses[0], other.addresses[0], self.format.size_bytes)


class FrameStack:
    """One is written, one waits, one is on screen::

        lend ──▶ written by libVLC ──▶ put ──▶ waiting ──▶ take ──▶ on screen
          ▲                                       │ a newer one came first: unseen
          └───────────────────────────────────────┘

    No call waits for the other side, and none of them hands out the same picture twice.
    """

    def __init__(self, frame_format: FrameFormat) -> None:
        self.format = frame_format
        self._frames = [Frame(frame_format) for _ in range(FRAMES)]
        self._lock = threading.Lock()
        self._waiting: Frame | None = None
        self._on_screen: Frame | None = None

    def lend(self) -> tuple[int, Frame]:
        """A frame to write into, and its number; of those lent and not yet put only the last one counts."""
        with self._lock:
            for number, frame in enumerate(self._frames):
                if frame is not self._waiting and frame is not self._on_screen:
                    return number, frame
        raise AssertionError("of three frames two are in use")

    def put(self, number: int) -> Put:
        """The frame of this number is to be seen from now on."""
        frame = self._frames[number]
        with self._lock:
            newest = self._waiting or self._on_screen
            if newest is not None and frame.same_pixels(newest):
                return Put.NOTHING_NEW
            displaced = self._waiting is not None
            self._waiting = frame
            return Put.DISPLACED if displaced else Put.NEW

    def take(self) -> Frame | None:
        """The newest frame that was not taken yet; it stays untouched until the next one is taken."""
        with self._lock:
            taken, self._waiting = self._waiting, None
            if taken is not None:
                self._on_screen = taken
            return taken

    def forget(self) -> None:
        """What was put so far is not taken any more; the next picture is new whatever it shows."""
        with self._lock:
            self._waiting = self._on_screen = None
