"""Offline study at the platform: it waits, is approved or returned, and only then counts, for itself."""

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from municipal.__main__ import main
from municipal.database import Database
from municipal.errors import StartError
from municipal.groups import people_as_text, station_people
from municipal.intake.taking import take_in
from municipal.offline import decide_offline, find_offline, number_of
from municipal.report import draw_report
from municipal.report_text import as_text
from municipal.stores.offline import HeldOffline, offline_of_month, offline_of_station
from study.city_api import OFFLINE_STANDINGS
from study.record import Record
from study.units import Seq
from tests.municipal.box import BOOT, HOUR, MINUTE, Box, anchor, runs_of, study
from tests.municipal.city import START, City, city_database
from tests.municipal.group_study import NAMES, group
from tests.study.offline.test_record import LECTURE

FIRST = replace(LECTURE, boot=BOOT, boot_ordinal=0)
OFFICE = "大兴区委组织部"


def take(database: Database, *records: Record) -> list[tuple[int, str]]:
    receipts = [take_in(database, run, None, START) for run in runs_of("V1", records)]
    return [(refusal.seq, refusal.code) for receipt in receipts for refusal in receipt.refusals]


def held(database: Database) -> list[HeldOffline]:
    with database.reading() as connection:
        return offline_of_station(connection, "V1")


def decides(database: Database, seq: int, *, approved: bool = True, words: str = "", by: str = OFFICE) -> str:
    with database.writing() as connection:
        number = next(number_of(one) for one in offline_of_station(connection, "V1") if one.record.seq == seq)
        one = find_offline(connection, "V1", number)
        return decide_offline(connection, one, approved=approved, by=by, words=words, now=START)


def hours_of(database: Database, month: str = "2026-11") -> tuple[int, int, int]:
    """What the city counts: its own sum, and beside it offline study and its person-time, in ms."""
    with database.reading() as connection:
        report = draw_report(connection, month)
    offline = report.offline_of(report.city)
    return report.city.total_ms, offline.held_ms, offline.person_ms


def told_to(box: Box) -> list[dict[str, object]]:
    """What the platform answers to the box's signed question."""
    answer = box.ask(OFFLINE_STANDINGS)
    assert answer.ok, answer.text
    return list(answer.json()["standings"])


