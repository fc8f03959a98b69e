"""What was recorded held against what was seen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from study.watch import WatchInterval, played_ms
from tests.playback_hour.play import RecordedPlay
from tests.playback_hour.script import Deed
from tests.playback_hour.truth import Run, moved_ms

STEADY_MS = 400.0
"""In the middle of so long a run both seen and recorded time surely move."""
EARLIER_MS = 1_000.0
"""What was done so long before may have led to what happens now."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How much more was recorded than seen from the middle of one run to the middle of the next, and why."""

    at_ms: float
    more_ms: float
    why: str


@dataclass(frozen=True, slots=True)
class PlayAccount:
    """One opening of the player: the picture's movement, what the box holds, where they part."""

    item_id: str
    opened_ms: int
    left_ms: int
    runs: int
    seen_ms: float
    recorded_ms: int
    differences: list[Difference] = field(default_factory=list)

    @property
    def more_ms(self) -> float:
        """Recorded, but not seen; negative when seen, but not recorded."""
        return self.recorded_ms - self.seen_ms


def account_of(play: RecordedPlay, runs: Sequence[Run], deeds: Sequence[Deed]) -> PlayAccount:
    """One play's sums, and the differences by what was done between its runs."""
    last_ms = max((float(i.end_ms) for i in play.intervals), default=float(play.opened_ms))
    left_ms = last_ms if play.left_ms is None else float(play.left_ms)
    own = [run for run in runs if play.opened_ms <= run.start_ms < left_ms]
    steady = [(run.start_ms + run.end_ms) / 2 for run in own if run.length_ms >= STEADY_MS]
    over_ms = max([left_ms, last_ms, *(run.end_ms for run in own)]) + 1.0
    return PlayAccount(
        item_id=play.item_id,
        opened_ms=play.opened_ms,
        left_ms=round(left_ms),
        runs=len(own),
        seen_ms=sum(run.length_ms for run in own),
        recorded_ms=played_ms(play.intervals),
        differences=[
            Difference(
                from_ms,
                recorded_ms(play.intervals, from_ms, to_ms) - moved_ms(own, from_ms, to_ms),
                _done(deeds, from_ms - EARLIER_MS, to_ms),
            )
            for from_ms, to_ms in pairwise([float(play.opened_ms), *steady, over_ms])
        ],
    )


def recorded_ms(intervals: Sequence[WatchInterval], from_ms: float, to_ms: float) -> float:
    """How much real time the intervals hold between two moments; they do not overlap."""
    return sum(max(0.0, min(i.end_ms, to_ms) - max(i.start_ms, from_ms)) for i in intervals)


def _done(deeds: Sequence[Deed], from_ms: float, to_ms: float) -> str:
    done = [deed.what for deed in deeds if from_ms <= deed.at_ms < to_ms]
    return ", ".join(dict.fromkeys(done)) or "nothing"
