"""Watch intervals: the stretches of time in which the playhead moved."""

from collections.abc import Iterable
from dataclasses import dataclass

from study.coverage import Stretch, union
from study.units import BootId, Milliseconds, MonotonicMs

RATE_MIN, RATE_MAX = 0.5, 2.0


@dataclass(frozen=True, slots=True)
class WatchInterval:
    """A stretch in which the playhead moved, at one rate, without pause, buffering, seek or stall.

    ```
    monotonic  ──start_ms════════════end_ms──▶      real time, CLOCK_BOOTTIME of `boot`
    media      ──media_start_ms══════media_end_ms─▶ position in the course
    ```
    """

    boot: BootId
    start_ms: MonotonicMs
    end_ms: MonotonicMs
    media_start_ms: Milliseconds
    media_end_ms: Milliseconds
    rate: float = 1.0

    @property
    def is_sound(self) -> bool:
        """Runs forwards in both times, at a rate that a player offers."""
        return (
            0 <= self.start_ms <= self.end_ms
            and 0 <= self.media_start_ms <= self.media_end_ms
            and RATE_MIN <= self.rate <= RATE_MAX
        )


def played_ms(intervals: Iterable[WatchInterval]) -> Milliseconds:
    """Real time in which the playhead moved; what the rules call the time studied.

    Intervals that run backwards count nothing. Within one boot, moments that two
    intervals share count once: one television cannot study a minute twice.
    """
    by_boot: dict[BootId, list[Stretch]] = {}
    for interval in intervals:
        if interval.is_sound:
            by_boot.setdefault(interval.boot, []).append((interval.start_ms, interval.end_ms))
    return Milliseconds(sum(end - start for spans in by_boot.values() for start, end in union(spans)))


def covered(intervals: Iterable[WatchInterval]) -> tuple[Stretch, ...]:
    """The media stretches seen, in order and disjoint."""
    return union((i.media_start_ms, i.media_end_ms) for i in intervals if i.is_sound)
