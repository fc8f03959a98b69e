"""The scale of the chart of days."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tvclient.state.day_scale import scale_for
from tvclient.state.durations import HOUR_MS, MINUTE_MS


@pytest.mark.parametrize(
    ("longest_ms", "unit", "labels"),
    [
        (0, "小时", ("1", "2", "3")),
        (90_000, "分钟", ("1", "2", "3")),
        (30 * MINUTE_MS, "分钟", ("10", "20", "30")),
        (30 * MINUTE_MS + 1, "小时", ("1", "2", "3")),
        (3 * HOUR_MS, "小时", ("1", "2", "3")),
        (3 * HOUR_MS + 1, "小时", ("2", "4", "6")),
        (24 * HOUR_MS, "小时", ("8", "16", "24")),
    ],
)
def test_scale(longest_ms: int, unit: str, labels: tuple[str, ...]) -> None:
    scale = scale_for(longest_ms)
    assert (scale.unit, scale.labels) == (unit, labels)


@given(st.integers(1, 24 * HOUR_MS))
def test_the_longest_day_fits_and_is_seen(longest_ms: int) -> None:
    assert 0 < scale_for(longest_ms).height(longest_ms) <= 1


def test_two_televisions_can_make_a_day_longer_than_a_day() -> None:
    assert scale_for(30 * HOUR_MS).height(30 * HOUR_MS) == 1
