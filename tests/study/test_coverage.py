"""Covered time: the union of stretches against a bitmap of single milliseconds."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from study.coverage import clipped, covered_ms, is_complete, union
from study.units import Milliseconds

SPAN = 60
edges = st.integers(0, SPAN)
stretches = st.lists(st.tuples(edges, edges), max_size=12)


def bitmap(spans: list[tuple[int, int]]) -> set[int]:
    return {ms for start, end in spans for ms in range(start, end)}


@given(stretches)
def test_union_holds_exactly_the_milliseconds_of_its_stretches(spans: list[tuple[int, int]]) -> None:
    assert bitmap(list(union(spans))) == bitmap(spans)
    assert covered_ms(spans) == len(bitmap(spans))


@given(stretches)
def test_union_is_ordered_and_has_no_touching_or_empty_stretches(
    spans: list[tuple[int, int]],
) -> None:
    merged = union(spans)
    assert all(start < end for start, end in merged)
    assert all(before[1] < after[0] for before, after in pairwise(merged))


@given(stretches, st.randoms(use_true_random=False))
def test_order_of_arrival_changes_nothing(spans: list[tuple[int, int]], random) -> None:
    shuffled = spans[:]
    random.shuffle(shuffled)
    assert union(shuffled) == union(spans)


@given(edges, edges, edges)
def test_splitting_a_stretch_changes_nothing(start: int, cut: int, end: int) -> None:
    start, cut, end = sorted((start, cut, end))
    assert union([(start, cut), (cut, end)]) == union([(start, end)])


@given(stretches, st.integers(1, SPAN))
def test_nothing_is_covered_outside_the_course(spans: list[tuple[int, int]], length: int) -> None:
    assert bitmap(list(clipped(spans, length))) == {ms for ms in bitmap(spans) if ms < length}


def test_an_unknown_length_clips_nothing() -> None:
    assert clipped([(3, 9)], 0) == ((3, 9),)


def test_completion_begins_at_exactly_95_per_cent() -> None:
    length = Milliseconds(60_000)
    assert is_complete(Milliseconds(57_000), length)
    assert not is_complete(Milliseconds(56_999), length)
    assert not is_complete(Milliseconds(57_000), Milliseconds(0))
