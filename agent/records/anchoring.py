"""Anchoring: which tellings of the time are worth a record of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from study.anchor import Anchor, AnchorSource
from study.units import BootId, Milliseconds, MonotonicMs

DRIFT_MS = 60_000
"""A boot whose anchor has drifted, or was stepped, by more than this gets another."""

BETTER = 4
"""So much smaller must a new error be to be worth a record."""

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


def is_worth_a_record(new: Anchor, held: Sequence[Anchor]) -> bool:
    """The first of a boot; later only one that shows a drift or step, or is much better."""
    if new.error_ms > WORSE_THAN_NOTHING_MS:
        return False
    own = [anchor for anchor in held if anchor.boot == new.boot]
    if not own:
        return True
    last = max(own, key=lambda anchor: anchor.mono_ms)
    apart = abs((new.utc_ms - new.mono_ms) - (last.utc_ms - last.mono_ms))
    best_error = min(anchor.error_ms for anchor in own)
    return apart > DRIFT_MS + new.error_ms + last.error_ms or (
        best_error > 1_000 and new.error_ms * BETTER < best_error
    )
