"""The outbox keeps what waits, and sends the same bytes at every try."""

import pytest
from sqlite_utils import Database as Tables

from agent.records.report import Report
from agent.stores.anchors import add_anchor
from agent.stores.box import enrol, read_box
from agent.stores.database import Database
from agent.stores.outbox import read_delivery, refusals, settle, split_run, take_run, waiting
from agent.stores.session_log import add_report
from study.anchor import Anchor, AnchorSource
from study.record import Refusal, chain_start, chained
from study.station import Station, StationType
from study.units import Milliseconds, MonotonicMs, Seq, StationNumber
from study.wire import Run, decode
from tests.agent.television import Play, report
from tests.fakes.fake_clock import BOOT, NOVEMBER_UTC_MS

STATION = Station(StationNumber("1"), "站", "东城区", StationType.VILLAGE)


@pytest.fixture
def enrolled(mirrored: Database) -> Database:
    with mirrored.writing() as tables:
        enrol(tables, STATION, "key-1")
    return mirrored


def study(tables: Tables, number: int) -> None:
    play = Play(f"p{number}", "5.1", number * 3_600_000)
    play.watch(30_000 + number)
    play.leave()
    add_report(tables, Report.model_validate(report(number + 1, play)))


def taken(database: Database) -> tuple[Run, bytes]:
    with database.writing() as tables:
        run = take_run(tables, read_box(tables))
    assert run is not None
    return run


def test_nothing_is_sent_before_enrolment(mirrored: Database) -> None:
    with mirrored.writing() as tables:
        study(tables, 0)
        assert take_run(tables, read_box(tables)) is None
        assert waiting(tables) == 1


def test_a_run_stays_the_same_bytes_while_more_records_are_made(enrolled: Database) -> None:
    with enrolled.writing() as tables:
        study(tables, 0)
        study(tables, 1)
    first = taken(enrolled)
    with enrolled.writing() as tables:
        study(tables, 2)
    assert taken(enrolled) == first
    assert [record.seq for record in decode(first[1]).records] == [1, 2]


def test_the_chain_runs_from_run_to_run_through_refused_records(enrolled: Database) -> None:
    with enrolled.writing() as tables:
        study(tables, 0)
        study(tables, 1)
    first, _ = taken(enrolled)
    with enrolled.writing() as tables:
        settle(tables, first, [Refusal(Seq(2), "bad", "不对")])
        study(tables, 2)
    second, _ = taken(enrolled)
    start = chain_start(STATION.number, first.epoch)
    assert (first.before, second.before) == (start, chained(start, first.records))
    assert [record.seq for record in second.records] == [3]


def test_a_refused_record_is_kept_marked_and_never_sent_again(enrolled: Database) -> None:
    with enrolled.writing() as tables:
        study(tables, 0)
    run, _ = taken(enrolled)
    with enrolled.writing() as tables:
        settle(tables, run, [Refusal(Seq(1), "bad", "不对")])
        assert refusals(tables) == (Refusal(Seq(1), "bad", "不对"),)
        assert waiting(tables) == 0
        assert take_run(tables, read_box(tables)) is None


def test_a_halved_batch_grows_again(enrolled: Database) -> None:
    with enrolled.writing() as tables:
        for number in range(8):
            study(tables, number)
    sizes = []
    for _ in range(2):
        run, _ = taken(enrolled)
        sizes.append(len(run.records))
        with enrolled.writing() as tables:
            split_run(tables, run)
    while True:
        with enrolled.writing() as tables:
            found = take_run(tables, read_box(tables))
            if found is None:
                break
            sizes.append(len(found[0].records))
            settle(tables, found[0], [])
    assert sizes == [8, 4, 2, 4, 2]


def test_a_full_run_holds_200_records(enrolled: Database) -> None:
    with enrolled.writing() as tables:
        for number in range(205):
            study(tables, number)
    run, body = taken(enrolled)
    assert len(run.records) == 200
    assert len(body) < 30 * 200


def test_an_anchor_is_a_record_and_places_its_boots_sessions(enrolled: Database) -> None:
    with enrolled.writing() as tables:
        study(tables, 1)
        anchor = Anchor(
            BOOT, MonotonicMs(5_000_000), NOVEMBER_UTC_MS, Milliseconds(40), AnchorSource.PLATFORM
        )
        assert add_anchor(tables, anchor)
        assert not add_anchor(tables, anchor)
        [row] = tables.query("SELECT opened_utc_ms FROM sessions")
        assert waiting(tables) == 2
    assert row["opened_utc_ms"] == NOVEMBER_UTC_MS - 5_000_000 + 3_600_000


def test_the_state_of_delivery_survives_a_start(enrolled: Database) -> None:
    with enrolled.writing() as tables:
        study(tables, 0)
    taken(enrolled)
    again = Database(enrolled.file)
    with again.reading() as tables:
        held = read_delivery(tables)
    again.close()
    assert (held.run_first, held.run_last) == (1, 1)


def test_a_second_answer_to_one_enrolment_does_not_take_the_chain_back(enrolled: Database) -> None:
    with enrolled.writing() as tables:
        study(tables, 0)
    run, _ = taken(enrolled)
    with enrolled.writing() as tables:
        settle(tables, run, [])
        enrol(tables, STATION, "key-1")
        assert read_box(tables).chain == chained(run.before, run.records)