def test_it_counts_from_its_approval_on_in_its_own_column(database: Database) -> None:
    assert take(database, anchor(1), FIRST, study(3)) == []
    assert hours_of(database) == (HOUR // 2, 0, 0)
    assert "待认定" not in decides(database, 2)
    assert hours_of(database) == (HOUR // 2, 90 * MINUTE, 30 * 90 * MINUTE)
    with database.reading() as connection:
        text = as_text(draw_report(connection, "2026-11"))
        assert [one.counts for one in offline_of_month(connection, "2026-11")] == [True]
    assert "线下学习" in text
    assert text.splitlines()[3].split()[-2:] == ["1.50", "45.00"]


def test_it_belongs_to_the_month_of_its_day_whatever_its_boot_says(database: Database) -> None:
    take(database, replace(FIRST, seq=Seq(1), day="2026-10-31"), anchor(2))
    decides(database, 1)
    assert (hours_of(database, "2026-10")[1], hours_of(database)[1]) == (90 * MINUTE, 0)


def test_what_is_returned_does_not_count_and_may_be_approved_after_all(database: Database) -> None:
    take(database, anchor(1), FIRST)
    with pytest.raises(StartError, match="写明原因"):
        decides(database, 2, approved=False)
    assert "退回" in decides(database, 2, approved=False, words="请补充地点")
    assert hours_of(database)[1] == 0
    decides(database, 2)
    assert hours_of(database)[1] == 90 * MINUTE
    with pytest.raises(StartError, match="先前已经"):
        decides(database, 2)
    decides(database, 2, approved=False, words="重复登记")
    assert hours_of(database)[1] == 0


def people_of(database: Database, month: str = "2026-11") -> dict[str, tuple[int, int, int, int]]:
    with database.reading() as connection:
        people = station_people(connection, "V1", month)
    return {one.pseudonym: (one.groups, one.person_ms, one.offline, one.offline_ms) for one in people}


def test_people_have_it_beside_their_hours_in_groups_once_it_is_approved(database: Database) -> None:
    session = study(3)
    together = group(4, session)
    here, away = NAMES[0], FIRST.attendees[0]
    lecture = replace(FIRST, attendees=(here, away))
    take(database, anchor(1), lecture, session, together)
    [*_, in_group_ms] = (one.person_ms for one in together.attendees if one.pseudonym == here)
    assert people_of(database)[here] == (1, in_group_ms, 0, 0)
    assert away not in people_of(database)
    decides(database, 2)
    assert people_of(database)[here] == (1, in_group_ms, 1, 90 * MINUTE)
    assert people_of(database)[away] == (0, 0, 1, 90 * MINUTE)
    assert people_of(database, "2026-10") == {}
    with database.reading() as connection:
        lines = people_as_text(station_people(connection, "V1", "2026-11")).splitlines()
    assert lines[0].split() == ["代号", "场次", "人时（小时）", "线下场次", "线下人时（小时）"]
    assert lines[-1].split() == [away, "0", "0.00", "1", "1.50"]
    decides(database, 2, approved=False, words="重复登记")
    assert away not in people_of(database)


def test_two_lectures_of_somebody_are_added_and_other_stations_are_not(database: Database) -> None:
    other = replace(FIRST, seq=Seq(3), opened_ms=FIRST.opened_ms + 1, minutes=60)
    take(database, anchor(1), FIRST, other)
    decides(database, 2)
    decides(database, 3)
    assert set(people_of(database).values()) == {(0, 0, 2, 150 * MINUTE)}
    with database.reading() as connection:
        assert station_people(connection, "C1", "2026-11") == []


def test_an_amendment_waits_anew_in_whatever_order_it_comes(database: Database) -> None:
    shorter = replace(FIRST, seq=Seq(3), minutes=60, replaces=Seq(2), reason="corrected 站点: 更正")
    gone = replace(
        FIRST,
        seq=Seq(4),
        minutes=0,
        attendees=(),
        facilitator="",
        replaces=Seq(2),
        reason="corrected 站点: 撤回",
    )
    runs = runs_of("V1", [anchor(1), FIRST, shorter, gone], cuts=(2, 3, 4))
    take_in(database, runs[0], None, START)
    take_in(database, runs[1], None, START)
    decides(database, 2)
    take_in(database, runs[2], None, START)
    assert hours_of(database)[1] == 0
    with pytest.raises(StartError, match="后来更正"):
        decides(database, 2, approved=False, words="重复登记")
    decides(database, 3)
    assert hours_of(database)[1] == 60 * MINUTE
    take_in(database, runs[3], None, START)
    assert hours_of(database)[1] == 0
    with pytest.raises(StartError, match="撤回"):
        decides(database, 4)


def test_of_one_registration_only_the_last_record_stands(database: Database) -> None:
    records = [anchor(1), FIRST]
    records += [
        replace(FIRST, seq=Seq(n), minutes=n, replaces=Seq(2), reason="corrected 站点: 更正")
        for n in range(3, 9)
    ]
    runs = runs_of("V1", records, cuts=tuple(range(2, 9)))
    random.Random(3).shuffle(runs)
    for run in (*runs, *runs):
        take_in(database, run, None, START)
    assert [one.record.seq for one in held(database) if one.stands] == [8]


def test_what_is_not_held_yet_or_makes_no_sense_is_set_aside(database: Database) -> None:
    later = replace(FIRST, day="2026-12-24")
    wrong = replace(FIRST, seq=Seq(3), minutes=9_999, opened_ms=5)
    assert take(database, anchor(1), later, wrong) == [(2, "not_held_yet"), (3, "bad_facts")]
    assert held(database) == []


@pytest.mark.parametrize(("by", "words"), [("", ""), ("长" * 41, ""), (OFFICE, "长" * 101)])
def test_a_decision_says_whose_it_is(database: Database, by: str, words: str) -> None:
    take(database, anchor(1), FIRST)
    with pytest.raises(StartError):
        decides(database, 2, by=by, words=words)
    assert held(database)[0].approved is None


def test_a_box_is_told_of_its_own_station_alone(city: City) -> None:
    box = city.box("v1")
    take(city.database, anchor(1), FIRST)
    assert told_to(box) == []
    decides(city.database, 2, approved=False, words="请补充地点")
    assert [(one["seq"], one["standing"], one["words"]) for one in told_to(box)] == [
        (2, "returned", "请补充地点")
    ]
    assert told_to(city.box("c1")) == []
    forged = Box(city.url, box.key_id)
    with pytest.raises(AssertionError):
        told_to(forged)


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = city_database(tmp_path / "municipal.db")
    take(database, anchor(1), FIRST)
    database.close()
    where = ["--data", str(tmp_path), "offline"]
    assert main([*where, "list", "--month", "2026-11", "--district", "大兴"]) == 0
    out = capsys.readouterr().out
    assert "果树冬剪" in out
    assert "待认定" in out
    number = out.splitlines()[1].split()[1]
    station = ["--station", "V1", number]
    assert main([*where, "approve", *station, "--by", OFFICE]) == 0
    assert "已认定：埝坛村 2026-11-20《果树冬剪》，30 人，45.00 人时" in capsys.readouterr().out
    assert main([*where, "approve", "--station", "V1", "nonsense-9", "--by", OFFICE]) == 2
    assert "offline list" in capsys.readouterr().err
    assert main([*where, "list", "--month", "2026-11", "--json"]) == 0
    [told] = json.loads(capsys.readouterr().out)["offline"]
    assert (told["counts"], told["decided_by"], told["people"]) == (True, OFFICE, 30)
    assert main([*where, "list", "--month", "2026-11", "--district", "密云"]) == 0
    assert "没有线下学习登记" in capsys.readouterr().out
