"""Runs of left and right presses."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from tvclient.remote.key_queue import FIRST_REPEAT_MS
from tvclient.state.seek_steps import (
    COMMIT_AFTER_MS,
    COMMIT_WHILE_HELD_MS,
    FIRST_STEP_MS,
    commit,
    press,
    step_ms,
)

HOUR_MS = 3_600_000


def test_one_press_is_ten_seconds() -> None:
    assert press(None, +1, 60_000, HOUR_MS, 0).target_ms == 70_000
    assert press(None, -1, 60_000, HOUR_MS, 0).target_ms == 50_000


def test_steps_grow_while_pressing_goes_on() -> None:
    run = None
    targets = [0]
    for n in range(16):
        run = press(run, +1, 0, HOUR_MS, n * 120)
        targets.append(run.target_ms)
    steps = [b - a for a, b in itertools.pairwise(targets)]
    assert steps == [10_000] * 4 + [20_000] * 4 + [30_000] * 6 + [60_000] * 2


def test_turning_round_begins_with_the_small_step() -> None:
    run = None
    for n in range(10):
        run = press(run, +1, 0, HOUR_MS, n * 100)
    assert run is not None
    assert run.target_ms - press(run, -1, 0, HOUR_MS, 1000).target_ms == FIRST_STEP_MS


def test_a_held_key_repeats_before_its_first_press_is_carried_out() -> None:
    assert COMMIT_AFTER_MS < FIRST_REPEAT_MS < COMMIT_WHILE_HELD_MS


def test_a_press_soon_after_the_commit_goes_on_from_the_target() -> None:
    run = commit(press(None, +1, 0, HOUR_MS, 0))
    again = press(run, +1, 3_000, HOUR_MS, 500)
    assert again.target_ms == 20_000
    assert not again.committed


def test_a_press_after_the_run_is_over_starts_from_the_playhead() -> None:
    run = commit(press(None, +1, 0, HOUR_MS, 0))
    assert press(run, +1, 11_000, HOUR_MS, 1200).target_ms == 21_000


def test_short_media_keep_the_small_step() -> None:
    assert step_ms(50, 60_000) == FIRST_STEP_MS


def test_forward_at_the_very_end_does_not_jump_back() -> None:
    assert press(None, +1, 59_500, 60_000, 0).target_ms == 59_500


@given(
    st.integers(1, 6 * HOUR_MS),
    st.lists(st.tuples(st.sampled_from([-1, 1]), st.integers(0, 2000)), min_size=1, max_size=60),
    st.data(),
)
def test_the_target_stays_inside_and_never_moves_against_the_key(
    length_ms: int, presses: list[tuple[int, int]], data: st.DataObject
) -> None:
    position_ms = data.draw(st.integers(0, length_ms))
    run, now_ms = None, 0
    for direction, pause_ms in presses:
        now_ms += pause_ms
        before_ms = position_ms if run is None or run.is_over(now_ms) else run.target_ms
        run = press(run, direction, position_ms, length_ms, now_ms)
        assert 0 <= run.target_ms <= length_ms
        assert (run.target_ms - before_ms) * direction >= 0
