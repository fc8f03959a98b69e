"""Anchoring: which tellings of the time are worth a record of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from study.anchor import EARLIEST, LATEST, Anchor, AnchorSource, best_anchor, floor_of, to_utc_ms
from study.units import BootId, Milliseconds, MonotonicMs

DRIFT_MS = 60_000
"""A boot whose anchor has drifted, or was stepped, by more than this gets another."""

BETTER = 4
"""So much smaller must a new error be to be worth a record."""

REST_MS = 600_000
"""Between two such anchors, so that a clock that jumps to and fro does not fill the outbox."""

WORSE_THAN_NOTHING_MS = 600_000
"""A reply that took longer to come tells no time."""


@dataclass(frozen=True, slots=True)
class TimeTold:
    """The platform said `utc_ms` when this box's clock stood at `mono_ms`, give or take `error_ms`."""

    utc_ms: int
    mono_ms: MonotonicMs
    error_ms: Milliseconds

    def as_anchor(self, boot: BootId) -> Anchor:
        return Anchor(boot, self.mono_ms, self.utc_ms, self.error_ms, AnchorSource.PLATFORM)


def told_between(utc_ms: int, asked_ms: int, answered_ms: int) -> TimeTold:
    """The platform named the time somewhere between question and answer; half the way is the error.

    ```
    asked_ms ├──────────●──────────┤ answered_ms      ● utc_ms, ± half of it
    ```
    """
    half = (answered_ms - asked_ms + 1) // 2
    return TimeTold(utc_ms, MonotonicMs(asked_ms + half), Milliseconds(half))


def is_credible(utc_ms: int) -> bool:
    """Whether a clock that tells this time can be right at all."""
    return to_utc_ms(EARLIEST) <= utc_ms < to_utc_ms(LATEST)


def is_worth_a_record(new: Anchor, held: Sequence[Anchor]) -> bool:
    """The first of a boot, and the first of a higher trust; later only a drift, a step, or a much better one.

    What only says “not earlier than” is worth it while nothing dates the boot, and where it raises the floor.
    """
    if not is_credible(new.utc_ms) or new.error_ms > WORSE_THAN_NOTHING_MS:
        return False
    last = best_anchor(held, new.boot)
    if not new.source.trust:
        floor = floor_of(held, new.boot)
        return last is None and (floor is None or new.offset_ms - new.error_ms - floor > DRIFT_MS)
    if last is None or new.source.trust != last.source.trust:
        return last is None or new.source.trust > last.source.trust
    if abs(new.offset_ms - last.offset_ms) > DRIFT_MS + new.error_ms + last.error_ms:
        # A person who has mistyped need not wait.
        return new.source is AnchorSource.PHONE or new.mono_ms - last.mono_ms >= REST_MS
    return last.error_ms > 1_000 and new.error_ms * BETTER < last.error_ms
