"""Reading is counted while somebody is there, and on an empty chair it is not."""

from hypothesis import given
from hypothesis import strategies as st

from agent.records.report import Report
from study.presence import ASK_AFTER_MS
from study.rules import Kind
from study.units import BootId, ItemId, MonotonicMs, PlayId
from study.watch import played_ms
from tvclient.agent_client.report_book import ReportBook
from tvclient.state.reading import STILL_MS, Reading

START = 1_000


def opened() -> Reading:
    return Reading(PlayId("p"), ItemId("article:1"), BootId("b"), MonotonicMs(START))


def at(after_ms: int) -> MonotonicMs:
    return MonotonicMs(START + after_ms)


def read_ms(reading: Reading) -> int:
    return played_ms(reading.state().intervals)


def test_from_opening_to_leaving_it_is_read() -> None:
    reading = opened()
    reading.key(at(40_000))
    reading.left(at(60_000))
    state = reading.state()
    assert (state.kind, state.left_ms, read_ms(reading)) == (Kind.ARTICLE, at(60_000), 60_000)
    assert len(state.intervals) == 1


def test_nobody_reads_on_an_empty_chair() -> None:
    reading = opened()
    reading.key(at(10_000))
    reading.left(at(10_000 + STILL_MS + 3_600_000))
    assert read_ms(reading) == 10_000 + STILL_MS


def test_who_comes_back_begins_another_stretch() -> None:
    reading = opened()
    reading.key(at(STILL_MS + 100_000))
    reading.left(at(STILL_MS + 130_000))
    assert read_ms(reading) == STILL_MS + 30_000
    assert [i.start_ms for i in reading.state().intervals] == [at(0), at(STILL_MS + 100_000)]


def test_reading_aloud_asks_for_no_keys() -> None:
    reading = opened()
    reading.spoken(at(0), True)
    reading.time_passed(at(STILL_MS * 3))
    reading.spoken(at(STILL_MS * 3), False)
    reading.left(at(STILL_MS * 4))
    assert read_ms(reading) == STILL_MS * 3


def test_but_not_for_ever() -> None:
    reading = opened()
    reading.spoken(at(0), True)
    reading.left(at(ASK_AFTER_MS * 2))
    assert read_ms(reading) == ASK_AFTER_MS


@given(st.lists(st.tuples(st.sampled_from(["key", "pass", "speak", "hush"]), st.integers(0, 2 * STILL_MS))))
def test_what_was_told_only_grows_and_is_never_longer_than_it_was_open(steps: list[tuple[str, int]]) -> None:
    reading, now = opened(), START
    before = reading.state().intervals
    for step, after in steps:
        now += after
        if step == "key":
            reading.key(MonotonicMs(now))
        elif step == "pass":
            reading.time_passed(MonotonicMs(now))
        else:
            reading.spoken(MonotonicMs(now), step == "speak")
        told = reading.state().intervals
        assert all(i.is_sound for i in told)
        assert len(told) >= len(before)
        for earlier, later in zip(before, told, strict=False):
            assert earlier.start_ms == later.start_ms
            assert earlier.end_ms <= later.end_ms
        before = told
    assert read_ms(reading) <= now - START


def test_it_is_told_to_the_agent_as_any_opening_of_the_player() -> None:
    reading, book = opened(), ReportBook("run", "tv-1", BootId("b"))
    book.put(reading.state())
    reading.key(at(STILL_MS + 1_000))
    reading.left(at(STILL_MS + 31_000))
    book.put(reading.state())
    told = Report.model_validate(book.next_report(at(STILL_MS + 31_000)))
    [play] = told.plays
    assert (play.item_id, play.kind, play.left_ms) == ("article:1", Kind.ARTICLE, at(STILL_MS + 31_000))
    assert [(i.start_ms, i.end_ms) for i in play.intervals] == [
        (at(0), at(STILL_MS)),
        (at(STILL_MS + 1_000), at(STILL_MS + 31_000)),
    ]
