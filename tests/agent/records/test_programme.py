"""Whatever a guide tells of a channel, what is shown is in order and nothing lies over anything."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from agent.records.programme import LONGEST_MS, SHORTEST_MS, UNTOLD_MS, Programme, Unarranged, arranged
from study.units import HOUR_MS, MINUTE_MS

SEVEN = 1_795_345_200_000


def told(start_min: int, stop_min: int | None, title: str) -> Unarranged:
    stop_ms = None if stop_min is None else SEVEN + stop_min * MINUTE_MS
    return Unarranged(SEVEN + start_min * MINUTE_MS, stop_ms, title, "")


def seen(*all_told: Unarranged) -> list[tuple[int, int, str]]:
    def minutes(ms: int) -> int:
        return (ms - SEVEN) // MINUTE_MS

    return [(minutes(p.start_ms), minutes(p.stop_ms), p.title) for p in arranged(all_told)]


def test_what_is_right_stays_as_it_is() -> None:
    assert seen(told(0, 45, "A"), told(45, 90, "B")) == [(0, 45, "A"), (45, 90, "B")]


def test_the_next_beginning_ends_what_overlaps() -> None:
    assert seen(told(0, 60, "A"), told(45, 90, "B")) == [(0, 45, "A"), (45, 90, "B")]
    assert seen(told(0, 120, "A"), told(30, 60, "B")) == [(0, 30, "A"), (30, 60, "B")]


def test_a_gap_stays_a_gap() -> None:
    assert seen(told(0, 30, "A"), told(60, 90, "B")) == [(0, 30, "A"), (60, 90, "B")]


def test_an_end_that_cannot_be_is_where_the_next_begins() -> None:
    for stop in (None, 0, -30, 3 * 24 * 60):
        assert seen(told(0, stop, "A"), told(45, 90, "B")) == [(0, 45, "A"), (45, 90, "B")]


def test_without_a_next_one_it_goes_on_for_four_hours() -> None:
    assert seen(told(0, None, "A")) == [(0, UNTOLD_MS // MINUTE_MS, "A")]
    assert seen(told(0, None, "A"), told(10 * 60, 11 * 60, "B"))[0] == (0, 4 * 60, "A")


def test_a_whole_day_is_believed() -> None:
    assert seen(told(0, 24 * 60, "全天")) == [(0, 24 * 60, "全天")]


def test_what_nobody_could_choose_is_left_out() -> None:
    rows = [Unarranged(SEVEN + n * 20_000, SEVEN + (n + 1) * 20_000, str(n), "") for n in range(9)]

    assert list(arranged(rows)) == []


starts = st.lists(st.integers(0, 30 * HOUR_MS), unique=True, max_size=30).map(sorted)
lengths = st.one_of(st.none(), st.integers(-5 * HOUR_MS, 40 * HOUR_MS))


@given(starts=starts, data=st.data())
def test_whatever_is_told(starts: list[int], data: st.DataObject) -> None:
    rows = []
    for start in starts:
        length = data.draw(lengths)
        rows.append(Unarranged(SEVEN + start, None if length is None else SEVEN + start + length, "x", ""))

    found: list[Programme] = list(arranged(rows))

    assert all(SHORTEST_MS <= p.stop_ms - p.start_ms <= LONGEST_MS for p in found)
    assert all(a.stop_ms <= b.start_ms for a, b in pairwise(found))
    assert {p.start_ms for p in found} <= {row.start_ms for row in rows}
