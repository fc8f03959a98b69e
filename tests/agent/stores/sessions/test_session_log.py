"""Reports become sessions, once, however often they come."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database as Tables

from agent.records.report import Report
from agent.stores.box import enrol
from agent.stores.dates.anchors import add_anchor
from agent.stores.delivery.outbox import record_at, settle
from agent.stores.disk.database import Database
from agent.stores.disk.retention import prune_details, prune_records
from agent.stores.guide.line_up import line_up_anew
from agent.stores.sessions.closing import begin_boot, close_plays, silent_plays
from agent.stores.sessions.progress import read_progress
from agent.stores.sessions.session_log import PlayState, add_report
from study.anchor import Anchor, AnchorSource
from study.record import StudyRecord, check
from study.rules import Kind, Why
from study.units import BootId, ItemId, Milliseconds, MonotonicMs, Seq
from tests.agent.stores.lived import STATION
from tests.agent.television import Play, report
from tests.fakes.fake_clock import BOOT, NOVEMBER_UTC_MS

MINUTE_MS = 60_000


def take(database: Database, told: dict[str, Any]) -> tuple[PlayState, ...]:
    with database.writing() as tables:
        return add_report(tables, Report.model_validate(told))


def rows(database: Database, table: str = "sessions") -> list[dict[str, Any]]:
    with database.reading() as tables:
        return list(tables.query(f"SELECT * FROM {table} ORDER BY 1, 2"))  # noqa: S608  a name of this test


def records(database: Database) -> list[StudyRecord]:
    with database.reading() as tables:
        seqs = [row["seq"] for row in tables.query("SELECT seq FROM records ORDER BY seq")]
        held = [record_at(tables, 1, seq) for seq in seqs]
    return [record for record in held if isinstance(record, StudyRecord)]


def watched_and_left(play_id: str, item_id: str, opened_ms: int, ms: int, kind: str = "vod") -> Play:
    play = Play(play_id, item_id, opened_ms, kind)
    play.watch(ms)
    play.leave()
    return play


def test_a_growing_play_is_one_session_with_what_it_needs_still(mirrored: Database) -> None:
    play = Play("p1", "5.1", 1_000)
    play.watch(5_000)
    [state] = take(mirrored, report(1, play))
    assert (state.watching.facts.played_ms, state.watching.verdict.counted, state.need_ms) == (
        5_000,
        False,
        15_001,
    )
    play.go_on(15_001)
    [state] = take(mirrored, report(2, play))
    assert (state.watching.verdict.effective_ms, state.need_ms) == (20_001, 0)
    assert len(rows(mirrored)) == 1
    assert records(mirrored) == []


def test_leaving_makes_a_record_at_once(mirrored: Database) -> None:
    take(mirrored, report(1, watched_and_left("p1", "5.1", 1_000, 30_000)))
    [record] = records(mirrored)
    assert (record.played_ms, record.covered, record.length_ms) == (30_000, ((0, 30_000),), 100_000)
    assert (record.effective_ms, record.why, record.replaces) == (30_000, Why.COUNTED, None)
    assert rows(mirrored)[0]["open"] == 0


def test_a_play_without_any_watching_makes_no_record(mirrored: Database) -> None:
    play = Play("p1", "5.1", 1_000)
    play.leave()
    take(mirrored, report(1, play))
    assert records(mirrored) == []


def test_a_repeated_report_changes_nothing(mirrored: Database) -> None:
    told = report(1, watched_and_left("p1", "5.1", 1_000, 30_000))
    first = take(mirrored, told)
    before = [rows(mirrored, table) for table in ("sessions", "plays", "intervals", "records", "progress")]
    assert take(mirrored, told) == first
    after = [rows(mirrored, table) for table in ("sessions", "plays", "intervals", "records", "progress")]
    assert after == before


def test_the_same_play_told_again_under_a_new_number_changes_nothing(mirrored: Database) -> None:
    play = watched_and_left("p1", "5.1", 1_000, 30_000)
    take(mirrored, report(1, play))
    take(mirrored, report(2, play))
    assert len(records(mirrored)) == 1


@pytest.mark.parametrize(("gap_ms", "sessions"), [(10 * MINUTE_MS, 1), (10 * MINUTE_MS + 1, 2)])
def test_a_return_to_a_course_within_ten_minutes_goes_on(
    mirrored: Database, gap_ms: int, sessions: int
) -> None:
    first = watched_and_left("p1", "5.1", 0, 15_000)
    take(mirrored, report(1, first))
    take(mirrored, report(2, watched_and_left("p2", "5.1", first.now_ms + gap_ms, 10_000)))
    assert len(rows(mirrored)) == sessions
    made = records(mirrored)
    if sessions == 1:
        assert [(r.played_ms, r.why, r.replaces, r.reason) for r in made] == [
            (15_000, Why.TOO_SHORT_SHARE, None, ""),
            (25_000, Why.COUNTED, 1, "continued"),
        ]
    else:
        assert [(r.played_ms, r.replaces) for r in made] == [(15_000, None), (10_000, None)]


def test_two_openings_of_one_session_in_one_report_are_told_the_same_sum(mirrored: Database) -> None:
    first = watched_and_left("p1", "5.1", 0, 15_000)
    second = watched_and_left("p2", "5.1", 20_000, 10_000)
    states = take(mirrored, report(1, first, second))
    assert [(s.session_id, s.watching.facts.played_ms) for s in states] == [(1, 25_000), (1, 25_000)]
    assert take(mirrored, report(2, first, second)) == states


def test_a_live_programme_always_goes_on_and_a_channel_for_ten_minutes(mirrored: Database) -> None:
    for number, item in enumerate(("L1@1794000000", "L1")):
        first = watched_and_left(f"a{number}", item, 0, 5_000, "live")
        take(mirrored, report(1, first, run_id=f"r{number}a"))
        later = watched_and_left(f"b{number}", item, 60 * MINUTE_MS, 5_000, "live")
        take(mirrored, report(1, later, run_id=f"r{number}b"))
    assert [(row["item_id"], row["played_ms"]) for row in rows(mirrored)] == [
        ("L1@1794000000", 10_000),
        ("L1", 5_000),
        ("L1", 5_000),
    ]


def test_the_catalogue_says_what_is_live(mirrored: Database) -> None:
    take(mirrored, report(1, watched_and_left("p1", "5.1", 0, 5_000, kind="live")))
    assert records(mirrored)[0].why is Why.TOO_SHORT_SHARE


def test_an_unknown_item_is_kept_and_never_counts(mirrored: Database) -> None:
    take(mirrored, report(1, watched_and_left("p1", "99.1", 0, 500_000)))
    [record] = records(mirrored)
    assert (record.played_ms, record.effective_ms, record.why) == (500_000, 0, Why.LENGTH_UNKNOWN)


def test_an_unknown_episode_is_never_taken_for_a_channel_of_its_courses_name(mirrored: Database) -> None:
    with mirrored.writing() as tables:
        tables.execute("INSERT INTO channels VALUES ('5', 1, '频道', '/live/5/index.m3u8', 0)")
        line_up_anew(tables)
    take(mirrored, report(1, watched_and_left("p1", "5.9", 0, 15_000)))
    assert records(mirrored)[0].why is Why.LENGTH_UNKNOWN


def test_two_televisions_both_count_and_carry_their_overlap(mirrored: Database) -> None:
    take(mirrored, report(1, watched_and_left("p1", "5.1", 0, 30_000), run_id="a", terminal="tv-1"))
    take(mirrored, report(1, watched_and_left("p2", "5.1", 20_000, 30_000), run_id="b", terminal="tv-2"))
    assert [(r.screen, r.effective_ms, r.overlap_ms) for r in records(mirrored)] == [
        ("tv-1", 30_000, 0),
        ("tv-2", 30_000, 10_000),
    ]


def test_progress_grows_over_sessions(mirrored: Database) -> None:
    take(mirrored, report(1, watched_and_left("p1", "5.1", 0, 30_000)))
    again = Play("p2", "5.1", 3_600_000)
    again.media_ms = 50_000
    again.watch(10_000)
    take(mirrored, report(2, again))
    with mirrored.reading() as tables:
        progress = read_progress(tables, ItemId("5.1"))
    assert progress.covered == ((0, 30_000), (50_000, 60_000))
    assert (progress.position_ms, progress.counted) == (60_000, True)


def test_an_older_report_that_arrives_late_moves_nothing_back(mirrored: Database) -> None:
    play = Play("p1", "5.1", 0)
    play.watch(5_000)
    late = report(1, play)
    play.go_on(5_000)
    take(mirrored, report(2, play))
    take(mirrored, late)
    with mirrored.reading() as tables:
        assert read_progress(tables, ItemId("5.1")).position_ms == 10_000
    assert rows(mirrored)[0]["last_ms"] == 10_000


def test_an_interval_never_shrinks_whatever_a_television_says(mirrored: Database) -> None:
    play = Play("p1", "5.1", 0)
    play.watch(5_000)
    take(mirrored, report(1, play))
    play.go_on(-2_000)
    take(mirrored, report(2, play))
    assert rows(mirrored)[0]["played_ms"] == 5_000


def test_a_play_that_ends_late_does_not_take_the_session_back_in_time(mirrored: Database) -> None:
    first, second = Play("p1", "5.1", 0), Play("p2", "5.1", 60_000)
    first.watch(5_000)
    take(mirrored, report(1, first))
    second.watch(20_000)
    take(mirrored, report(2, second))
    first.go_on(1_000)
    first.leave()
    take(mirrored, report(3, first))
    [row] = rows(mirrored)
    assert (row["last_ms"], row["played_ms"], row["open"]) == (80_000, 26_000, 1)


def silent(tables: Tables, boot: str, now_ms: int, started_ms: int) -> list[tuple[str, int]]:
    return silent_plays(tables, BootId(boot), MonotonicMs(now_ms), MonotonicMs(started_ms), 30_000)


def test_a_silent_television_is_closed_at_its_last_report(mirrored: Database) -> None:
    play = Play("p1", "5.1", 0)
    play.watch(25_000)
    take(mirrored, report(1, play))
    with mirrored.writing() as tables:
        assert silent(tables, BOOT, 54_999, 0) == []
        gone = silent(tables, BOOT, 55_000, 0)
        assert gone == [("p1", 1)]
        close_plays(tables, gone)
    assert [r.played_ms for r in records(mirrored)] == [25_000]


def test_after_a_start_the_agent_listens_for_televisions_of_this_boot_only(mirrored: Database) -> None:
    play = Play("p1", "5.1", 0)
    play.watch(25_000)
    take(mirrored, report(1, play))
    with mirrored.reading() as tables:
        assert silent(tables, BOOT, 929_999, 900_000) == []
        assert silent(tables, BOOT, 930_000, 900_000) == [("p1", 1)]
        assert silent(tables, "boot-2", 6_000, 5_000) == [("p1", 1)]


def test_what_an_earlier_boot_left_open_is_closed_before_anything_is_written_in_the_next(
    mirrored: Database,
) -> None:
    play = Play("p1", "5.1", 1_000)
    play.watch(25_000)
    with mirrored.writing() as tables:
        assert begin_boot(tables, BootId(BOOT)) == 0
        add_report(tables, Report.model_validate(report(1, play)))
        assert begin_boot(tables, BootId(BOOT)) == 0
        assert begin_boot(tables, BootId("next")) == 1
        assert begin_boot(tables, BootId("next")) == 0
    [record] = records(mirrored)
    assert (record.played_ms, record.boot, record.boot_ordinal) == (25_000, BOOT, 1)


def test_a_boot_that_only_a_late_report_tells_of_has_no_ordinal(mirrored: Database) -> None:
    with mirrored.writing() as tables:
        begin_boot(tables, BootId("next"))
    take(mirrored, report(1, watched_and_left("p1", "5.1", 1_000, 5_000)))
    assert [record.boot_ordinal for record in records(mirrored)] == [0]


def test_a_television_heard_again_after_it_was_closed_makes_a_record_that_replaces(
    mirrored: Database,
) -> None:
    play = Play("p1", "5.1", 0)
    play.watch(25_000)
    take(mirrored, report(1, play))
    with mirrored.writing() as tables:
        close_plays(tables, silent(tables, BOOT, 60_000, 0))
    play.go_on(40_000)
    take(mirrored, report(2, play))
    assert rows(mirrored)[0]["open"] == 1
    play.leave()
    take(mirrored, report(3, play))
    assert [(r.played_ms, r.replaces) for r in records(mirrored)] == [(25_000, None), (65_000, 1)]


def test_every_later_record_of_a_session_replaces_its_first(mirrored: Database) -> None:
    for number in range(3):
        opened_ms = number * 60_000
        take(mirrored, report(number + 1, watched_and_left(f"p{number}", "5.1", opened_ms, 15_000)))
    assert [(r.seq, r.replaces, r.reason) for r in records(mirrored)] == [
        (1, None, ""),
        (2, 1, "continued"),
        (3, 1, "continued"),
    ]


def test_a_length_that_was_corrected_is_in_the_record_when_the_course_was_opened_again(
    mirrored: Database,
) -> None:
    take(mirrored, report(1, watched_and_left("p1", "5.1", 0, 30_000)))
    with mirrored.writing() as tables:
        tables.execute("UPDATE episodes SET length_ms = 200000 WHERE item_id = '5.1'")
    again = Play("p2", "5.1", 60_000)
    again.leave()
    take(mirrored, report(2, again))
    assert [(r.length_ms, r.effective_ms, r.replaces) for r in records(mirrored)] == [
        (100_000, 30_000, None),
        (200_000, 0, 1),
    ]
    assert rows(mirrored)[0]["effective_ms"] == 0


def test_a_television_that_only_left_late_makes_no_second_record(mirrored: Database) -> None:
    play = Play("p1", "5.1", 0)
    play.watch(25_000)
    take(mirrored, report(1, play))
    with mirrored.writing() as tables:
        close_plays(tables, silent(tables, BOOT, 60_000, 0))
    play.leave()
    take(mirrored, report(2, play))
    assert len(records(mirrored)) == 1
    assert rows(mirrored)[0]["open"] == 0


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["watch", "go_on", "pause", "leave", "open"]),
        st.integers(1, 700_000),
        st.integers(0, 1),
    ),
    min_size=1,
    max_size=12,
)


def told_in_turn(steps: list[tuple[str, int, int]]) -> list[dict[str, Any]]:
    """What one television would report, everything in every report, as if none were acknowledged."""
    plays = [Play("p0", "5.1", 0)]
    told = []
    for number, (step, ms, item) in enumerate(steps, start=1):
        play = plays[-1]
        if play.left_ms is not None or step == "open":
            play.left_ms = play.now_ms if play.left_ms is None else play.left_ms
            play = Play(f"p{number}", ("5.1", "6.1")[item], play.now_ms + ms)
            plays.append(play)
        elif step == "leave":
            play.leave()
        elif step == "pause":
            play.pause(ms)
        elif step == "go_on" and play.intervals:
            play.go_on(ms)
        else:
            play.watch(ms)
        told.append(report(number, *plays))
    return told


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, data=st.data())
def test_lost_doubled_and_swapped_reports_make_the_same_sessions(
    mirrored: Database, steps: list[tuple[str, int, int]], data: st.DataObject
) -> None:
    told = told_in_turn(steps)
    order = data.draw(st.lists(st.sampled_from(told), max_size=20))
    wanted = outcome(mirrored, told)
    assert outcome(mirrored, [*order, told[-1]]) == wanted
    assert outcome(mirrored, [told[-1], *order]) == wanted


def outcome(database: Database, told: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """The sessions that these reports make in an empty log, which is emptied again."""

    class UndoneError(Exception):
        pass

    found: list[tuple[Any, ...]] = []
    try:
        with database.writing() as tables:
            for each in told:
                add_report(tables, Report.model_validate(each))
            found = tables.execute(
                "SELECT item_id, opened_ms, last_ms, played_ms, covered_ms, effective_ms, why, open"
                " FROM sessions ORDER BY opened_ms"
            ).fetchall()
            raise UndoneError
    except UndoneError:
        return found


@pytest.mark.parametrize("with_record", [False, True])
def test_what_goes_on_after_its_details_were_let_go_is_a_session_of_its_own(
    mirrored: Database, with_record: bool
) -> None:
    first, second = Play("p1", "L1@x", 1_000, "live"), Play("p2", "L1@x", 4_000_000, "live")
    for play, ms in ((first, 1_800_000), (second, 600_000)):
        play.watch(ms)
        play.leave()
    with mirrored.writing() as tables:
        enrol(tables, STATION, "key-1")
        add_anchor(
            tables, Anchor(BOOT, MonotonicMs(10), NOVEMBER_UTC_MS, Milliseconds(40), AnchorSource.PLATFORM)
        )
        add_report(tables, Report.model_validate(report(1, first)))
        settle(tables, 1, 1, 2, [], NOVEMBER_UTC_MS)
        # A clock that is a year ahead says that it is long ago.
        prune_details(tables, NOVEMBER_UTC_MS + 1, 100)
        if with_record:
            prune_records(tables, NOVEMBER_UTC_MS + 1)
        add_report(tables, Report.model_validate(report(2, second)))
        rows = tables.execute("SELECT played_ms FROM sessions ORDER BY session_id").fetchall()
        last = record_at(tables, 1, Seq(3))
    assert rows == [(1_800_000,), (600_000,)]
    assert isinstance(last, StudyRecord)
    assert last.replaces is None


def test_reading_an_article_is_recorded_and_counts_nothing(mirrored: Database) -> None:
    [state] = take(mirrored, report(1, watched_and_left("p1", "article:1", 1_000, 120_000, "article")))
    assert (state.need_ms, state.watching.verdict.counted) == (None, False)
    [record] = records(mirrored)
    assert (record.item_id, record.kind, record.played_ms) == ("article:1", Kind.ARTICLE, 120_000)
    assert (record.effective_ms, record.why, record.covered) == (0, Why.NOT_IN_RULE, ())
    assert (record.length_ms, check(record)) == (0, None)
    # Courses that were begun are not pushed off the first row of the home screen.
    assert rows(mirrored, "progress") == []


@pytest.mark.parametrize("kind", ["vod", "live"])
def test_an_article_never_counts_as_anything_else(mirrored: Database, kind: str) -> None:
    take(mirrored, report(1, watched_and_left("p1", "article:1", 1_000, 120_000, kind)))
    [record] = records(mirrored)
    assert (record.kind, record.effective_ms) == (Kind.ARTICLE, 0)


def test_a_course_that_is_told_as_read_is_a_course(mirrored: Database) -> None:
    take(mirrored, report(1, watched_and_left("p1", "5.1", 1_000, 30_000, "article")))
    [record] = records(mirrored)
    assert (record.kind, record.effective_ms) == (Kind.VOD, 30_000)


def test_an_article_opened_again_within_ten_minutes_is_one_reading(mirrored: Database) -> None:
    first = watched_and_left("p1", "article:1", 0, 60_000, "article")
    take(mirrored, report(1, first))
    take(mirrored, report(2, watched_and_left("p2", "article:1", first.now_ms + 1_000, 60_000, "article")))
    before, after = records(mirrored)
    assert (after.replaces, after.played_ms) == (before.seq, 120_000)
