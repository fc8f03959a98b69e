"""A speed holds for the course it was chosen for."""

import pytest

from study.units import CourseId
from tvclient.state.speed import NORMAL, SPEEDS, CourseSpeed, kept_rate, speed_words

COURSE = CourseId("5")


@pytest.mark.parametrize("rate", SPEEDS)
def test_it_is_kept_for_its_course_only(rate: float) -> None:
    kept = CourseSpeed(COURSE, rate).as_kept()
    assert kept_rate(kept, COURSE) == rate
    assert kept_rate(kept, CourseId("6")) == NORMAL


@pytest.mark.parametrize(
    "value",
    [None, 2.0, [], {"course": "5"}, {"course": "5", "rate": "2.0"}, {"course": "5", "rate": 16.0}],
)
def test_anything_else_is_the_normal_speed(value: object) -> None:
    assert kept_rate(value, COURSE) == NORMAL


def test_it_is_said_in_multiples() -> None:
    assert [speed_words(rate) for rate in SPEEDS] == ["0.75 倍", "1 倍", "1.25 倍", "1.5 倍", "2 倍"]
