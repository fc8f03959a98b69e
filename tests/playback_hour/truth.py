"""When the picture moved, from what the sampler saw of the frame counter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tests.playback_hour.film import FRAME_MS
from tests.playback_hour.sampler import NONE, PERIOD_S

RATES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
STANDS_MS = 150.0
"""A picture that changes later than this stood meanwhile."""
LOST_MS = 500.0
"""Frames that were lost for so short a time are a stutter of a picture that moves."""
LOST_FRAMES_MAX = 75
"""A longer step is a jump; the script's own are ten seconds and more."""
GLIMPSE_MS = 60.0
"""A counter that was not to be read for so short a time was there all the same."""
_NEIGHBOURS, _LEAST_STEPS = 12, 3


@dataclass(frozen=True, slots=True)
class Sight:
    """A frame came into sight at `at_ms`, give or take `spread_ms`; NONE: the counter went."""

    at_ms: float
    spread_ms: float
    frame: int


@dataclass(frozen=True, slots=True)
class Run:
    """The picture moved from one moment to another."""

    start_ms: float
    end_ms: float

    @property
    def length_ms(self) -> float:
        return self.end_ms - self.start_ms


def read_sights(file: Path) -> list[Sight]:
    """What the sampler wrote, without glimpses of nothing."""
    sights: list[Sight] = []
    for line in file.read_text(encoding="ascii").splitlines():
        before_ms, after_ms, frame = line.split()
        at_ms = (float(before_ms) + float(after_ms)) / 2
        sights.append(Sight(at_ms, (float(after_ms) - float(before_ms)) / 2, int(frame)))
    return _without_glimpses(sights)


def runs_of(sights: Sequence[Sight]) -> list[Run]:
    """The stretches in which the picture moved: a frame is seen for as long as it lasts.

    A film of 25 frames a second, three frames, a pause, two more, a seek::

        frames    7   8   9                10  11         900 901
        ──────────┼───┼───┼────────────────┼───┼──────────┼───┼──▶
        moved     ╞═══╪═══╪═══╡            ╞═══╪═══╡      ╞═══╪══

    The picture stands from the moment at which its next frame was due and did not come. Between two frames
    of one movement it moved all the time, even if some were late or lost. One frame alone, between two
    jumps, is no movement.
    """
    runs: list[Run] = []
    start_ms: float | None = None
    for place, (sight, later) in enumerate(pairwise([*sights, Sight(_end(sights), 0.0, NONE)])):
        if sight.frame == NONE:
            continue
        period_ms = FRAME_MS / _rate_at(sights, place)
        wait_ms, frames = later.at_ms - sight.at_ms, later.frame - sight.frame
        goes_on = later.frame != NONE and 0 < frames <= LOST_FRAMES_MAX
        if start_ms is None and frames * period_ms - wait_ms > STANDS_MS:
            goes_on = False  # a frame from before the place where it begins is alone as well
        stutters = wait_ms <= LOST_MS and abs(wait_ms - frames * period_ms) <= STANDS_MS
        if goes_on and (wait_ms <= STANDS_MS or stutters):
            start_ms = sight.at_ms if start_ms is None else start_ms
            continue
        if start_ms is not None or goes_on:
            start_ms = sight.at_ms if start_ms is None else start_ms
            runs.append(Run(start_ms, sight.at_ms + min(wait_ms, period_ms)))
        start_ms = None
    return runs


def spread(sights: Sequence[Sight]) -> dict[str, float]:
    """How finely the screen was looked at: half the time between two looks, at changes of the frame."""
    spreads = sorted(sight.spread_ms for sight in sights) or [0.0]
    middle, most = spreads[len(spreads) // 2], spreads[int(0.99 * (len(spreads) - 1))]
    return {"changes": len(sights), "give_or_take_ms": middle, "p99_ms": most, "worst_ms": spreads[-1]}


def moved_ms(runs: Iterable[Run], from_ms: float, to_ms: float) -> float:
    """How long the picture moved between two moments."""
    return sum(max(0.0, min(run.end_ms, to_ms) - max(run.start_ms, from_ms)) for run in runs)


def _rate_at(sights: Sequence[Sight], place: int) -> float:
    """The speed just before a sight, or just after it where nothing moved before; from the frames alone."""
    before = sights[max(0, place - _NEIGHBOURS) : place + 1]
    after = sights[place + 1 : place + 2 + _NEIGHBOURS]
    for near in (before, after):
        steps = [(b.at_ms - a.at_ms, b.frame - a.frame) for a, b in pairwise(near) if _moves(a, b)]
        if len(steps) >= _LEAST_STEPS:
            pace = sum(frames for _, frames in steps) * FRAME_MS / sum(wait_ms for wait_ms, _ in steps)
            return min(RATES, key=lambda rate: abs(rate - pace))
    return 1.0


def _moves(a: Sight, b: Sight) -> bool:
    counts = NONE not in (a.frame, b.frame) and 0 < b.frame - a.frame <= LOST_FRAMES_MAX
    return counts and b.at_ms - a.at_ms <= STANDS_MS


def _end(sights: Sequence[Sight]) -> float:
    return sights[-1].at_ms + PERIOD_S * 1000 if sights else 0.0


def _without_glimpses(sights: Sequence[Sight]) -> list[Sight]:
    kept: list[Sight] = []
    for sight, later in pairwise([*sights, Sight(float("inf"), 0.0, NONE)]):
        if sight.frame == NONE and later.at_ms - sight.at_ms < GLIMPSE_MS and later.frame != NONE:
            continue
        kept.append(sight)
    return kept
