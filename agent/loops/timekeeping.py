"""Timekeeping: takes the time from the kernel where a daemon keeps it, raises the wall clock for TLS."""

import logging
from collections.abc import Callable

from agent.clock import BUILT_ON, Clock
from agent.kernel_time import KernelTime
from agent.records.anchoring import is_worth_a_record
from agent.stores.dates.anchors import add_anchor
from agent.stores.dates.moments import anchors_of, trusted_floor, utc_ms_of
from agent.stores.disk.database import Database
from study.anchor import Anchor, AnchorSource, from_utc_ms, to_utc_ms
from study.month import local
from study.units import Milliseconds

log = logging.getLogger(__name__)

LOOK_EVERY_S = 60.0
_SLOW_MS = 2_000
"""A wall clock less slow than this is left alone."""

_MAY_NOT = "本机时钟慢了，本程序无权调整；加密连接可能因此失败，请管理员校准系统时间"


class Timekeeping:
    """Looks at the clocks; `handle_one_look` is one turn, `raise_clock` comes before the first TLS call."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        kernel: KernelTime | None,
        set_clock: Callable[[int], None] | None,
        when_raised: Callable[[], None],
    ) -> None:
        """Without `kernel` the system's NTP is not asked; without `set_clock` the wall clock stays."""
        self._database = database
        self._clock = clock
        self._kernel = kernel
        self._set_clock = set_clock
        self._when_raised = when_raised
        self.warning = ""
        """What an operator should know; empty for nothing."""

    def handle_one_look(self) -> float:
        """Note the kernel's time where it is news. Returns the seconds until the next look."""
        self._note_kernel_time()
        if self.raise_clock():
            self._when_raised()
        return LOOK_EVERY_S

    def raise_clock(self) -> bool:
        """Set a wall clock that is too slow to be right to the least that it can be; never back.

        Certificates are checked all the same: this only spares them a clock that stands in 1970.
        """
        if self._set_clock is None:
            return False
        least_ms = self._least_utc_ms()
        if self._clock.wall_utc_ms() >= least_ms - _SLOW_MS:
            self.warning = ""
            return False
        try:
            self._set_clock(least_ms)
        except OSError as error:
            if not self.warning:
                log.warning("the wall clock is slow and could not be raised: %s", error)
            self.warning = _MAY_NOT
            return False
        log.info("wall clock raised to %s", local(from_utc_ms(least_ms)).isoformat(timespec="seconds"))
        self.warning = ""
        return True

    def _least_utc_ms(self) -> int:
        boot, mono_ms = self._clock.boot, self._clock.mono_ms()
        with self._database.reading() as tables:
            known = (utc_ms_of(tables, boot, mono_ms), trusted_floor(tables, boot, mono_ms))
        return max([to_utc_ms(BUILT_ON), *(utc_ms for utc_ms in known if utc_ms is not None)])

    def _note_kernel_time(self) -> None:
        asked_ms = self._clock.mono_ms()
        told = None if self._kernel is None else self._kernel.read()
        if told is None:
            return
        error_ms = Milliseconds(told.error_ms + self._clock.mono_ms() - asked_ms)
        anchor = Anchor(self._clock.boot, asked_ms, told.utc_ms, error_ms, AnchorSource.NTP)
        with self._database.reading() as tables:
            floor_ms = trusted_floor(tables, anchor.boot, anchor.mono_ms) or to_utc_ms(BUILT_ON)
            is_news = is_worth_a_record(anchor, anchors_of(tables, anchor.boot))
        if is_news and anchor.utc_ms + error_ms < floor_ms - _SLOW_MS:
            log.warning("the system's NTP tells a time that has passed: %s", from_utc_ms(anchor.utc_ms))
        elif is_news:
            with self._database.writing() as tables:
                add_anchor(tables, anchor)
