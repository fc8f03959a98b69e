"""Watches on the X server when a picture is put into a window."""

import time
from collections.abc import Callable
from typing import Any

from Xlib.display import Display
from Xlib.error import ConnectionClosedError
from Xlib.ext import damage

from study.units import MonotonicMs

_AGE_MAX_MS = 10_000
"""What seems older was dated by another machine's clock."""


class PutWatch:
    """Puts of whatever was drawn into the window or what lies in it; all of one and the same moment are one.

    The Damage extension dates them, so that nobody has to wake for each. Where the server has no such
    extension there are none.
    """

    def __init__(self, xid: int, display_name: str) -> None:
        self._display = Display(display_name)
        self._display.set_error_handler(_window_is_gone)
        self._window = self._display.create_resource_object("window", xid)
        self._damage: Any = None
        self._left_out = (0, 0)
        self._can_tell = bool(self._display.has_extension("DAMAGE"))
        if self._can_tell:
            self._display.damage_query_version()

    def take(self, now_ms: MonotonicMs) -> list[MonotonicMs]:
        """See Puts."""
        if not self._can_tell:
            return []
        try:
            if self._damage is None:
                self._damage = self._window.damage_create(damage.DamageReportRawRectangles)
                self._display.sync()
                self._told()  # first of all the server tells that there is a window
            told = list(dict.fromkeys(self._told()))
            clock_ms = _clock_ms()
            first_ms, last_ms = self._left_out
        except (ConnectionClosedError, OSError):
            self._can_tell = False
            return []
        ages = [_age_ms(clock_ms, at_ms) for at_ms in told]
        return [MonotonicMs(now_ms - age) for age in ages if not first_ms <= clock_ms - age <= last_ms]

    def leave_out(self, drawing: Callable[[], None]) -> None:
        """Does what has the window itself drawn, and is on screen when it returns: that is no picture.

        On any thread.
        """
        first_ms = _clock_ms()
        self._left_out = first_ms, first_ms + _AGE_MAX_MS  # it may be asked for meanwhile
        drawing()
        self._left_out = first_ms, _clock_ms()

    def rest(self) -> None:
        """See Puts."""
        if self._damage is None:
            return
        try:
            self._display.damage_destroy(self._damage)
            self._display.sync()
            self._told()
        except (ConnectionClosedError, OSError):
            self._can_tell = False
        self._damage = None

    def close(self) -> None:
        self._display.close()

    def _told(self) -> list[int]:
        """When something was drawn, by the server's clock."""
        events = [self._display.next_event() for _ in range(self._display.pending_events())]
        code = self._display.extension_event.DamageNotify
        return [event.timestamp for event in events if event.type == code]


def _clock_ms() -> int:
    return time.monotonic_ns() // 1_000_000


def _age_ms(clock_ms: int, server_ms: int) -> int:
    """The server counts the same milliseconds, in 32 bits."""
    age_ms = (clock_ms - server_ms) & 0xFFFF_FFFF
    return age_ms if age_ms <= _AGE_MAX_MS else 0


def _window_is_gone(*_error: object) -> None:
    """Nothing is drawn into it any more."""
