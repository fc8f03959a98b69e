"""Moments and stretches of a group study that a power cut may have cut in two."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from study.coverage import union


class Moment(NamedTuple):
    """A moment of a group study; moments are in order as they compare.

    ```
    boot 0  ──18:30════════════19:02┤ power cut
    boot 1                               ├0:04══════════════▶
    ```
    `boot` counts the boots the study went over, from 0; `ms` is CLOCK_BOOTTIME of that boot.
    """

    boot: int
    ms: int


class BootStretch(NamedTuple):
    """Real time within one boot; the end excluded."""

    boot: int
    start_ms: int
    end_ms: int

    @property
    def length_ms(self) -> int:
        return self.end_ms - self.start_ms


def joined(stretches: Iterable[BootStretch]) -> tuple[BootStretch, ...]:
    """The same moments as disjoint stretches in order; backward and empty ones are none."""
    by_boot: dict[int, list[tuple[int, int]]] = {}
    for stretch in stretches:
        by_boot.setdefault(stretch.boot, []).append((stretch.start_ms, stretch.end_ms))
    return tuple(BootStretch(boot, *edges) for boot in sorted(by_boot) for edges in union(by_boot[boot]))


def total_ms(stretches: Iterable[BootStretch]) -> int:
    """How long disjoint stretches are together, in ms."""
    return sum(stretch.length_ms for stretch in stretches)


def first_of(stretches: Iterable[BootStretch], most_ms: int) -> tuple[BootStretch, ...]:
    """The first `most_ms` of disjoint stretches in order.

    ```
    in    ├───────┤   ├──────┤  ├──┤
    out   ├───────┤   ├───┤            most_ms = 12
    ```
    """
    kept: list[BootStretch] = []
    for stretch in stretches:
        end_ms = min(stretch.end_ms, stretch.start_ms + most_ms)
        if stretch.start_ms >= end_ms:
            break
        kept.append(stretch._replace(end_ms=end_ms))
        most_ms -= kept[-1].length_ms
    return tuple(kept)


def longest(stretches: Sequence[BootStretch], most: int) -> tuple[BootStretch, ...]:
    """At most so many of disjoint stretches, in their order: the shortest are left out."""
    if len(stretches) <= most:
        return tuple(stretches)
    return tuple(sorted(sorted(stretches, key=lambda one: -one.length_ms)[:most]))


def common_ms(stretch: BootStretch, entered: Moment, left: Moment) -> int:
    """How much of a stretch lies between two moments, in ms.

    ```
    boot 0   ·entered═══════════┤
    stretch                         boot 1   ├─────────────┤
    boot 1                                 ══════·left
    common                                   ├───┤
    ```
    """
    starts_ms = entered.ms if entered.boot == stretch.boot else 0
    ends_ms = left.ms if left.boot == stretch.boot else stretch.end_ms
    if not entered.boot <= stretch.boot <= left.boot:
        return 0
    return max(0, min(stretch.end_ms, ends_ms) - max(stretch.start_ms, starts_ms))
