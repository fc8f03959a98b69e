"""How lengths of time are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tvclient.state.durations import amount, clock_text, hours_text, remaining_text


@pytest.mark.parametrize(
    ("span_ms", "text"),
    [
        (0, "00:00"),
        (999, "00:00"),
        (1000, "00:01"),
        (316_400, "05:16"),
        (2_530_000, "42:10"),
        (3_599_999, "59:59"),
        (3_600_000, "1:00:00"),
        (14_400_000, "4:00:00"),
        (-5, "00:00"),
    ],
)
def test_clock_text(span_ms: int, text: str) -> None:
    assert clock_text(span_ms) == text


def test_what_is_missing_is_rounded_up() -> None:
    assert remaining_text(1) == "00:01"
    assert remaining_text(190_000) == "03:10"
    assert remaining_text(190_001) == "03:11"
    assert remaining_text(0) == "00:00"


@given(st.integers(1, 10**9))
def test_remaining_never_reads_zero_while_something_is_missing(span_ms: int) -> None:
    assert remaining_text(span_ms) != "00:00"


def test_hours_have_one_decimal_rounded_half_up() -> None:
    assert hours_text(95_400_000) == "26.5"
    assert hours_text(179_999) == "0.0"
    assert hours_text(180_000) == "0.1"
    assert hours_text(0) == "0.0"


@given(st.integers(0, 10**10))
def test_hours_text_is_within_half_a_tenth(span_ms: int) -> None:
    assert abs(float(hours_text(span_ms)) - span_ms / 3_600_000) <= 0.05 + 1e-9


def test_small_amounts_are_not_written_as_no_hours() -> None:
    assert str(amount(360_000)) == "0.1 小时"
    assert str(amount(359_999)) == "5 分钟"
    assert str(amount(59_999)) == "59 秒"
    assert str(amount(400)) == "1 秒"
    assert str(amount(0)) == "0.0 小时"
