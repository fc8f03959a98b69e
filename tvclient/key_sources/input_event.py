"""The kernel's input events as they are read from /dev/input/event*."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

# struct input_event of linux/input.h: two longs of time, type, code, value. A 32-bit program has short longs.
LAYOUT = struct.Struct("@LLHHi")

EV_SYN, EV_KEY, EV_MSC = 0x00, 0x01, 0x04
SYN_REPORT, SYN_DROPPED = 0, 3
MSC_SCAN = 4
UP, DOWN, REPEAT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class InputEvent:
    type: int
    code: int
    value: int


class InputStream:
    """Cuts what was read into events; half an event waits for its other half."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[InputEvent]:
        """The events that are whole now."""
        data = self._rest + data
        whole = len(data) - len(data) % LAYOUT.size
        self._rest = data[whole:]
        for _sec, _usec, kind, code, value in LAYOUT.iter_unpack(data[:whole]):
            yield InputEvent(kind, code, value)
