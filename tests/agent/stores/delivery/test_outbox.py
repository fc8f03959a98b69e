"""The outbox keeps what waits, and sends the same bytes at every try."""

import pytest
from sqlite_utils import Database as Tables

from agent.records.report import Report
from agent.stores.box import enrol, read_box
from agent.stores.dates.anchors import add_anchor
from agent.stores.delivery.epochs import begin, current, read_epoch
from agent.stores.delivery.outbox import (
    Outgoing,
    follow_mark,
    note_delivery,
    prune,
    read_delivery,
    record_at,
    refusals,
    settle,
    split_run,
    take_run,
    waiting,
)
from agent.stores.delivery.reissue import OTHER_CONTENT, reissue
from agent.stores.disk.database import Database
from agent.stores.sessions.session_log import add_report
from study.anchor import Anchor, AnchorSource
from study.record import Refusal, chain_start, chained
from study.station import Station, StationType
from study.units import Milliseconds, MonotonicMs, Seq, StationNumber
from study.wire import decode
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


def taken(database: Database) -> Outgoing:
    with database.writing() as tables:
        outgoing = take_run(tables, read_box(tables))
    assert outgoing is not None
    return outgoing


def settled(tables: Tables, outgoing: Outgoing, *refused: Refusal) -> None:
    settle(tables, outgoing.epoch_no, outgoing.first, outgoing.last, refused, NOVEMBER_UTC_MS)
    note_delivery(tables)


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
    assert [record.seq for record in decode(first.body).records] == [1, 2]


def test_the_chain_runs_from_run_to_run_through_refused_records(enrolled: Database) -> None:
    with enrolled.writing() as tables:
        study(tables, 0)
        study(tables, 1)
    outgoing = taken(enrolled)
    with enrolled.writing() as tables:
        settled(tables, outgoing, Refusal(Seq(2), "bad", "不对"))
        study(tables, 2)
    first, second = outgoing.run, taken(enrolled).run
    start = chain_start(STATION.number, first.epoch)
    assert (first.before, second.before) == (start, chained(start, first.records))
    assert [record.seq for record in second.records] == [3]


def test_a_refused_record_is_kept_marked_and_never_sent_again(enrolled: Database) -> None:
    with enrolled.writing() as tables:
        study(tables, 0)
    outgoing = taken(enrolled)
    with enrolled.writing() as tables:
        settled(tables, outgoing, Refusal(Seq(1), "bad", "不对"))
        assert refusals(tables) == (Refusal(Seq(1), "bad", "不对"),)
        assert waiting(tables) == 0
        assert take_run(tables, read_box(tables)) is None


def test_a_halved_batch_grows_again(enrolled: Database) -> None:
    with enrolled.writing() as tables:
        for number in range(8):
            study(tables, number)
    sizes = []
    for _ in range(2):
        outgoing = taken(enrolled)
        sizes.append(len(outgoing.run.records))
        with enrolled.writing() as tables:
            split_run(tables, outgoing)
    while True:
        with enrolled.writing() as tables:
            found = take_run(tables, read_box(tables))
            if found is None:
                break
            sizes.append(len(found.run.records))
            settled(tables, found)
    assert sizes == [8, 4, 2, 4, 2]


def test_a_full_run_holds_200_records(enrolled: Database) -> None:
    with enrolled.writing() as tables:
        for number in range(205):
            study(tables, number)
    outgoing = taken(enrolled)
    assert len(outgoing.run.records) == 200
    assert len(outgoing.body) < 30 * 200


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
    outgoing = taken(enrolled)
    with enrolled.writing() as tables:
        settled(tables, outgoing)
        enrol(tables, STATION, "key-1")
        assert current(tables).chain == chained(outgoing.run.before, outgoing.run.records)


def test_a_new_epoch_begins_at_1_and_what_waits_in_the_earlier_goes_first_under_its_own_name(
    enrolled: Database,
) -> None:
    with enrolled.writing() as tables:
        study(tables, 0)
        study(tables, 1)
        before = current(tables).epoch
        begin(tables)
        study(tables, 2)
        after = current(tables).epoch
    sent = []
    for _ in range(2):
        outgoing = taken(enrolled)
        sent.append((outgoing.run.epoch, [record.seq for record in outgoing.run.records]))
        assert outgoing.run.before == chain_start(STATION.number, outgoing.run.epoch)
        with enrolled.writing() as tables:
            settled(tables, outgoing)
    assert sent == [(before, [1, 2]), (after, [1])]


