"""Where a run of left and right presses wants the playhead to go."""

from dataclasses import dataclass, replace

COMMIT_AFTER_MS = 250
"""After the key went up."""
COMMIT_WHILE_HELD_MS = 700
"""Longer than a held key takes to repeat for the first time; also for a release that gets lost."""
RUN_ENDS_AFTER_MS = 1200
END_MARGIN_MS = 2_000
FIRST_STEP_MS = 10_000
# (presses of the run already made, step of the next press)
GROWTH = ((0, FIRST_STEP_MS), (4, 20_000), (8, 30_000), (14, 60_000))
# However long somebody holds the key, a course takes at least this many presses to cross.
LEAST_PRESSES_ACROSS = 12


@dataclass(frozen=True, slots=True)
class SeekRun:
    """Presses that follow each other; all times are milliseconds of one monotonic clock.

    press     repeat   press  release       commit
      |---------|--------|------|-- 250 ms --->|
                         |-------------- 1.2 s --------------->| over
      the target moves at each press; the player is asked once, at the commit;
      a press before the run is over goes on from the target with a longer step.
    """

    target_ms: int
    direction: int
    presses: int
    pressed_at_ms: int
    committed: bool = False

    def is_over(self, now_ms: int) -> bool:
        """Whether the next press begins a new run from where the playhead then is."""
        return now_ms - self.pressed_at_ms >= RUN_ENDS_AFTER_MS


def step_ms(presses: int, length_ms: int) -> int:
    """The step of the next press in a run: 10 s, growing, beyond that at most a twelfth of the length."""
    grown = max(step for after, step in GROWTH if presses >= after)
    return max(FIRST_STEP_MS, min(grown, length_ms // LEAST_PRESSES_ACROSS))


def press(run: SeekRun | None, direction: int, position_ms: int, length_ms: int, now_ms: int) -> SeekRun:
    """One more press: direction is -1 or +1; position_ms is used when no run is going on.

    Turning round begins again with the small step, so that overshooting is easily mended. The target
    stays inside the course, a little before its end.
    """
    if run is None or run.is_over(now_ms):
        run = SeekRun(position_ms, direction, 0, now_ms)
    presses = run.presses if run.direction == direction else 0
    last_ms = max(0, length_ms - END_MARGIN_MS)
    wanted_ms = run.target_ms + direction * step_ms(presses, length_ms)
    target_ms = max(0, wanted_ms) if direction < 0 else max(run.target_ms, min(wanted_ms, last_ms))
    return SeekRun(target_ms, direction, presses + 1, now_ms)


def commit(run: SeekRun) -> SeekRun:
    """The run after the player was asked for its target."""
    return replace(run, committed=True)
