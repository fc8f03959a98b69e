"""The bar of the player."""

from hypothesis import given
from hypothesis import strategies as st

from study.rules import Kind
from study.units import HOUR_MS, BootId, Milliseconds, MonotonicMs
from study.watch import WatchInterval
from tvclient.state.bar_state import BarState, Earlier, Item, bar_state, pixels

LENGTH_MS = Milliseconds(2_530_000)
COURSE = Item(Kind.VOD, "大球盖菇栽培技术", "第 1 集·场地选择与整畦", LENGTH_MS)
CHANNEL = Item(Kind.LIVE, "农业科技", "", Milliseconds(0))
NOTHING = Earlier(Milliseconds(0))


def _watched(*spans_ms: tuple[int, int]) -> tuple[WatchInterval, ...]:
    return tuple(
        WatchInterval(
            BootId("boot"), MonotonicMs(start), MonotonicMs(end), Milliseconds(start), Milliseconds(end)
        )
        for start, end in spans_ms
    )


def test_below_the_mark_it_says_how_much_is_missing() -> None:
    bar = bar_state(COURSE, NOTHING, _watched((0, 316_000)), 316_000)
    assert (bar.time_now, bar.time_total, bar.effective) == ("05:16", "42:10", "05:16")
    assert not bar.counted
    assert bar.count_words == "未计入·还需 03:10"


def test_exactly_a_fifth_does_not_count_and_a_millisecond_more_does() -> None:
    fifth_ms = LENGTH_MS // 5
    assert bar_state(COURSE, NOTHING, _watched((0, fifth_ms)), 0).count_words == "未计入·还需 00:01"
    assert bar_state(COURSE, NOTHING, _watched((0, fifth_ms + 1)), 0).count_words == "已计入学时"


def test_what_was_studied_earlier_in_the_session_counts_along() -> None:
    earlier = Earlier(Milliseconds(370_000), ((0, 370_000),))
    bar = bar_state(COURSE, earlier, _watched((585_000, 965_000)), 965_000)
    assert bar.counted
    assert bar.effective == "12:30"
    assert [(pixels(a, 1456), pixels(b, 1456)) for a, b in bar.seen] == [(0, 213), (337, 555)]
    assert bar.threshold is not None
    assert pixels(bar.threshold, 1456) == 291


def test_touching_stretches_are_drawn_as_one() -> None:
    bar = bar_state(COURSE, Earlier(Milliseconds(0), ((0, 10_000),)), _watched((10_000, 20_000)), 0)
    assert len(bar.seen) == 1


def test_watching_again_adds_time_but_no_gold() -> None:
    earlier = Earlier(Milliseconds(100_000), ((0, 100_000),))
    bar = bar_state(COURSE, earlier, _watched((0, 100_000)), 0)
    assert bar.effective == "03:20"
    assert len(bar.seen) == 1


def test_an_unknown_length_says_so_and_draws_no_mark() -> None:
    item = Item(Kind.VOD, "", "", Milliseconds(0))
    bar = bar_state(item, NOTHING, _watched((0, 60_000)), 60_000)
    assert bar.count_words == "时长未知·暂不计入"
    assert (bar.threshold, bar.seen, bar.playhead, bar.time_total) == (None, (), 0.0, "")


def test_live_counts_from_the_first_moment_and_has_no_mark() -> None:
    bar = bar_state(CHANNEL, NOTHING, _watched((0, 5_000)), 0)
    assert (bar.live, bar.counted, bar.effective, bar.time_now) == (True, True, "00:05", "直播")
    assert bar.threshold is None


def test_live_stops_counting_at_four_hours() -> None:
    bar = bar_state(CHANNEL, Earlier(Milliseconds(4 * HOUR_MS)), _watched((0, 60_000)), 0)
    assert bar.effective == "4:00:00"
    assert (bar.seen, bar.time_total, bar.cap_words) == (((0.0, 1.0),), "4:00:00", "单次最多计 4 小时")


def test_live_shows_the_programme_that_is_on_without_the_one_before() -> None:
    bar = bar_state(CHANNEL, Earlier(Milliseconds(-60_000)), _watched((0, 90_000)), 0)
    assert bar.effective == "00:30"


def test_live_before_the_first_picture() -> None:
    assert bar_state(CHANNEL, NOTHING, (), 0).count_words == "未计入·还需 00:01"


def test_a_position_beyond_the_end_stays_on_the_bar() -> None:
    bar = bar_state(COURSE, NOTHING, (), LENGTH_MS + 5_000)
    assert (bar.playhead, bar.time_now) == (1.0, "42:10")


@given(
    st.integers(0, 3_000_000),
    st.lists(st.tuples(st.integers(0, 3_000_000), st.integers(0, 500_000)), max_size=20),
    st.integers(0, 3_000_000),
)
def test_the_bar_stays_inside_itself(length_ms: int, spans: list[tuple[int, int]], position_ms: int) -> None:
    item = Item(Kind.VOD, "", "", Milliseconds(length_ms))
    bar: BarState = bar_state(item, NOTHING, _watched(*((a, a + n) for a, n in spans)), position_ms)
    edges = [edge for stretch in bar.seen for edge in stretch]
    assert edges == sorted(edges)
    assert all(0 <= share <= 1 for share in (*edges, bar.playhead))