def test_settling_out_of_order_and_twice_moves_the_chain_only_over_what_is_settled(
    enrolled: Database,
) -> None:
    with enrolled.writing() as tables:
        for number in range(6):
            study(tables, number)
        records = [record_at(tables, 1, Seq(seq)) for seq in range(1, 7)]
        start = chain_start(STATION.number, current(tables).epoch)
        settle(tables, 1, 3, 4, [], NOVEMBER_UTC_MS)
        assert (current(tables).settled, current(tables).chain) == (0, start)
    assert [record.seq for record in taken(enrolled).run.records] == [1, 2]
    with enrolled.writing() as tables:
        settle(tables, 1, 1, 4, [Refusal(Seq(3), "late", "晚了")], NOVEMBER_UTC_MS)
        assert refusals(tables) == ()
        assert (current(tables).settled, current(tables).chain) == (4, chained(start, records[:4]))
    outgoing = taken(enrolled)
    assert [record.seq for record in outgoing.run.records] == [5, 6]
    assert outgoing.run.before == chained(start, records[:4])


def test_the_chain_survives_that_old_records_are_let_go(enrolled: Database) -> None:
    with enrolled.writing() as tables:
        for number in range(6):
            study(tables, number)
        records = [record_at(tables, 1, Seq(seq)) for seq in range(1, 7)]
        start = chain_start(STATION.number, current(tables).epoch)
        settle(tables, 1, 1, 4, [], NOVEMBER_UTC_MS)
        follow_mark(tables, 1, 4)
        prune(tables, 1, 5)
        assert waiting(tables) == 2
        assert current(tables).pruned == 4
        # The platform has lost records 4 to 6, of which 4 is no longer here.
        assert follow_mark(tables, 1, 3) == 0
    outgoing = taken(enrolled)
    assert [record.seq for record in outgoing.run.records] == [5, 6]
    assert outgoing.run.before == chained(start, records[:4])


def test_what_was_issued_again_never_waits_once_more_under_its_first_number(enrolled: Database) -> None:
    with enrolled.writing() as tables:
        study(tables, 0)
        study(tables, 1)
        settle(tables, 1, 1, 2, [Refusal(Seq(2), OTHER_CONTENT, "")], NOVEMBER_UTC_MS)
        follow_mark(tables, 1, 2)
        assert reissue(tables, 1) == 1
        # The platform was restored from an older copy.
        assert follow_mark(tables, 1, 0) == 1
        rows = tables.execute("SELECT epoch_no, seq FROM records WHERE state = 'waiting'").fetchall()
    assert rows == [(1, 1), (2, 1)]


def test_what_one_epoch_has_lost_on_the_platform_is_asked_of_the_earlier_ones_too(
    enrolled: Database,
) -> None:
    with enrolled.writing() as tables:
        for number in range(3):
            study(tables, number)
        settle(tables, 1, 1, 3, [], NOVEMBER_UTC_MS)
        follow_mark(tables, 1, 3)
        begin(tables)
        study(tables, 3)
        settle(tables, 2, 1, 1, [], NOVEMBER_UTC_MS)
        follow_mark(tables, 2, 1)
        assert follow_mark(tables, 2, 0) == 1
        records = [record_at(tables, 1, Seq(seq)) for seq in (1, 2, 3)]
        start = chain_start(STATION.number, read_epoch(tables, 1).epoch)
    asked = taken(enrolled)
    assert (asked.epoch_no, asked.first, asked.last) == (1, 3, 3)
    assert asked.run.before == chained(start, records[:2])
    with enrolled.writing() as tables:
        settled(tables, asked)
        # It holds only the first: the others go again, and then nothing more is asked.
        assert follow_mark(tables, 1, 1) == 2
    again = taken(enrolled)
    assert (again.epoch_no, again.first, again.last) == (1, 2, 3)
    with enrolled.writing() as tables:
        settled(tables, again)
        assert follow_mark(tables, 1, 3) == 0
        assert waiting(tables) == 1
