"""The picture's movement is taken from the frame counter, frame by frame."""

from pathlib import Path

import pytest

from tests.playback_hour.sampler import NONE
from tests.playback_hour.truth import Run, Sight, moved_ms, read_sights, runs_of

EARLY, LATE = 0.0, 1e9


def frames(start_ms: float, first: int, count: int, every_ms: float = 40.0) -> list[Sight]:
    return [Sight(start_ms + every_ms * n, 10.0, first + n) for n in range(count)]


def gone(at_ms: float) -> Sight:
    return Sight(at_ms, 10.0, NONE)


def total(sights: list[Sight]) -> float:
    return moved_ms(runs_of(sights), EARLY, LATE)


def test_every_frame_is_seen_for_as_long_as_it_lasts() -> None:
    assert runs_of([*frames(1_000, 7, 25), gone(5_000)]) == [Run(1_000, 2_000)]


def test_a_pause_is_not_movement() -> None:
    assert total([*frames(1_000, 0, 25), *frames(9_000, 25, 25), gone(20_000)]) == 2_000


def test_a_picture_that_goes_ends_the_movement_at_once() -> None:
    assert runs_of([*frames(1_000, 0, 25), gone(1_970)]) == [Run(1_000, 1_970)]


def test_a_jump_ends_it_after_the_last_frame() -> None:
    assert total([*frames(1_000, 0, 25), *frames(2_100, 900, 25), gone(9_000)]) == 2_000


def test_one_frame_between_two_jumps_is_no_movement() -> None:
    flash = Sight(2_000, 10.0, 5_000)
    assert total([*frames(1_000, 100, 25), flash, *frames(2_200, 0, 25), gone(9_000)]) == 2_000


def test_a_frame_from_before_the_place_where_it_begins_is_no_movement() -> None:
    flash = Sight(900, 10.0, 60)
    assert runs_of([flash, *frames(977, 100, 25), gone(5_000)]) == [Run(977, 1_977)]


def test_frames_that_were_lost_while_it_moved_count() -> None:
    assert total([*frames(1_000, 0, 25), *frames(2_400, 35, 25), gone(9_000)]) == 2_400


def test_a_picture_that_stood_for_long_stood_whatever_it_goes_on_with() -> None:
    assert total([*frames(1_000, 0, 25), *frames(2_900, 48, 25), gone(9_000)]) == 2_000


def test_frames_that_were_late_while_it_moved_count() -> None:
    late = [Sight(s.at_ms + (70 if n == 10 else 0), 10.0, s.frame) for n, s in enumerate(frames(0, 0, 25))]
    assert total([*late, gone(9_000)]) == 1_000


@pytest.mark.parametrize("rate", [0.75, 1.0, 1.5, 2.0])
def test_the_speed_is_seen_from_the_frames(rate: float) -> None:
    sights = [*frames(1_000, 0, 25, 40 / rate), *frames(9_000, 25, 25, 40 / rate), gone(20_000)]
    assert total(sights) == pytest.approx(2_000 / rate, abs=0.1)


def test_a_look_that_caught_nothing_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "sights.txt"
    file.write_text("990.0 1010.0 7\n1030.0 1050.0 -1\n1050.0 1070.0 8\n3000.0 3020.0 -1\n", encoding="ascii")
    assert read_sights(file) == [Sight(1_000, 10, 7), Sight(1_060, 10, 8), Sight(3_010, 10, NONE)]


def test_only_what_lies_between_two_moments_is_summed() -> None:
    assert moved_ms([Run(0, 100), Run(200, 300)], 50, 250) == 100
