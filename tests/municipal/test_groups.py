"""Group studies at the platform: taken once, in any order; person-hours, and no hours of their own."""

import base64
import json
import random
from dataclasses import replace

import pytest
import requests

from municipal.__main__ import main
from municipal.database import Database, open_database, sqlite_url
from municipal.groups import groups_as_text, people_as_text, station_groups, station_people
from municipal.intake.taking import take_in
from municipal.report import draw_report
from municipal.sessions import station_sessions
from municipal.stores.pseudonym_key import pseudonym_key
from study.city_api import PSEUDONYM_KEY
from study.group.attendance import Stay, Via
from study.group.moment import BootStretch, Moment
from study.group.pseudonym import station_key
from study.record import Record
from study.units import BootId, ItemId, Milliseconds, MonotonicMs, Seq
from study.wire import RECORDS_MAX
from tests.municipal.box import BOOT, HOUR, MINUTE, Box, anchor, runs_of, study
from tests.municipal.city import START, City, city_database
from tests.municipal.group_study import LEFT_EARLY_MS, NAMES, group

SESSION = study(2, 30 * MINUTE)


def take(database: Database, *records: Record, cuts: tuple[int, ...] = ()) -> list[tuple[int, str]]:
    receipts = [take_in(database, run, None, START) for run in runs_of("V1", records, cuts)]
    return [(refusal.seq, refusal.code) for receipt in receipts for refusal in receipt.refusals]


def groups(database: Database, month: str = "2026-11") -> list[tuple[int, bool, int, int]]:
    with database.reading() as connection:
        held = station_groups(connection, "V1", month)
    return [(one.seq, one.stands, one.effective_ms, one.person_ms) for one in held]


def people(database: Database, month: str = "2026-11") -> dict[str, int]:
    with database.reading() as connection:
        return {one.pseudonym: one.person_ms for one in station_people(connection, "V1", month)}


def city_ms(database: Database) -> int:
    with database.reading() as connection:
        return draw_report(connection, "2026-11").city.total_ms


def test_it_is_held_with_its_people_and_adds_no_hours(database: Database) -> None:
    assert take(database, anchor(1), SESSION, group(3, SESSION)) == []
    assert groups(database) == [(3, True, 30 * MINUTE, 70 * MINUTE)]
    assert people(database) == {NAMES[0]: 30 * MINUTE, NAMES[1]: 30 * MINUTE, NAMES[2]: LEFT_EARLY_MS}
    assert city_ms(database) == 30 * MINUTE


def test_it_comes_again_and_nothing_changes(database: Database) -> None:
    records = (anchor(1), SESSION, group(3, SESSION))
    take(database, *records)
    before = groups(database), people(database)
    take(database, *records)
    assert (groups(database), people(database)) == before


def test_the_one_that_replaces_it_stands_whatever_comes_first(database: Database) -> None:
    longer = study(4, 40 * MINUTE, replaces=Seq(2), reason="continued")
    later = group(5, longer, replaces=Seq(3), reason="continued", opened=group(3, SESSION).opened)
    runs = runs_of("V1", [anchor(1), SESSION, group(3, SESSION), longer, later], cuts=(2, 3, 4, 5))
    random.Random(7).shuffle(runs)
    for run in runs:
        take_in(database, run, None, START)
    assert [(seq, stands) for seq, stands, *_ in groups(database)] == [(3, False), (5, True)]
    assert sum(people(database).values()) == 2 * 40 * MINUTE + LEFT_EARLY_MS
    assert city_ms(database) == 40 * MINUTE


def test_it_is_placed_when_its_boot_is(database: Database) -> None:
    take(database, replace(SESSION, seq=Seq(1)), group(2, replace(SESSION, seq=Seq(1))))
    assert (groups(database), people(database)) == ([], {})
    run = runs_of(
        "V1", [replace(SESSION, seq=Seq(1)), group(2, replace(SESSION, seq=Seq(1))), anchor(3)], (3,)
    )
    take_in(database, run[1], None, START)
    assert len(groups(database)) == 1
    with database.reading() as connection:
        assert station_groups(connection, "V1", "2026-11")[0].started_at == "2026-11-10T14:00:00+08:00"


def test_over_two_boots_it_belongs_to_the_first(database: Database) -> None:
    record = group(3, SESSION)
    two = replace(record, boots=((BOOT, 0), (BootId("other"), 0)), ended=type(record.ended)(1, 5_000))
    assert take(database, anchor(1), SESSION, two) == []
    assert len(groups(database)) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"effective_ms": Milliseconds(HOUR)}, "other_result"),
        ({"attendees": ()}, None),
        ({"theme": "\0"}, "bad_facts"),
        ({"theme": "长" * 61}, "bad_facts"),
        ({"rule": "bj-1999"}, "unknown_rule"),
        ({"replaces": Seq(3)}, "bad_replacement"),
    ],
)
def test_what_does_not_hold_is_set_aside_and_the_rest_is_taken(
    database: Database, changes: dict[str, object], code: str | None
) -> None:
    refused = take(database, anchor(1), SESSION, group(3, SESSION, **changes), study(4))
    assert refused == ([(3, code)] if code else [])
    assert city_ms(database) == HOUR


