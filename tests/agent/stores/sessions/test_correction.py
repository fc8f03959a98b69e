"""An operator takes time back from a session; nobody ever adds any."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import CorrectionError
from agent.records.report import Report
from agent.stores.box import enrol
from agent.stores.delivery.epochs import begin
from agent.stores.delivery.outbox import prune, settle, waiting
from agent.stores.disk.database import Database
from agent.stores.sessions.correction import correct, lowered
from agent.stores.sessions.session_list import last_sessions
from agent.stores.sessions.session_log import add_report
from study.coverage import covered_ms, union
from study.local_api import SessionEntry
from study.record import StudyRecord, check
from study.rules import Why
from study.station import Station, StationType
from study.units import Milliseconds, Seq, StationNumber
from tests.agent.television import Play, report
from tests.municipal.box import study


def studied(database: Database, ms: int = 30_000, play_id: str = "p1", at_ms: int = 0, seq: int = 1) -> None:
    play = Play(play_id, "5.1", at_ms)
    play.watch(ms)
    play.leave()
    with database.writing() as tables:
        add_report(tables, Report.model_validate(report(seq, play)))


def corrected(
    database: Database, played_ms: int | None, who: str = "张三", why: str = "没有人在场"
) -> StudyRecord:
    with database.writing() as tables:
        return correct(tables, 1, played_ms, who, why)


def shown(database: Database) -> list[SessionEntry]:
    with database.reading() as tables:
        return last_sessions(tables, 10)


def test_a_session_struck_off_stays_shown_and_counts_nothing(mirrored: Database) -> None:
    studied(mirrored)
    record = corrected(mirrored, None)
    assert (record.replaces, record.effective_ms, record.why) == (1, 0, Why.NOT_PLAYED)
    assert record.reason == "corrected 张三: 没有人在场"
    assert check(record) is None
    [entry] = shown(mirrored)
    assert (entry["effective_ms"], entry["state"], entry["correction"]) == (0, "waiting", "张三：没有人在场")


def test_what_the_lowered_time_counts_the_rule_says(mirrored: Database) -> None:
    studied(mirrored)
    assert corrected(mirrored, 25_000).effective_ms == 25_000
    again = corrected(mirrored, 20_000)
    assert (again.replaces, again.effective_ms, again.why) == (1, 0, Why.TOO_SHORT_SHARE)


@pytest.mark.parametrize("played_ms", [30_000, 30_001, -1])
def test_time_is_never_added(mirrored: Database, played_ms: int) -> None:
    studied(mirrored)
    with pytest.raises(CorrectionError, match="只能减少"):
        corrected(mirrored, played_ms)
    with mirrored.reading() as tables:
        assert waiting(tables) == 1


def test_a_corrected_session_does_not_go_on(mirrored: Database) -> None:
    studied(mirrored)
    corrected(mirrored, None)
    studied(mirrored, play_id="p2", at_ms=60_000, seq=2)
    assert [entry["effective_ms"] for entry in shown(mirrored)] == [30_000, 0]


@pytest.mark.parametrize(
    ("who", "why"), [("", "理由"), ("张三", " \n"), ("张" * 51, "理由"), ("张三", "理" * 201)]
)
def test_without_a_name_and_a_reason_nothing_is_corrected(mirrored: Database, who: str, why: str) -> None:
    studied(mirrored)
    with pytest.raises(CorrectionError, match="更正人"):
        corrected(mirrored, None, who, why)


def test_a_session_that_is_still_watched_waits(mirrored: Database) -> None:
    play = Play("p1", "5.1", 0)
    play.watch(30_000)
    with mirrored.writing() as tables:
        add_report(tables, Report.model_validate(report(1, play)))
    with pytest.raises(CorrectionError, match="还没有结束"):
        corrected(mirrored, None)


def test_a_session_whose_record_was_let_go_is_told(mirrored: Database) -> None:
    with mirrored.writing() as tables:
        enrol(tables, Station(StationNumber("1"), "站", "东城区", StationType.VILLAGE), "key-1")
    studied(mirrored)
    with mirrored.writing() as tables:
        settle(tables, 1, 1, 1, (), 0)
        prune(tables, 1, 1)
    with pytest.raises(CorrectionError, match="不再保留"):
        corrected(mirrored, None)


def test_no_such_session_and_one_of_an_earlier_epoch_are_told_apart(mirrored: Database) -> None:
    with pytest.raises(CorrectionError, match="没有第 1 次"):
        corrected(mirrored, None)
    studied(mirrored)
    with mirrored.writing() as tables:
        begin(tables)
    with pytest.raises(CorrectionError, match="以前的数据库"):
        corrected(mirrored, None)


LONGEST_MS = 90_000
stretches = st.lists(st.tuples(st.integers(0, LONGEST_MS), st.integers(1, 30_000)), min_size=1, max_size=6)


@given(watched=stretches, share=st.floats(0, 0.999))
def test_any_correction_is_one_that_the_platform_takes(watched: list[tuple[int, int]], share: float) -> None:
    covered = union((start, min(start + length, LONGEST_MS + 10_000)) for start, length in watched)
    held = study(1, played_ms=max(1, covered_ms(covered)), length_ms=100_000, covered=covered, overlap_ms=1)
    new = replace(lowered(held, Milliseconds(int(held.played_ms * share))), seq=Seq(2))
    assert check(new) is None
    assert new.effective_ms <= held.effective_ms
