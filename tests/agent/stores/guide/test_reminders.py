"""Reminders last through restarts and never come due by a clock that nobody trusts."""

from pathlib import Path

from agent.records.programme import Programme
from agent.stores.disk.database import Database
from agent.stores.guide.line_up import Channel
from agent.stores.guide.reminders import (
    DUE_BEFORE_MS,
    REMINDERS_MAX,
    Reminder,
    delete_reminder,
    reminders,
    set_reminder,
)
from study.units import HOUR_MS, ItemId
from tests.agent.stores.guide.told import SEVEN_MS

L1 = Channel(ItemId("L1"), 1, "台", "/live/1", "", "", "", "", False)


def at(hours: int, title: str = "甲") -> Programme:
    return Programme(SEVEN_MS + hours * HOUR_MS, SEVEN_MS + (hours + 1) * HOUR_MS, title, "")


def put(database: Database, programme: Programme, now_ms: int | None = SEVEN_MS) -> bool:
    with database.writing() as tables:
        return set_reminder(tables, L1, programme, now_ms)


def held(database: Database, now_ms: int | None = SEVEN_MS) -> list[Reminder]:
    with database.reading() as tables:
        return reminders(tables, now_ms)


def test_one_is_kept_over_a_restart(database: Database, tmp_path: Path) -> None:
    put(database, at(2))
    database.close()
    again = Database(tmp_path / "zhanxue.db")

    [found] = held(again)

    assert (found.item_id, found.title, found.channel_id) == (f"L1@{SEVEN_MS // 1000 + 7_200}", "甲", "L1")
    again.close()


def test_it_comes_due_a_little_before_and_until_the_end() -> None:
    [starts, ends] = [SEVEN_MS, SEVEN_MS + HOUR_MS]
    reminder = Reminder(ItemId("L1@1"), "甲", starts, ends)

    assert [reminder.is_due(ms) for ms in (starts - DUE_BEFORE_MS - 1, starts - DUE_BEFORE_MS)] == [
        False,
        True,
    ]
    assert [reminder.is_due(ms) for ms in (ends - 1, ends)] == [True, False]
    assert not reminder.is_due(None)


def test_what_is_over_is_not_told_and_is_let_go(database: Database) -> None:
    put(database, at(0, "先"))
    put(database, at(5, "后"))
    later = SEVEN_MS + 2 * HOUR_MS

    assert [each.title for each in held(database, later)] == ["后"]
    assert [each.title for each in held(database, None)] == ["先", "后"]
    put(database, at(9), later)
    assert len(held(database, None)) == 2


def test_the_same_twice_is_one_and_can_be_forgotten_twice(database: Database) -> None:
    put(database, at(2))
    put(database, at(2))
    [found] = held(database)

    for _ in range(2):
        with database.writing() as tables:
            delete_reminder(tables, found.item_id)

    assert held(database) == []


def test_there_is_an_end_to_them(database: Database) -> None:
    assert all(put(database, at(n)) for n in range(REMINDERS_MAX))
    assert not put(database, at(REMINDERS_MAX))
    assert put(database, at(REMINDERS_MAX), SEVEN_MS + 2 * HOUR_MS)
