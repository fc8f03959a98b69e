"""Covered time: the union of stretches, and what share of a course it makes."""

from collections.abc import Iterable

from study.units import Milliseconds

Stretch = tuple[int, int]
"""(start, end) in milliseconds, start ≤ end, the end excluded."""

COMPLETE_PER_CENT = 95
"""Completion 播完: at least this share of the length was covered (study-time.md)."""


def union(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The same moments as disjoint stretches in order; touching ones are one, empty or backward ones none.

    ```
    in   ├────┤  ├──┤
            ├──────┤      ├┤
    out  ├─────────────┤  ├┤
    ```
    """
    merged: list[Stretch] = []
    for start, end in sorted(s for s in stretches if s[0] < s[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def covered_ms(stretches: Iterable[Stretch]) -> Milliseconds:
    """How much the union of the stretches covers."""
    return Milliseconds(sum(end - start for start, end in union(stretches)))


def clipped(stretches: Iterable[Stretch], length_ms: int) -> tuple[Stretch, ...]:
    """The union of the stretches within 0 and `length_ms`; unclipped where the length is unknown (0)."""
    if length_ms <= 0:
        return union(stretches)
    return union((max(0, start), min(end, length_ms)) for start, end in stretches)


def is_complete(covered: Milliseconds, length_ms: Milliseconds) -> bool:
    """播完: covered at least 95 % of a known length."""
    return length_ms > 0 and covered * 100 >= length_ms * COMPLETE_PER_CENT
