"""Kernel time: whether a daemon of the system keeps the wall clock right, by the kernel's own word."""

import ctypes
from dataclasses import dataclass
from typing import Protocol

from study.units import Milliseconds


@dataclass(frozen=True, slots=True)
class Disciplined:
    """A daemon of the system keeps the wall clock by NTP: it is `utc_ms` now, give or take `error_ms`."""

    utc_ms: int
    error_ms: Milliseconds


class KernelTime(Protocol):
    """What the kernel knows of its own wall clock."""

    def read(self) -> Disciplined | None:
        """The time, if a daemon keeps it right; None for a clock that runs free."""


class AdjtimexTime:
    """The kernel's NTP state by adjtimex(2); reading it needs no rights."""

    def __init__(self) -> None:
        self._adjtimex = ctypes.CDLL(None, use_errno=True).adjtimex

    def read(self) -> Disciplined | None:
        state = Timex()
        returned = self._adjtimex(ctypes.byref(state))
        return disciplined(state, returned)


class Timex(ctypes.Structure):
    """`struct timex` as far as it is read."""

    # By <sys/timex.h>; the rest is room for the kernel to write.
    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("constant", ctypes.c_long),
        ("precision", ctypes.c_long),
        ("tolerance", ctypes.c_long),
        ("seconds", ctypes.c_long),
        ("fraction", ctypes.c_long),
        ("rest", ctypes.c_char * 256),
    )


_TIME_ERROR = 5
_STA_UNSYNC, _STA_NANO = 0x0040, 0x2000


def disciplined(state: Timex, returned: int) -> Disciplined | None:
    """What a filled `struct timex` and the value that adjtimex returned with it say."""
    if returned in (-1, _TIME_ERROR) or state.status & _STA_UNSYNC:
        return None
    per_ms = 1_000_000 if state.status & _STA_NANO else 1_000
    return Disciplined(
        state.seconds * 1_000 + state.fraction // per_ms, Milliseconds(state.maxerror // 1_000 + 1)
    )
