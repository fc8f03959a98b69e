"""What lost its number to another box goes on in a new epoch, each hour once."""

import pytest
from sqlite_utils import Database as Tables

from agent.records.report import Report
from agent.stores.box import enrol
from agent.stores.delivery.outbox import record_at, settle
from agent.stores.delivery.reissue import OTHER_CONTENT, reissue
from agent.stores.disk.database import Database
from agent.stores.sessions.closing import begin_boot
from agent.stores.sessions.correction import correct
from agent.stores.sessions.session_log import add_report
from study.record import Refusal, StudyRecord
from study.units import BootId, Seq
from tests.agent.stores.lived import STATION
from tests.agent.television import Play, report


def told(tables: Tables, seq: int, *plays: Play) -> None:
    add_report(tables, Report.model_validate(report(seq, *plays)))


def standing_ms(tables: Tables) -> list[int]:
    """What the platform counts of the newest epoch, which has none of the earlier one's records."""
    rows = tables.execute(
        "SELECT epoch_no, seq FROM records WHERE epoch_no = (SELECT max(number) FROM epochs) ORDER BY seq"
    ).fetchall()
    held = [r for row in rows if isinstance(r := record_at(tables, *row), StudyRecord)]
    last = {r.replaces or r.seq: r.played_ms for r in held}
    return sorted(last.values())


@pytest.mark.parametrize("rounds", [1, 2])
def test_a_session_that_goes_on_while_its_record_is_issued_again_counts_once(
    mirrored: Database, rounds: int
) -> None:
    play = Play("p1", "5.1", 1_000)
    play.watch(30_000)
    play.leave()
    again = Play("p2", "5.1", 40_000)
    again.watch(20_000)
    with mirrored.writing() as tables:
        enrol(tables, STATION, "key-1")
        told(tables, 1, play)
        told(tables, 2, again)
        if rounds == 2:
            reissue(tables, 1)
        settle(tables, 1, 1, 1, [Refusal(Seq(1), OTHER_CONTENT, "")], None)
        assert reissue(tables, 1) == 1
        again.go_on(5_000)
        told(tables, 3, again)
        again.go_on(5_000)
        again.leave()
        told(tables, 4, again)
        begin_boot(tables, BootId("boot-2"))
        assert sum(standing_ms(tables)) == 60_000


def test_a_correction_that_is_issued_again_still_says_who_made_it(mirrored: Database) -> None:
    play = Play("p1", "5.1", 1_000)
    play.watch(30_000)
    play.leave()
    with mirrored.writing() as tables:
        enrol(tables, STATION, "key-1")
        told(tables, 1, play)
        correct(tables, 1, 10_000, "王芳", "人已离开")
        settle(tables, 1, 1, 2, [Refusal(Seq(n), OTHER_CONTENT, "") for n in (1, 2)], None)
        reissue(tables, 1)
        again = record_at(tables, 2, Seq(1))
    assert isinstance(again, StudyRecord)
    assert (again.played_ms, again.replaces, again.reason) == (10_000, None, "corrected 王芳: 人已离开")
