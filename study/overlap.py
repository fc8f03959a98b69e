"""Overlap: how long two televisions of one station played at the same time."""

from collections.abc import Iterable

from study.coverage import Stretch, union
from study.units import BootId, Milliseconds
from study.watch import WatchInterval


def overlap_ms(own: Iterable[WatchInterval], others: Iterable[WatchInterval]) -> Milliseconds:
    """Real time of `own` during which any of `others` played too.

    Both televisions count (study-time.md); the record carries this so that an auditor sees it.
    Compared within a boot only: the televisions of one box share its clock.
    """
    mine, theirs = _by_boot(own), _by_boot(others)
    return Milliseconds(sum(_common(mine[boot], theirs.get(boot, ())) for boot in mine))


def _by_boot(intervals: Iterable[WatchInterval]) -> dict[BootId, tuple[Stretch, ...]]:
    spans: dict[BootId, list[Stretch]] = {}
    for interval in intervals:
        if interval.is_sound:
            spans.setdefault(interval.boot, []).append((interval.start_ms, interval.end_ms))
    return {boot: union(stretches) for boot, stretches in spans.items()}


def _common(mine: Iterable[Stretch], theirs: Iterable[Stretch]) -> int:
    held = tuple(theirs)
    return sum(max(0, min(end, e) - max(start, s)) for start, end in mine for s, e in held)