@pytest.mark.parametrize(
    "changes", [{"session_ms": Milliseconds(29 * MINUTE)}, {"item_id": ItemId("6.1")}, {"kind": "live"}]
)
def test_what_its_sessions_do_not_say_is_set_aside(database: Database, changes: dict[str, object]) -> None:
    told = replace(SESSION, **{name: value for name, value in changes.items() if name == "item_id"})
    wrong = group(3, replace(told, effective_ms=changes.get("session_ms", told.effective_ms)))
    if "kind" in changes:
        wrong = replace(wrong, parts=(replace(wrong.parts[0], kind=type(SESSION.kind)("live")),))
    assert take(database, anchor(1), SESSION, wrong, cuts=(3,)) == [(3, "other_session")]
    assert people(database) == {}


def test_a_session_that_is_not_held_is_no_reason_to_refuse(database: Database) -> None:
    whole = runs_of("V1", [anchor(1), SESSION, group(3, SESSION)], cuts=(3,))
    assert take_in(database, whole[1], None, START).refusals == ()


def test_it_replaces_no_session(database: Database) -> None:
    session = study(2, 30 * MINUTE)
    assert take(database, anchor(1), session, group(3, session, replaces=Seq(2), reason="continued")) == []
    assert city_ms(database) == 30 * MINUTE
    with database.reading() as connection:
        assert [one.stands for one in station_sessions(connection, "V1", "2026-11")] == [True]


def test_a_session_set_aside_vouches_for_no_group_and_refutes_none(database: Database) -> None:
    take(database, anchor(1), SESSION)
    longer = replace(study(2, 50 * MINUTE), opened_ms=SESSION.opened_ms)
    told = take(database, anchor(1), longer, group(3, longer), group(4, SESSION))
    assert told == [(2, "other_content"), (3, "other_session")]
    assert [seq for seq, *_ in groups(database)] == [4]


def test_of_people_who_come_and_go_without_end_nobody_is_reckoned(database: Database) -> None:
    flicker = tuple(BootStretch(0, 2 * HOUR + 2 * n, 2 * HOUR + 2 * n + 1) for n in range(2_000))
    record = group(3, SESSION, people=1)
    stays = tuple(Stay(Moment(0, one.start_ms), Moment(0, one.end_ms)) for one in flicker[:1_500])
    part = replace(record.parts[0], stretches=flicker)
    crowd = tuple(replace(record.attendees[0], pseudonym=name, stays=stays) for name in NAMES)
    assert take(database, anchor(1), SESSION, replace(record, parts=(part,), attendees=crowd)) == [
        (3, "bad_facts")
    ]


def test_a_forged_person_time_is_set_aside(database: Database) -> None:
    record = group(3, SESSION)
    forged = replace(record.attendees[2], person_ms=Milliseconds(30 * MINUTE), via=Via.CARD)
    refused = take(database, anchor(1), SESSION, replace(record, attendees=(forged,)))
    assert refused == [(3, "other_result")]


def test_a_full_run_of_evenings(database: Database) -> None:
    records: list[Record] = [anchor(1)]
    for n in range(2, RECORDS_MAX, 2):
        session = study(n, opened_ms=MonotonicMs(n * HOUR))
        records += [session, group(n + 1, session, people=40)]
    assert take(database, *records) == []
    assert len(people(database)) == 40


def test_tables_that_a_person_reads(database: Database) -> None:
    with database.reading() as connection:
        assert groups_as_text(station_groups(connection, "V1", "2026-11")) == "这个月没有集体学习。\n"
        assert people_as_text(station_people(connection, "V1", "2026-11")) == "这个月没有人参加集体学习。\n"
    take(database, anchor(1), SESSION, group(3, SESSION))
    with database.reading() as connection:
        text = groups_as_text(station_groups(connection, "V1", "2026-11"))
        names = people_as_text(station_people(connection, "V1", "2026-11"))
    assert "11-10 14:00  农民夜校  秋收后的田间管理" in text
    assert "1.17" in text
    assert NAMES[0] in names


def test_the_commands(tmp_path, capsys, monkeypatch) -> None:
    database = city_database(tmp_path / "municipal.db")
    take(database, anchor(1), SESSION, group(3, SESSION))
    database.close()
    asked = ["--data", str(tmp_path)]
    of_month = ["--station", "V1", "--month", "2026-11", "--json"]
    assert main([*asked, "groups", *of_month]) == 0
    assert json.loads(capsys.readouterr().out)["groups"][0]["person_ms"] == 70 * MINUTE
    assert main([*asked, "people", *of_month]) == 0
    assert len(json.loads(capsys.readouterr().out)["people"]) == 3


def test_a_station_is_told_its_own_key_and_always_the_same(city: City, caplog) -> None:
    caplog.set_level("DEBUG")
    one, again, other = (box.ask(PSEUDONYM_KEY) for box in (city.box("v1"), city.box("v1"), city.box("c1")))
    key = base64.b64decode(one.json()["pseudonym_key"])
    assert key == station_key(pseudonym_key(city.database), "V1")
    assert again.json()["pseudonym_key"] == one.json()["pseudonym_key"] != other.json()["pseudonym_key"]
    assert one.json()["pseudonym_key"] not in caplog.text


def test_nobody_else_is_told(city: City) -> None:
    assert Box(city.url).ask(PSEUDONYM_KEY).status_code == 401
    assert requests.post(city.url + PSEUDONYM_KEY, data=b"{}", timeout=5).status_code == 401


def test_a_platform_from_before_gets_its_table(tmp_path) -> None:
    database = city_database(tmp_path / "municipal.db")
    with database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE attendances")
    database.close()
    assert main(["--data", str(tmp_path), "people", "--station", "V1", "--month", "2026-11"]) == 0
    again = open_database(sqlite_url(tmp_path / "municipal.db"))
    assert not again.lacks_tables()
    again.close()
