"""Placing: the start of a session on the calendar, by the anchors of its boot."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from study.anchor import Anchor, place, to_utc_ms
from study.month import month_of
from study.units import BootId, MonotonicMs


@dataclass(frozen=True, slots=True)
class Placed:
    """A start in UTC and the month it belongs to; both None while no anchor is known."""

    started_at_ms: int | None
    month: str | None


NOWHERE = Placed(None, None)


class BootCalendar:
    """One boot's anchors, ready to place many sessions."""

    def __init__(self, boot: BootId, anchors: Iterable[Anchor]) -> None:
        self._boot = boot
        known = [anchor for anchor in anchors if anchor.boot == boot]
        least_error = min((anchor.error_ms for anchor in known), default=0)
        self._by_mono: dict[int, list[Anchor]] = {}
        for anchor in known:
            if anchor.error_ms == least_error:
                self._by_mono.setdefault(anchor.mono_ms, []).append(anchor)
        self._monos = sorted(self._by_mono)

    def place(self, opened_ms: MonotonicMs) -> Placed:
        """Where a session that opened at `opened_ms` belongs, as `study.anchor.place` decides.

        Only the nearest anchors of the least error on either side can win, so only those are
        handed over: a boot of months has thousands.
        """
        here = bisect_left(self._monos, opened_ms)
        near = [anchor for mono in self._monos[max(0, here - 1) : here + 1] for anchor in self._by_mono[mono]]
        at = place(near, self._boot, opened_ms)
        return NOWHERE if at is None else Placed(to_utc_ms(at), month_of(at))
