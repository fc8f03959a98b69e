"""Watch intervals: played time against a bitmap of single milliseconds."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.units import BootId, Milliseconds, MonotonicMs
from study.watch import WatchInterval, covered, played_ms

BOOTS = ("a", "b")


def interval(start: int, end: int, media: int = 0, rate: float = 1.0, boot: str = "a") -> WatchInterval:
    media_end = media + round((end - start) * rate)
    return WatchInterval(
        BootId(boot), MonotonicMs(start), MonotonicMs(end), Milliseconds(media), Milliseconds(media_end), rate
    )


intervals = st.builds(
    lambda start, length, media, rate, boot: interval(start, start + length, media, rate, boot),
    st.integers(0, 50),
    st.integers(0, 20),
    st.integers(0, 50),
    st.sampled_from([0.5, 0.75, 1.0, 1.25, 1.5, 2.0]),
    st.sampled_from(BOOTS),
)


@given(st.lists(intervals, max_size=10))
def test_played_time_is_the_milliseconds_in_which_something_played(
    held: list[WatchInterval],
) -> None:
    assert played_ms(held) == len({(i.boot, ms) for i in held for ms in range(i.start_ms, i.end_ms)})


@given(st.lists(intervals, max_size=8), st.randoms(use_true_random=False))
def test_order_and_repetition_of_arrival_change_nothing(held: list[WatchInterval], random) -> None:
    again = held + held[: len(held) // 2]
    random.shuffle(again)
    assert played_ms(again) == played_ms(held)
    assert covered(again) == covered(held)


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=8, unique=True))
def test_splitting_an_interval_changes_nothing(cuts: list[int]) -> None:
    cuts.sort()
    whole = [interval(cuts[0], cuts[-1], media=cuts[0])]
    parts = [interval(start, end, media=start) for start, end in pairwise(cuts)]
    assert played_ms(parts) == played_ms(whole)
    assert covered(parts) == covered(whole)


def test_at_one_and_a_half_speed_an_hours_course_takes_forty_minutes() -> None:
    watched = [interval(0, 40 * 60_000, rate=1.5)]
    assert played_ms(watched) == 40 * 60_000
    assert covered(watched) == ((0, 60 * 60_000),)


def test_watching_a_stretch_again_adds_to_played_and_not_to_covered() -> None:
    watched = [interval(0, 100), interval(200, 300, media=0)]
    assert played_ms(watched) == 200
    assert covered(watched) == ((0, 100),)


def broken(start: int, end: int, media_start: int, media_end: int, rate: float = 1.0) -> WatchInterval:
    times = MonotonicMs(start), MonotonicMs(end), Milliseconds(media_start), Milliseconds(media_end)
    return WatchInterval(BootId("a"), *times, rate)


@pytest.mark.parametrize(
    "senseless",
    [
        broken(9, 3, 0, 6),
        broken(3, 9, 6, 0),
        broken(-3, 9, 0, 6),
        broken(3, 9, 0, 6, rate=4.0),
        broken(3, 9, 0, 6, rate=float("nan")),
    ],
    ids=["time backwards", "media backwards", "before the boot", "no such rate", "no number"],
)
def test_an_interval_that_makes_no_sense_counts_nothing_and_harms_nothing(senseless: WatchInterval) -> None:
    good = interval(100, 200)
    assert played_ms([senseless, good]) == 100
    assert covered([senseless, good]) == ((0, 100),)
