"""When a lost stream is fetched anew."""

import pytest

from tvclient.playback.attempts import COURSE_RECOVERED_MS, LIVE_RECOVERED_MS, Attempts


def waits(attempts: Attempts, count: int) -> list[int | None]:
    return [attempts.next_wait_ms() for _ in range(count)]


def test_live_is_tried_for_as_long_as_it_takes_ever_more_slowly() -> None:
    assert waits(Attempts(live=True), 8) == [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]


def test_a_course_is_given_up() -> None:
    assert waits(Attempts(live=False), 6) == [500, 1_000, 2_000, 4_000, 8_000, None]


@pytest.mark.parametrize(("live", "long_ms"), [(True, LIVE_RECOVERED_MS), (False, COURSE_RECOVERED_MS)])
def test_movement_that_lasts_makes_the_next_loss_a_new_one(live: bool, long_ms: int) -> None:
    attempts = Attempts(live)
    waits(attempts, 3)
    attempts.moved(long_ms - 1)
    assert attempts.number == 3
    attempts.moved(long_ms)
    assert (attempts.number, attempts.next_wait_ms()) == (0, 500)


def test_live_that_opens_is_given_more_time_than_live_that_stands() -> None:
    live, course = Attempts(live=True), Attempts(live=False)
    assert live.patience_ms(opens=False) < live.patience_ms(opens=True) < course.patience_ms(opens=True)
    assert course.patience_ms(opens=False) == course.patience_ms(opens=True)
