"""Once a day what is old goes; what waits, was refused or has no date stays, and the chain goes on."""

from dataclasses import replace
from pathlib import Path

import pytest

from agent.loops.housekeeping import Housekeeping
from agent.records.stored import record_of
from agent.stores.box import read_box
from agent.stores.delivery.epochs import current, take_seq
from agent.stores.delivery.outbox import follow_mark, put_record, settle, take_run
from agent.stores.disk.notices import notices, put_notice
from agent.stores.disk.record_log import frames
from study.record import Refusal
from study.units import Seq
from tests.agent.stores.lived import Lived, enrolled, records, rows
from tests.fakes.fake_clock import NOVEMBER_UTC_MS

DAY_MS = 86_400_000
YEARS_MS = 3 * 366 * DAY_MS


@pytest.fixture
def box(tmp_path: Path) -> Lived:
    """40 sessions of one boot; record 1 is its anchor."""
    held = enrolled(tmp_path / "box")
    held.hear_time(NOVEMBER_UTC_MS)
    for n in range(40):
        held.watch(n, 60_000)
    return held


def a_day_passes(box: Lived, days: int = 1) -> None:
    """All of the days at once: the box was on, and nobody looked."""
    keeping = Housekeeping(box.database, box.room, box.clock)
    box.clock.pass_ms(days * DAY_MS)
    keeping.handle_one_look()


def count(box: Lived, table: str) -> int:
    return int(rows(box.database, f"SELECT count(*) AS n FROM {table}")[0]["n"])  # noqa: S608  a name of this test


def test_details_go_ninety_days_after_delivery_and_what_they_came_to_stays(box: Lived) -> None:
    box.deliver(21)
    hours = rows(box.database, "SELECT session_id, played_ms, effective_ms, why FROM sessions")
    a_day_passes(box, 89)
    assert (count(box, "plays"), count(box, "intervals")) == (40, 40)
    a_day_passes(box, 2)
    assert (count(box, "plays"), count(box, "intervals"), count(box, "sessions")) == (20, 20, 40)
    assert rows(box.database, "SELECT session_id, played_ms, effective_ms, why FROM sessions") == hours
    assert len(records(box.database)) == 41
    box.database.close()


def test_records_and_sessions_go_after_three_years_but_never_one_that_waits_or_was_refused(
    box: Lived,
) -> None:
    with box.database.writing() as tables:
        refused = [Refusal(Seq(7), "other_result", "重算不同")]
        settle(tables, current(tables).number, 1, 21, refused, NOVEMBER_UTC_MS)
        chain = current(tables).chain
    a_day_passes(box, 3 * 366 + 100)
    held = sorted(seq for _, seq in records(box.database))
    assert held == [7, *range(22, 42)]
    assert count(box, "sessions") == 21
    with box.database.writing() as tables:
        state = current(tables)
        outgoing = take_run(tables, read_box(tables))
        assert (state.settled, state.pruned, state.chain) == (21, 21, chain)
    assert outgoing is not None
    assert (outgoing.first, outgoing.run.before) == (22, chain)
    box.database.close()


def test_a_platform_that_fell_back_gets_what_is_still_here_with_the_right_chain(box: Lived) -> None:
    with box.database.writing() as tables:
        number = current(tables).number
        settle(tables, number, 1, 10, (), NOVEMBER_UTC_MS)
        at_ten = current(tables).chain
        settle(tables, number, 11, 41, (), NOVEMBER_UTC_MS + YEARS_MS + 90 * DAY_MS)
        follow_mark(tables, number, 41)
    a_day_passes(box, 3 * 366 + 80)
    assert min(seq for _, seq in records(box.database)) == 11
    with box.database.writing() as tables:
        follow_mark(tables, number, 3)
        outgoing = take_run(tables, read_box(tables))
    assert outgoing is not None
    assert (outgoing.first, outgoing.run.before) == (11, at_ten)
    box.database.close()


def test_without_a_date_nothing_is_old(tmp_path: Path) -> None:
    box = enrolled(tmp_path / "box")
    for n in range(5):
        box.watch(n, 60_000)
    box.deliver(5)
    a_day_passes(box, 5_000)
    assert (count(box, "plays"), count(box, "records"), count(box, "sessions")) == (5, 5, 5)
    box.database.close()


def test_runs_of_the_television_are_forgotten_but_for_the_last_hundred(box: Lived) -> None:
    with box.database.writing() as tables:
        for n in range(300):
            tables.execute("INSERT INTO televisions VALUES (?, 'tv-1', 1)", [f"old-{n}"])
    a_day_passes(box)
    kept = [row["run_id"] for row in rows(box.database, "SELECT run_id FROM televisions ORDER BY rowid")]
    assert kept == [f"old-{n}" for n in range(200, 300)]
    box.database.close()


def test_the_log_is_made_anew_once_half_of_it_is_old(tmp_path: Path) -> None:
    box = enrolled(tmp_path / "box")
    box.hear_time(NOVEMBER_UTC_MS)
    for _ in range(12):
        with box.database.writing() as tables:
            [first] = tables.execute("SELECT content FROM records WHERE seq = 1").fetchone()
            for _ in range(1_000):
                put_record(tables, replace(record_of(first), seq=take_seq(tables)), None)
    box.deliver(11_990)
    log = box.folder / "records.log"
    before = log.stat().st_size
    a_day_passes(box, 91)
    assert before > 1_100_000
    assert log.stat().st_size < 10_000
    assert [frame.seq for frame in frames(log) if frame.seq] == list(range(11_991, 12_002))
    box.database.close()


def test_a_notice_is_shown_for_seven_days(box: Lived) -> None:
    with box.database.writing() as tables:
        put_notice(tables, "已修复")
    for shown in [1] * 6 + [0]:
        a_day_passes(box)
        with box.database.reading() as tables:
            assert len(notices(tables)) == shown
    box.database.close()


def test_the_first_minutes_are_left_alone(box: Lived) -> None:
    keeping = Housekeeping(box.database, box.room, box.clock)
    with box.database.writing() as tables:
        put_notice(tables, "已修复")
    keeping.handle_one_look()
    assert rows(box.database, "SELECT days_left FROM notices")[0]["days_left"] == 7
    box.clock.pass_ms(600_000)
    keeping.handle_one_look()
    keeping.handle_one_look()
    assert rows(box.database, "SELECT days_left FROM notices")[0]["days_left"] == 6
    box.database.close()
