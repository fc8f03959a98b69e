"""The log of group studies: what was done in them, when, in the order in which it is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database as Tables

from agent.errors import GroupError
from agent.stores.dates.moments import utc_ms_of
from agent.stores.rows import one_row
from study.group.attendance import Via
from study.group.kind import KIND_MAX, THEME_MAX
from study.units import BootId, ItemId, MonotonicMs

DISCUSSION = ItemId("discussion")
"""On an agenda: talked over, nothing plays."""


@dataclass(frozen=True, slots=True)
class Now:
    """When something is done: CLOCK_BOOTTIME of the running boot."""

    boot: BootId
    ms: MonotonicMs


@dataclass(frozen=True, slots=True)
class Plan:
    """What a group study is to be."""

    kind: str
    theme: str = ""
    facilitator: int | None = None
    """Of the roster."""
    agenda: Sequence[ItemId] = ()


def open_group(tables: Tables, screen: str) -> dict[str, Any] | None:
    """The group study going on in front of a screen, also over a restart; None where there is none."""
    return one_row(
        tables, "SELECT * FROM groups WHERE screen = ? AND ended_ms IS NULL ORDER BY group_id DESC", [screen]
    )


def begin_group(tables: Tables, screen: str, plan: Plan, now: Now) -> int:
    """From now on people check in; its number. Raises GroupError."""
    if open_group(tables, screen) is not None:
        raise GroupError("already_open", "这台电视上的集体学习还没有结束，请先结束它，再开始新的一场")
    kind, theme = checked_plan(" ".join(plan.kind.split()), " ".join(plan.theme.split()))
    cursor = tables.execute(
        "INSERT INTO groups (screen, kind, theme, facilitator, boot_id, opened_ms, opened_utc_ms,"
        " heard_boot_id, heard_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            *(screen, kind, theme, plan.facilitator),
            *(now.boot, now.ms, utc_ms_of(tables, now.boot, now.ms), now.boot, now.ms),
        ],
    )
    group_id = int(cursor.lastrowid or 0)
    set_agenda(tables, group_id, plan.agenda)
    return group_id


def checked_plan(kind: str, theme: str) -> tuple[str, str]:
    """The same. Raises GroupError."""
    if not 0 < len(kind) <= KIND_MAX or len(theme) > THEME_MAX:
        raise GroupError("bad_plan", f"学习形式不超过 {KIND_MAX} 字，主题不超过 {THEME_MAX} 字")
    return kind, theme


def set_agenda(tables: Tables, group_id: int, agenda: Sequence[ItemId]) -> None:
    """What is to be studied, in order; what was studied is told by the plays."""
    tables.execute("DELETE FROM group_agenda WHERE group_id = ?", [group_id])
    for place, item_id in enumerate(agenda):
        tables.execute("INSERT INTO group_agenda VALUES (?, ?, ?)", [group_id, place, item_id])


def agenda_of(tables: Tables, group_id: int) -> list[ItemId]:
    rows = tables.execute("SELECT item_id FROM group_agenda WHERE group_id = ? ORDER BY place", [group_id])
    return [ItemId(row[0]) for row in rows.fetchall()]


def check_in(tables: Tables, group_id: int, member_id: int, via: Via, now: Now) -> bool:
    """Somebody is there from now on. False where they are in already: one person is there once."""
    return _check(tables, group_id, member_id, via, now, is_in=True)


def check_out(tables: Tables, group_id: int, member_id: int, via: Via, now: Now) -> bool:
    """Somebody leaves before the end. False where they are not in."""
    return _check(tables, group_id, member_id, via, now, is_in=False)


def undo_check(tables: Tables, group_id: int, now: Now) -> int | None:
    """The last check-in or check-out did not happen; whose it was. None where there is none left."""
    row = tables.execute(
        "SELECT check_id, member_id FROM group_checks WHERE group_id = ? AND undone = 0"
        " ORDER BY check_id DESC LIMIT 1",
        [_standing(tables, group_id)],
    ).fetchone()
    if row is None:
        return None
    tables.execute("UPDATE group_checks SET undone = 1 WHERE check_id = ?", [row[0]])
    hear(tables, group_id, now)
    return int(row[1])


def present(tables: Tables, group_id: int) -> list[int]:
    """Who is in now, the last to come first."""
    rows = tables.execute(
        "SELECT member_id, is_in, max(check_id) FROM group_checks WHERE group_id = ? AND undone = 0"
        " GROUP BY member_id ORDER BY 3 DESC",
        [group_id],
    ).fetchall()
    return [row[0] for row in rows if row[1]]


def begin_discussion(tables: Tables, group_id: int, now: Now) -> None:
    """Nothing plays, and it is talked over; again while it goes on changes nothing."""
    hear(tables, group_id, now)
    if _open_discussion(tables, group_id, now) is None:
        tables.execute(
            "INSERT INTO group_discussions VALUES (?, ?, ?, ?, 1)", [group_id, now.boot, now.ms, now.ms]
        )


def end_discussion(tables: Tables, group_id: int, now: Now) -> None:
    hear(tables, group_id, now)
    tables.execute("UPDATE group_discussions SET open = 0 WHERE group_id = ?", [group_id])


def hear(tables: Tables, group_id: int, now: Now) -> None:
    """The group study is still going on, and so is what is talked over in it. Raises GroupError."""
    _standing(tables, group_id)
    tables.execute(
        "UPDATE groups SET heard_boot_id = ?, heard_ms = ? WHERE group_id = ?", [now.boot, now.ms, group_id]
    )
    # What a power cut left open ended when it was last heard of.
    tables.execute(
        "UPDATE group_discussions SET open = 0 WHERE group_id = ? AND boot_id <> ?", [group_id, now.boot]
    )
    tables.execute(
        "UPDATE group_discussions SET end_ms = max(end_ms, ?) WHERE group_id = ? AND open = 1",
        [now.ms, group_id],
    )


def end_group(tables: Tables, group_id: int, now: Now) -> None:
    """Everybody who is in leaves now. Raises GroupError for one that has ended."""
    end_discussion(tables, group_id, now)
    tables.execute(
        "UPDATE groups SET ended_boot_id = ?, ended_ms = ? WHERE group_id = ?", [now.boot, now.ms, group_id]
    )


def _check(tables: Tables, group_id: int, member_id: int, via: Via, now: Now, *, is_in: bool) -> bool:
    hear(tables, group_id, now)
    if (member_id in present(tables, group_id)) is is_in:
        return False
    tables.execute(
        "INSERT INTO group_checks (group_id, member_id, boot_id, at_ms, is_in, via)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [group_id, member_id, now.boot, now.ms, is_in, via],
    )
    return True


def _open_discussion(tables: Tables, group_id: int, now: Now) -> dict[str, Any] | None:
    return one_row(
        tables,
        "SELECT * FROM group_discussions WHERE group_id = ? AND boot_id = ? AND open = 1",
        [group_id, now.boot],
    )


def _standing(tables: Tables, group_id: int) -> int:
    """The group's own number. Raises GroupError where it is none that goes on."""
    row = tables.execute("SELECT ended_ms FROM groups WHERE group_id = ?", [group_id]).fetchone()
    if row is None or row[0] is not None:
        raise GroupError("not_open", "这场集体学习已经结束，不能再签到或讨论；可以更正它的记录")
    return group_id
