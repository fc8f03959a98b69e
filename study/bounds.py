"""Bounds: between which moments a boot without an anchor must lie, told by its neighbours.

```
 boot 7, anchored        boot 8, no anchor         boot 9, anchored
├────────────●known┤     ├─────●───known┤          ├────●──────
             └──────── earliest ─── latest ────────┘
```
A boot begins after everything known of the boots before it, and ends before the next begins.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from study.anchor import Anchor, from_utc_ms
from study.month import month_of
from study.units import HOUR_MS, MonotonicMs

_DRIFT_PER_MILLION = 500
"""No kernel lets its clocks run faster or slower than this, corrections by NTP included."""

_LONGEST_MONTH_MS = 31 * 24 * HOUR_MS


@dataclass(frozen=True, slots=True)
class Boot:
    """What is known of one boot. Its clock stood at 0 when it began."""

    ordinal: int
    """The how-manieth boot of its box; 0 for one that the box did not see begin: it has no neighbours."""
    known_ms: MonotonicMs
    """The last monotonic time that is known of it."""
    anchor: Anchor | None = None
    """Its best anchor."""
    floor_utc_ms: int | None = None
    """It did not begin earlier, whatever its neighbours say: it has seen a receipt of that time."""
    ceiling_utc_ms: int | None = None
    """It did not begin later: something of it had arrived by then."""

    @property
    def drift_ms(self) -> int:
        """How far its clock may have drifted altogether."""
        return self.known_ms * _DRIFT_PER_MILLION // 1_000_000 + 1


@dataclass(frozen=True, slots=True)
class Span:
    """Between which moments a boot began, in milliseconds since 1970; None where nobody can say."""

    earliest_utc_ms: int | None
    latest_utc_ms: int | None
    drift_ms: int

    @property
    def is_narrow(self) -> bool:
        """Bounded on both sides, and closely enough for a month to be named at all."""
        if self.earliest_utc_ms is None or self.latest_utc_ms is None:
            return False
        return 0 <= self.latest_utc_ms - self.earliest_utc_ms + 2 * self.drift_ms <= _LONGEST_MONTH_MS

    def at(self, mono_ms: MonotonicMs) -> tuple[int | None, int | None]:
        """Between which moments the boot's clock stood at `mono_ms`."""
        earliest, latest = self.earliest_utc_ms, self.latest_utc_ms
        return (
            None if earliest is None else earliest + mono_ms - self.drift_ms,
            None if latest is None else latest + mono_ms + self.drift_ms,
        )

    def month_at(self, mono_ms: MonotonicMs) -> str | None:
        """The month in which the boot's clock stood at `mono_ms`; None while the bounds leave it open."""
        return month_between(*self.at(mono_ms))


NOWHERE = Span(None, None, 0)


def month_between(earliest_utc_ms: int | None, latest_utc_ms: int | None) -> str | None:
    """The month in Asia/Shanghai in which both moments lie; None for two, none, or bounds that contradict."""
    if earliest_utc_ms is None or latest_utc_ms is None or earliest_utc_ms > latest_utc_ms:
        return None
    first, last = month_of(from_utc_ms(earliest_utc_ms)), month_of(from_utc_ms(latest_utc_ms))
    return first if first == last else None


def spans(boots: Iterable[Boot]) -> dict[int, Span]:
    """The span of each boot by its ordinal, from boots of one box in any order; ordinal 0 is left out.

    An ordinal that two boots claim (a box was cloned) orders nothing: from there on no boot is bounded.
    """
    ordered = _in_one_order(boots)
    earliest = _earliest(ordered)
    latest = _latest(ordered)
    return {
        boot.ordinal: Span(early, late, boot.drift_ms)
        for boot, early, late in zip(ordered, earliest, latest, strict=True)
    }


def _in_one_order(boots: Iterable[Boot]) -> list[Boot]:
    ordered = sorted((boot for boot in boots if boot.ordinal > 0), key=lambda boot: boot.ordinal)
    for place in range(1, len(ordered)):
        if ordered[place].ordinal == ordered[place - 1].ordinal:
            return ordered[: place - 1]
    return ordered


def _earliest(ordered: Sequence[Boot]) -> list[int | None]:
    """The first moment at which each boot may have begun."""
    found: list[int | None] = []
    before: int | None = None
    for boot in ordered:
        if boot.anchor is not None:
            # The nearest anchor alone speaks: one further off would add nothing, unless it was wrong.
            start: int | None = boot.anchor.offset_ms - boot.anchor.error_ms - boot.drift_ms
        else:
            floor = None if boot.floor_utc_ms is None else boot.floor_utc_ms - boot.drift_ms
            start = max((m for m in (before, floor) if m is not None), default=None)
        found.append(start)
        before = None if start is None else start + boot.known_ms - boot.drift_ms
    return found


def _latest(ordered: Sequence[Boot]) -> list[int | None]:
    """The last moment at which each boot may have begun."""
    found: list[int | None] = []
    after: int | None = None
    for boot in reversed(ordered):
        if boot.anchor is not None:
            start: int | None = boot.anchor.offset_ms + boot.anchor.error_ms + boot.drift_ms
        else:
            end = None if after is None else after - boot.known_ms + boot.drift_ms
            ceiling = None if boot.ceiling_utc_ms is None else boot.ceiling_utc_ms + boot.drift_ms
            start = min((m for m in (end, ceiling) if m is not None), default=None)
        found.append(start)
        after = start
    return found[::-1]
