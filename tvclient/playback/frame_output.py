"""libVLC's memory output: its callbacks on one side, the newest picture on the other."""

import ctypes
import itertools
import logging
import threading
from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_uint, c_void_p
from functools import partial
from typing import Any

from tvclient.playback.frame_format import read_format, wanted_chroma
from tvclient.playback.frame_puts import FramePuts
from tvclient.playback.frame_shape import Shape, shape_of
from tvclient.playback.frame_stack import Frame, FrameStack, Put
from tvclient.playback.picture import Later

log = logging.getLogger(__name__)

# The same types as python-vlc's own: ctypes keeps one for each signature.
_Setup = CFUNCTYPE(c_uint, POINTER(c_void_p), c_char_p, *[POINTER(c_uint)] * 4)
_RawSetup = CFUNCTYPE(c_uint, POINTER(c_void_p), c_void_p, *[POINTER(c_uint)] * 4)
_Cleanup = CFUNCTYPE(None, c_void_p)
_Lock = CFUNCTYPE(c_void_p, c_void_p, POINTER(c_void_p))
_Unlock = CFUNCTYPE(None, c_void_p, c_void_p, POINTER(c_void_p))
_Display = CFUNCTYPE(None, c_void_p, c_void_p)

ASK_SHAPE_EVERY, ASK_SHAPE_AT = 25, (1, 4)
"""The aspect ratio of a stream can change without any other sign, and is known later than its size."""
SHAPELESS = 8
"""It may be known some frames after the first; for so many the picture waits, rather than jump."""
SQUARE = Shape(1, 1)


class FrameOutput:
    """What libVLC's threads leave here, one thread takes.

    `on_news` is called on libVLC's threads when there is something to take or the shape has changed; it
    must return quickly. libVLC is never called from its callbacks.
    """

    def __init__(self, on_news: Callable[[], None]) -> None:
        self.shape = SQUARE
        self.unseen = 0
        self._on_news = on_news
        self._wanted = False
        self._shaped = False
        self._numbers = itertools.count(1)
        self._stacks: dict[int, FrameStack] = {}
        self._newest: FrameStack | None = None
        self._lock = threading.Lock()
        self._put = 0
        self._ask_shape: Callable[[], None] = lambda: None
        self._puts = FramePuts()
        # libVLC keeps their addresses only.
        self._setup = _RawSetup(self._on_setup)
        self._callbacks = (_Lock(self._on_lock), _Unlock(), _Display(self._on_display))
        self._cleanup = _Cleanup(self._on_cleanup)

    def attach(self, media_player: Any, later: Later) -> FramePuts:
        """Has this player put its pictures out here; before its first media."""
        self._puts = FramePuts()
        self._ask_shape = partial(later, partial(self._learn_shape, media_player))
        media_player.video_set_callbacks(*self._callbacks, None)
        # python-vlc hands its own signature the fourcc as bytes, which can't be written to.
        media_player.video_set_format_callbacks(ctypes.cast(self._setup, _Setup), self._cleanup)
        return self._puts

    def want(self, wanted: bool) -> None:
        """Without being wanted, pictures are dropped as they come."""
        with self._lock:
            self._wanted = wanted
            if not wanted:
                self.shape, self._shaped = SQUARE, False
                if self._newest is not None:
                    self._newest.forget()

    def take(self) -> Frame | None:
        """The newest picture, once."""
        with self._lock:
            return self._newest.take() if self._newest is not None else None

    # ── on the thread that owns libVLC ──

    def _learn_shape(self, media_player: Any) -> None:
        shape = shape_of(media_player)
        if shape is not None and (shape != self.shape or not self._shaped):
            self.shape, self._shaped = shape, True
            self._on_news()

    # ── on libVLC's threads ──

    def _on_setup(self, opaque: Any, chroma: int, width: Any, height: Any, pitches: Any, lines: Any) -> int:
        try:
            return self._begin(opaque, chroma, width, height, pitches, lines)
        except Exception:  # into C nothing can be raised; 0 means that there will be no picture
            log.exception("the pictures' memory could not be laid out")
            return 0

    def _begin(self, opaque: Any, chroma: int, width: Any, height: Any, pitches: Any, lines: Any) -> int:
        offered = ctypes.string_at(chroma, 4)
        frame_format = read_format(offered, width, height)
        stack = FrameStack(frame_format)
        number = next(self._numbers)
        with self._lock:
            self._stacks[number] = self._newest = stack
        ctypes.memmove(chroma, wanted_chroma(offered), 4)
        width[0], height[0] = frame_format.width, frame_format.height
        for plane, (pitch, count) in enumerate(frame_format.sizes):
            pitches[plane], lines[plane] = pitch, count
        opaque[0] = number
        self._put = 0
        log.debug("pictures %s from %r", frame_format, offered)
        return 1

    def _on_cleanup(self, opaque: int) -> None:
        with self._lock:
            if self._stacks.pop(opaque, None) is self._newest:
                self._newest = None

    def _on_lock(self, opaque: int, planes: Any) -> int:
        number, frame = self._stacks[opaque].lend()
        planes[0], planes[1], planes[2] = frame.addresses
        return number

    def _on_display(self, opaque: int, number: int | None) -> None:
        try:
            self._handle_one_picture(self._stacks[opaque], number or 0)
        except Exception:
            log.exception("a picture was dropped")

    def _handle_one_picture(self, stack: FrameStack, number: int) -> None:
        self._put += 1
        if stack is self._newest:
            self._puts.put()
        shaped = self._shaped or self._put > SHAPELESS
        if not shaped or self._put % ASK_SHAPE_EVERY in ASK_SHAPE_AT:
            self._ask_shape()
        with self._lock:
            if not self._wanted or stack is not self._newest:
                return
            put = stack.put(number)
            self.unseen += put is Put.DISPLACED
        if shaped and (put is Put.NEW or self._put == SHAPELESS + 1):
            self._on_news()
