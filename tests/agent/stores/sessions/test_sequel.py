"""What a play goes on with after its session was sealed is a session of its own."""

from collections.abc import Callable

import pytest
from sqlite_utils import Database as Tables

from agent.records.report import Report
from agent.stores.delivery.epochs import begin
from agent.stores.delivery.outbox import record_at
from agent.stores.disk.database import Database
from agent.stores.sessions.closing import close_plays
from agent.stores.sessions.correction import correct
from agent.stores.sessions.sequel import part_sealed
from agent.stores.sessions.session_log import PlayState, add_report
from study.record import StudyRecord
from tests.agent.television import Play, report


def _corrected(tables: Tables) -> None:
    close_plays(tables, [("p1", 1)])
    correct(tables, 1, 10_000, "王芳", "人已离开")


def _in_another_epoch(tables: Tables) -> None:
    close_plays(tables, [("p1", 1)])
    begin(tables)


def _in_another_epoch_while_it_goes_on_again(tables: Tables) -> None:
    close_plays(tables, [("p1", 1)])
    play = Play("p1", "5.1", 1_000)
    play.watch(30_000)
    play.go_on(7_000)
    add_report(tables, Report.model_validate(report(2, play)))
    begin(tables)
    part_sealed(tables)


def told(tables: Tables, seq: int, *plays: Play) -> tuple[PlayState, ...]:
    return add_report(tables, Report.model_validate(report(seq, *plays)))


def played(tables: Tables) -> list[tuple[int, int]]:
    """(epoch, played) of the records that nothing replaces."""
    rows = tables.execute("SELECT epoch_no, seq FROM records ORDER BY epoch_no, seq").fetchall()
    held = [(number, record_at(tables, number, seq)) for number, seq in rows]
    studies = [(number, r) for number, r in held if isinstance(r, StudyRecord)]
    gone = {(number, r.replaces) for number, r in studies}
    last = {(number, r.replaces): r for number, r in studies if r.replaces is not None}
    first = [
        (number, r.played_ms) for number, r in studies if r.replaces is None and (number, r.seq) not in gone
    ]
    return first + [(number, r.played_ms) for (number, _), r in last.items()]


@pytest.mark.parametrize(
    ("seal", "sealed_ms"),
    [(_corrected, 10_000), (_in_another_epoch, 30_000), (_in_another_epoch_while_it_goes_on_again, 30_000)],
)
def test_what_comes_after_the_seal_is_a_session_of_its_own(
    mirrored: Database, seal: Callable[[Tables], None], sealed_ms: int
) -> None:
    play = Play("p1", "5.1", 1_000)
    play.watch(30_000)
    with mirrored.writing() as tables:
        told(tables, 1, play)
        seal(tables)
        play.go_on(20_000)
        play.pause(3_000)
        play.watch(40_000)
        [grown] = told(tables, 7, play)
        play.go_on(5_000)
        play.leave()
        [left] = told(tables, 8, play)
        [again] = told(tables, 9, play)
        sums = [sum_ms for _, sum_ms in played(tables)]
    assert 1 < grown.session_id == left.session_id == again.session_id
    assert left.watching.facts.played_ms == 65_000
    assert sorted(sums) == sorted([sealed_ms, 65_000])


def test_a_sealed_play_that_only_leaves_makes_nothing_new(mirrored: Database) -> None:
    play = Play("p1", "5.1", 1_000)
    play.watch(30_000)
    with mirrored.writing() as tables:
        told(tables, 1, play)
        _corrected(tables)
        play.leave()
        [state] = told(tables, 2, play)
        assert state.session_id == 1
        assert played(tables) == [(1, 10_000)]
        assert tables.execute("SELECT played_ms, open FROM sessions").fetchall() == [(10_000, 0)]


def test_a_second_play_of_a_session_that_has_a_record_is_parted_where_the_record_ends(
    mirrored: Database,
) -> None:
    first, second = Play("p1", "5.1", 1_000), Play("p2", "5.1", 40_000)
    first.watch(30_000)
    first.leave()
    second.watch(8_000)
    second.pause(1_000)
    second.watch(4_000)
    second.leave()
    third = Play("p3", "5.1", 60_000)
    third.watch(2_000)
    with mirrored.writing() as tables:
        told(tables, 1, first)
        told(tables, 2, second)
        first.go_on(3_000)  # told late, of the time before
        told(tables, 3, first, third)
        begin(tables)
        part_sealed(tables)
        part_sealed(tables)
        third.go_on(10_000)
        third.leave()
        told(tables, 4, third)
        assert sorted(played(tables)) == [(1, 45_000), (2, 12_000)]


def test_a_sequel_can_be_corrected_and_go_on_once_more(mirrored: Database) -> None:
    play = Play("p1", "5.1", 1_000)
    play.watch(30_000)
    with mirrored.writing() as tables:
        told(tables, 1, play)
        _corrected(tables)
        play.go_on(20_000)
        told(tables, 2, play)
        close_plays(tables, [("p1~", 2)])
        correct(tables, 2, None, "王芳", "没有人")
        play.go_on(7_000)
        play.leave()
        [state] = told(tables, 3, play)
        assert (state.session_id, state.watching.facts.played_ms) == (3, 7_000)
        assert sorted(ms for _, ms in played(tables)) == [0, 7_000, 10_000]


def test_a_sequel_of_plays_that_were_all_left_is_closed_at_once(mirrored: Database) -> None:
    left, opened = Play("p1", "5.1", 1_000), Play("p2", "5.1", 60_000)
    left.watch(30_000)
    left.leave()
    with mirrored.writing() as tables:
        told(tables, 1, left)
        told(tables, 2, opened)
        left.go_on(3_000)  # told late, of the time before
        told(tables, 3, left, opened)
        begin(tables)
        part_sealed(tables)
        opened.leave()
        told(tables, 4, opened)
        assert sorted(played(tables)) == [(1, 30_000), (2, 3_000)]
