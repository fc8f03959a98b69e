"""Thousands of boxes share a window evenly, each always at its own place."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from agent.records.slot import offset_s, rest_s
from study.units import StationNumber

STATIONS = [StationNumber(f"1101{number:05}") for number in range(10_000)]


def test_ten_thousand_stations_in_a_row_come_evenly_over_a_minute() -> None:
    in_second = Counter(int(offset_s(station, 60.0)) for station in STATIONS)
    assert sorted(in_second) == list(range(60))
    # 167 on average; four times the scatter that chance has.
    assert max(in_second.values()) < 167 + 4 * 13
    assert min(in_second.values()) > 167 - 4 * 13


@given(now_s=st.floats(0, 1e7), period_s=st.floats(1, 1e5))
def test_boxes_switched_on_together_come_evenly_over_the_period(now_s: float, period_s: float) -> None:
    tenths = Counter(int((now_s + rest_s(s, period_s, now_s)) % period_s / period_s * 10) for s in STATIONS)
    assert all(850 < tenths[tenth] < 1_150 for tenth in range(10))


@given(number=st.text(min_size=1, max_size=20), now_s=st.floats(0, 1e7), period_s=st.floats(0, 1e5))
def test_a_call_is_never_far_from_a_period_away(number: str, now_s: float, period_s: float) -> None:
    wait_s = rest_s(StationNumber(number), period_s, now_s)
    assert 0.5 * period_s <= wait_s <= 1.5 * period_s


def test_between_two_calls_in_their_slot_lies_one_period() -> None:
    now_s = 12_345.0
    now_s += rest_s(STATIONS[7], 300.0, now_s)
    assert abs(rest_s(STATIONS[7], 300.0, now_s) - 300.0) < 1e-6


def test_no_window_means_at_once() -> None:
    assert offset_s(STATIONS[7], 0.0) == 0.0
