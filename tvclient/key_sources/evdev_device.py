"""One of the kernel's input devices, /dev/input/event*."""

import errno
import logging
import os
import struct
from collections.abc import Sequence
from fcntl import ioctl
from pathlib import Path

from tvclient.key_sources.device import Heard
from tvclient.key_sources.evdev_keys import EvdevKeys
from tvclient.key_sources.input_event import EV_KEY, LAYOUT, InputStream
from tvclient.key_sources.kernel_call import reads, writes
from tvclient.key_sources.key_names import is_key

log = logging.getLogger(__name__)

KEY_BITS_BYTES = 0x300 // 8
NAME_BYTES = 256
EVIOCGNAME = reads("E", 0x06, NAME_BYTES)
EVIOCGKEY = reads("E", 0x18, KEY_BITS_BYTES)
EVIOCGBIT_KEY = reads("E", 0x20 + EV_KEY, KEY_BITS_BYTES)
EVIOCGRAB = writes("E", 0x90, struct.calcsize("i"))

# So many at a time, so that a storm from one device holds up no other.
EVENTS_AT_ONCE = 64


class InputNode:
    """The open file and what the kernel says about it."""

    def __init__(self, path: Path) -> None:
        """Raises OSError if it can't be opened or is no input device."""
        self.fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            self.name = self._ask(EVIOCGNAME, NAME_BYTES).partition(b"\0")[0].decode("utf-8", "replace")
            self.keys = _numbers(self._ask(EVIOCGBIT_KEY, KEY_BITS_BYTES))
        except OSError:
            os.close(self.fd)
            raise

    def held(self) -> frozenset[int] | None:
        """The keys that are down now; None if it does not tell."""
        try:
            return _numbers(self._ask(EVIOCGKEY, KEY_BITS_BYTES))
        except OSError:
            return None

    def grab(self) -> None:
        """No other program, X11 among them, hears of its keys from now on. Raises OSError if one did so."""
        ioctl(self.fd, EVIOCGRAB, 1)

    def _ask(self, request: int, size: int) -> bytes:
        answer = bytearray(size)
        ioctl(self.fd, request, answer)
        return bytes(answer)


class EvdevDevice:
    """Implements Device. `node` is taken over and closed."""

    def __init__(self, path: Path, node: InputNode) -> None:
        self.name = node.name
        self._node = node
        self._stream = InputStream()
        self._keys = EvdevKeys(str(path), node.held)
        self._is_told_of = False

    def fileno(self) -> int:
        return self._node.fd

    def take(self, ready: int, now_ms: int) -> Sequence[Heard]:
        try:
            data = os.read(self._node.fd, LAYOUT.size * EVENTS_AT_ONCE)
        except BlockingIOError:
            return ()
        if not data:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        heard = [signal for event in self._stream.feed(data) for signal in self._keys.take(event, now_ms)]
        if self._keys.is_ignored and not self._is_told_of:
            self._is_told_of = True
            log.warning("%s 每秒送来几百个按键，像是坏了，静下来之前不听它的；其他遥控方式照常。", self.name)
        return heard

    def due_ms(self) -> int | None:
        return self._keys.due_ms

    def handle_due(self, now_ms: int) -> Sequence[Heard]:
        return self._keys.handle_due(now_ms)

    def end(self) -> Sequence[Heard]:
        return self._keys.end()

    def close(self) -> None:
        os.close(self._node.fd)


def has_keys(node: InputNode) -> bool:
    """Whether it has anything that could be on a remote: more than the buttons of a mouse."""
    return any(is_key(number) for number in node.keys)


def _numbers(bits: bytes) -> frozenset[int]:
    return frozenset(
        8 * place + bit for place, byte in enumerate(bits) for bit in range(8) if byte >> bit & 1
    )
