"""Watches on the X server when a picture is put into a window."""

import time
from collections import deque
from collections.abc import Callable
from typing import Any

from Xlib import X
from Xlib.display import Display
from Xlib.error import ConnectionClosedError
from Xlib.ext import damage

from study.units import MonotonicMs

_AGE_MAX_MS = 10_000
"""What seems older was dated by another machine's clock."""
_LEFT_OUT_MAX = 8
"""Far more than there are between two looks."""
_PAINTED_MS = 1
"""The server paints a window that appears or goes at once, in as many pieces as it is seen in."""


class PutWatch:
    """Puts of whatever was drawn into the window or what lies in it; all of one and the same moment are one.

    The Damage extension dates them, so that nobody has to wake for each. Where the server has no such
    extension there are none. Before its first picture libVLC tries windows of its own inside, which the
    server paints black; that is no picture either::

        told      map  damage  unmap  damage  map  damage     damage   damage
        it was        ╰─black       ╰─black      ╰─black     picture  picture
    """

    def __init__(self, xid: int, display_name: str) -> None:
        self._display = Display(display_name)
        self._display.set_error_handler(_window_is_gone)
        self._window = self._display.create_resource_object("window", xid)
        self._damage: Any = None
        self._left_out: deque[tuple[int, int]] = deque(maxlen=_LEFT_OUT_MAX)
        self._is_to_be_painted, self._painted_ms = False, 0
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
                self._window.change_attributes(event_mask=X.StructureNotifyMask | X.SubstructureNotifyMask)
                self._display.sync()
                self._events()  # first of all the server tells that there is a window
                self._is_to_be_painted = False
            events = self._events()
            clock_ms = _clock_ms()
        except (ConnectionClosedError, OSError):
            self._can_tell = False
            return []
        put = dict.fromkeys(at_ms for event in events if (at_ms := self._put_ms(event, clock_ms)) is not None)
        return [MonotonicMs(now_ms - (clock_ms - at_ms)) for at_ms in put]

    def leave_out(self, drawing: Callable[[], None]) -> None:
        """Does what has the window itself drawn, and is on screen when it returns: that is no picture.

        On any thread.
        """
        first_ms = _clock_ms()
        self._left_out.append((first_ms, first_ms + _AGE_MAX_MS))  # it may be asked for meanwhile
        drawing()
        self._left_out[-1] = first_ms, _clock_ms()

    def rest(self) -> None:
        """See Puts."""
        if self._damage is None:
            return
        try:
            self._display.damage_destroy(self._damage)
            self._window.change_attributes(event_mask=X.NoEventMask)
            self._display.sync()
            self._events()
        except (ConnectionClosedError, OSError):
            self._can_tell = False
        self._damage = None

    def close(self) -> None:
        self._display.close()

    def _events(self) -> list[Any]:
        return [self._display.next_event() for _ in range(self._display.pending_events())]

    def _put_ms(self, event: Any, clock_ms: int) -> int | None:
        """When this was drawn, by our clock, if it is a picture; None for anything else."""
        if event.type in (X.MapNotify, X.UnmapNotify):
            # What the appearing of the window itself has drawn is left out by its time.
            self._is_to_be_painted = event.window.id != self._window.id
        if event.type != self._display.extension_event.DamageNotify:
            return None
        at_ms = clock_ms - _age_ms(clock_ms, event.timestamp)
        if any(first_ms <= at_ms <= last_ms for first_ms, last_ms in tuple(self._left_out)):
            return None
        if self._is_to_be_painted:
            self._is_to_be_painted, self._painted_ms = False, at_ms
        return at_ms if at_ms - self._painted_ms > _PAINTED_MS else None


def _clock_ms() -> int:
    return time.monotonic_ns() // 1_000_000


def _age_ms(clock_ms: int, server_ms: int) -> int:
    """The server counts the same milliseconds, in 32 bits."""
    age_ms = (clock_ms - server_ms) & 0xFFFF_FFFF
    return age_ms if age_ms <= _AGE_MAX_MS else 0


def _window_is_gone(*_error: object) -> None:
    """Nothing is drawn into it any more."""
