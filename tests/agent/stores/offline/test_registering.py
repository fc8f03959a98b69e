"""Offline study on the box: registered, amended, withdrawn; one record each, whatever happens."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from agent.clients.signing import box_key
from agent.errors import OfflineError
from agent.stores.dates.anchors import add_anchor
from agent.stores.delivery.epochs import begin
from agent.stores.delivery.outbox import record_at
from agent.stores.disk.database import Database
from agent.stores.groups.group_log import Now
from agent.stores.offline.recording import name_offline, offline_to_record, record_offline, unnamed_offline
from agent.stores.offline.registering import (
    OfflineStudy,
    amend_offline,
    register_offline,
    withdraw_offline,
)
from agent.stores.offline.standings import Standing, awaits_word, keep_standings, registered_offline
from agent.stores.rescue.backup import back_up, restore
from agent.stores.sessions.closing import begin_boot
from study.anchor import Anchor, AnchorSource
from study.group.pseudonym import pseudonym
from study.offline.examination import check_offline
from study.offline.record import OfflineRecord
from study.units import BootId, Milliseconds, MonotonicMs
from tests.agent.stores.lived import enrolled, later_boot, start
from tests.fakes.fake_clock import NOVEMBER_UTC_MS

NOW = Now(BootId("boot-1"), MonotonicMs(50_000))
LECTURE = OfflineStudy(
    "果树冬剪", "evening_school", "埝坛村文化室", date(2026, 10, 20), time(19, 30), 90, 1, (1, 2, 3)
)


def name_of(member_id: int) -> str:
    return pseudonym(b"k" * 32, f"card {member_id}")


def registers(database: Database, study: OfflineStudy = LECTURE) -> int:
    with database.writing() as tables:
        begin_boot(tables, NOW.boot)
        return register_offline(tables, study, NOW)


def records(database: Database, erased: frozenset[int] = frozenset()) -> list[OfflineRecord]:
    """Whatever is due is recorded; all of them."""
    with database.writing() as tables:
        for offline_id, member_id in unnamed_offline(tables):
            if member_id not in erased:
                name_offline(tables, offline_id, member_id, name_of(member_id))
        for offline_id in offline_to_record(tables):
            record_offline(tables, offline_id)
        rows = tables.execute("SELECT epoch_no, seq FROM records ORDER BY 1, 2").fetchall()
        held = [record_at(tables, *row) for row in rows]
    found = [record for record in held if isinstance(record, OfflineRecord)]
    assert [check_offline(record) for record in found] == [None] * len(found)
    return found


def standings(database: Database) -> list[Standing]:
    with database.reading() as tables:
        return [one.standing for one in registered_offline(tables)]


def test_a_lecture_becomes_a_record_without_names(database: Database) -> None:
    registers(database)
    assert standings(database) == [Standing.WAITING_KEY]
    [record] = records(database)
    assert (record.day, record.begins, record.minutes) == ("2026-10-20", "19:30", 90)
    assert record.attendees == tuple(map(name_of, (1, 2, 3)))
    assert record.facilitator == name_of(1)
    assert standings(database) == [Standing.WAITING_DELIVERY]
    assert len(records(database)) == 1


def test_amended_and_withdrawn_it_takes_the_first_ones_place(database: Database) -> None:
    offline_id = registers(database)
    records(database)
    for study in (replace(LECTURE, minutes=60), replace(LECTURE, minutes=60, members=(1, 2))):
        with database.writing() as tables:
            amend_offline(tables, offline_id, study, NOW)
        records(database)
    with database.writing() as tables:
        withdraw_offline(tables, offline_id)
    first, *later, gone = records(database)
    assert [one.replaces for one in (*later, gone)] == [first.seq] * 3
    assert {(one.boot, one.opened_ms) for one in (*later, gone)} == {(first.boot, first.opened_ms)}
    assert (gone.minutes, gone.attendees, gone.reason) == (0, (), "corrected 站点: 撤回线下学习登记")
    assert standings(database) == [Standing.WITHDRAWN]


def test_the_same_again_is_no_change_and_what_was_never_recorded_leaves_no_trace(database: Database) -> None:
    offline_id = registers(database)
    records(database)
    with database.writing() as tables:
        amend_offline(tables, offline_id, replace(LECTURE, title="  果树冬剪 "), NOW)
        withdraw_offline(tables, register_offline(tables, LECTURE, NOW))
    assert len(records(database)) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": "  "}, "bad_words"),
        ({"place": "长" * 41}, "bad_words"),
        ({"minutes": 0}, "bad_minutes"),
        ({"minutes": 481}, "bad_minutes"),
        ({"members": ()}, "bad_people"),
        ({"members": tuple(range(501))}, "bad_people"),
        ({"day": date(2009, 1, 1)}, "bad_day"),
        ({"day": date(2026, 12, 31)}, "not_held_yet"),
    ],
)
def test_what_makes_no_sense_is_not_registered(
    database: Database, changes: dict[str, object], code: str
) -> None:
    with database.writing() as tables:
        anchor = Anchor(NOW.boot, NOW.ms, NOVEMBER_UTC_MS, Milliseconds(50), AnchorSource.PLATFORM)
        add_anchor(tables, anchor)
    with pytest.raises(OfflineError) as caught:
        registers(database, replace(LECTURE, **changes))  # type: ignore[arg-type]
    assert caught.value.code == code
    assert standings(database) == []


def test_of_an_earlier_epoch_nothing_can_be_changed(database: Database) -> None:
    offline_id = registers(database)
    records(database)
    with database.writing() as tables:
        begin(tables)
        with pytest.raises(OfflineError, match="联系上级"):
            withdraw_offline(tables, offline_id)


def test_who_was_erased_is_in_no_record(database: Database) -> None:
    registers(database)
    [record] = records(database, frozenset({1}))
    assert record.attendees == (name_of(2), name_of(3))
    assert record.facilitator == ""


def test_the_citys_word_is_kept_and_goes_with_an_amendment(database: Database) -> None:
    offline_id = registers(database)
    [record] = records(database)
    with database.writing() as tables:
        tables.execute("UPDATE records SET state = 'delivered'")
        assert awaits_word(tables)
        epoch = tables.execute("SELECT epoch FROM epochs").fetchone()[0]
        told = {"epoch": epoch, "seq": record.seq, "words": "请补充地点", "decided_utc_ms": 5}
        keep_standings(tables, [{**told, "standing": "returned"}])  # type: ignore[typeddict-item]
        [one] = registered_offline(tables)
        assert (one.standing, one.words) == (Standing.RETURNED, "请补充地点")
        amend_offline(tables, offline_id, replace(LECTURE, place="文化室二楼"), NOW)
    records(database)
    assert standings(database) == [Standing.WAITING_DELIVERY]


def test_from_the_second_log_alone_its_records_come_back(tmp_path: Path) -> None:
    box = enrolled(tmp_path / "box")
    registers(box.database)
    wanted = records(box.database)
    box.database.close()
    (box.folder / "zhanxue.db").unlink()
    again = start(box.folder, later_boot())
    assert records(again.database) == wanted
    again.database.close()


def test_an_older_copy_that_comes_back_records_nothing_again(tmp_path: Path) -> None:
    box = enrolled(tmp_path / "box")
    box_key(box.settings.key_file)
    registers(box.database)
    copy = back_up(box.settings, tmp_path, lambda *_: None)
    wanted = records(box.database)
    assert len(wanted) == 1
    box.database.close()
    restore(box.settings, copy.file, lambda *_: None)
    again = start(box.folder, later_boot())
    assert records(again.database) == wanted
    again.database.close()
