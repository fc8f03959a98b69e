"""Programmes of one channel as they can be shown: in order, none over another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from study.units import HOUR_MS, MINUTE_MS

UNTOLD_MS = 4 * HOUR_MS
"""At most so long a programme goes on whose end nobody told."""
LONGEST_MS = 24 * HOUR_MS
SHORTEST_MS = MINUTE_MS
"""What is shorter can be neither read nor chosen."""


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme with its beginning and end in milliseconds since 1970."""

    start_ms: int
    stop_ms: int
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class Unarranged:
    """A programme of which the end is perhaps not known."""

    start_ms: int
    stop_ms: int | None
    title: str
    about: str


def arranged(told: Iterable[Unarranged]) -> Iterator[Programme]:
    """The programmes of one channel, which come by their start, each start once.

    ```
    told      ├── A ──────────┤        ├─ C ─ ?
                      ├── B ──────┤              ├─ D ────┤
    arranged  ├── A ──┼── B ──────┤    ├─ C ─────┼─ D ────┤
    ```
    An end that is missing, not after the start, or more than a day later is where the next begins, at
    most 4 h on.
    """
    last: Programme | None = None
    for each in told:
        if last is not None:
            yield from _if_seen(replace(last, stop_ms=min(last.stop_ms, each.start_ms)))
        last = Programme(each.start_ms, _stop_of(each), each.title, each.about)
    if last is not None:
        yield from _if_seen(last)


def _if_seen(programme: Programme) -> Iterator[Programme]:
    if programme.stop_ms - programme.start_ms >= SHORTEST_MS:
        yield programme


def _stop_of(each: Unarranged) -> int:
    if each.stop_ms is None or not 0 < each.stop_ms - each.start_ms <= LONGEST_MS:
        return each.start_ms + UNTOLD_MS
    return each.stop_ms
