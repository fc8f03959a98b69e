"""The log of group studies: what was done in them, when, in the order in which it is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database as Tables

from agent.errors import GroupError
from agent.stores.box import boot_ordinal
from agent.stores.dates.moments import utc_ms_of
from agent.stores.rows import one_row
from study.group.attendance import Via
from study.group.form import ATTENDEES_MAX, BOOTS_MAX
from study.group.kind import KIND_MAX, THEME_MAX
from study.units import BootId, ItemId, MonotonicMs

_CHECKS_MAX = 400
"""Of one person in one group study; a record holds them all."""
_ELSEWHERE = "SELECT group_id FROM groups WHERE ended_ms IS NULL AND group_id <> ?"


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
    kind, theme = checked_plan(plan.kind, plan.theme)
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
    """The same with single spaces. Raises GroupError."""
    kind, theme = " ".join(kind.split()), " ".join(theme.split())
    if not 0 < len(kind) <= KIND_MAX or len(theme) > THEME_MAX or not (kind + theme).isprintable():
        raise GroupError(
            "bad_plan", f"学习形式不超过 {KIND_MAX} 字，主题不超过 {THEME_MAX} 字，不能有特殊字符"
        )
    return kind, theme


def set_plan(tables: Tables, group_id: int, plan: Plan) -> None:
    """Kind, theme and facilitator are these; the agenda stays as it is. Raises GroupError."""
    kind, theme = checked_plan(plan.kind, plan.theme)
    tables.execute(
        "UPDATE groups SET kind = ?, theme = ?, facilitator = ? WHERE group_id = ?",
        [kind, theme, plan.facilitator, group_id],
    )


def set_agenda(tables: Tables, group_id: int, agenda: Sequence[ItemId]) -> None:
    """What is to be studied, in order; what was studied is told by the plays."""
    tables.execute("DELETE FROM group_agenda WHERE group_id = ?", [group_id])
    for place, item_id in enumerate(agenda):
        tables.execute("INSERT INTO group_agenda VALUES (?, ?, ?)", [group_id, place, item_id])


def agenda_of(tables: Tables, group_id: int) -> list[ItemId]:
    rows = tables.execute("SELECT item_id FROM group_agenda WHERE group_id = ? ORDER BY place", [group_id])
    return [ItemId(row[0]) for row in rows.fetchall()]


def check_in(tables: Tables, group_id: int, member_id: int, via: Via, now: Now) -> bool:
    """Somebody is there from now on, and in front of no other television.

    False where they are in already: one person is there once. Raises GroupError, also where there is no
    room for one more.
    """
    _check_room(tables, group_id, member_id)
    for (other,) in tables.execute(_ELSEWHERE, [group_id]).fetchall():
        if member_id in present(tables, other):
            _note_check(tables, other, member_id, via, now, is_in=False)
    return _check(tables, group_id, member_id, via, now, is_in=True)


def check_out(tables: Tables, group_id: int, member_id: int, via: Via, now: Now) -> bool:
    """Somebody leaves before the end. False where they are not in."""
    return _check(tables, group_id, member_id, via, now, is_in=False)


def undo_check(tables: Tables, group_id: int, now: Now) -> int | None:
    """The last check-in or check-out did not happen; whose it was. None where there is none left."""
    row = tables.execute(
        "SELECT check_id, member_id FROM group_checks WHERE group_id = ? AND undone = 0"
        " ORDER BY check_id DESC LIMIT 1",
        [_standing(tables, group_id)["group_id"]],
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
    if is_worn_out(tables, _standing(tables, group_id), now):
        raise GroupError(
            "too_many_boots",
            f"这场集体学习期间机器已经重新启动 {BOOTS_MAX} 次，不能再接着学；请结束它，再开始新的一场",
        )
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


def is_worn_out(tables: Tables, group: dict[str, Any], now: Now) -> bool:
    """Whether it would go over more boots than a record holds."""
    return boot_ordinal(tables, now.boot) - boot_ordinal(tables, group["boot_id"]) >= BOOTS_MAX


def end_group(tables: Tables, group_id: int, now: Now, at: Now | None = None) -> None:
    """Everybody who is in leaves, now or at an earlier moment. Raises GroupError for one that has ended."""
    group = _standing(tables, group_id)
    if at is None:
        heard = Now(BootId(group["heard_boot_id"]), MonotonicMs(group["heard_ms"]))
        at = heard if is_worn_out(tables, group, now) else now
    end_discussion(tables, group_id, at)
    tables.execute(
        "UPDATE groups SET ended_boot_id = ?, ended_ms = ?, noticed_boot_id = ?, noticed_ms = ?"
        " WHERE group_id = ?",
        [at.boot, at.ms, now.boot, now.ms, group_id],
    )


def _check_room(tables: Tables, group_id: int, member_id: int) -> None:
    people, own = tables.execute(
        "SELECT count(DISTINCT member_id), count(*) FILTER (WHERE member_id = ?) FROM group_checks"
        " WHERE group_id = ? AND undone = 0",
        [member_id, group_id],
    ).fetchone()
    if not own and people >= ATTENDEES_MAX:
        raise GroupError(
            "full", f"这场集体学习已有 {ATTENDEES_MAX} 人签到，不能再加；请结束它，再开始新的一场"
        )
    if own >= _CHECKS_MAX:
        raise GroupError("too_often", "这张卡签到和签退的次数太多，不能再签到；请在结束后更正记录")


def _check(tables: Tables, group_id: int, member_id: int, via: Via, now: Now, *, is_in: bool) -> bool:
    hear(tables, group_id, now)
    if (member_id in present(tables, group_id)) is is_in:
        return False
    _note_check(tables, group_id, member_id, via, now, is_in=is_in)
    return True


def _note_check(tables: Tables, group_id: int, member_id: int, via: Via, now: Now, *, is_in: bool) -> None:
    tables.execute(
        "INSERT INTO group_checks (group_id, member_id, boot_id, at_ms, is_in, via)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [group_id, member_id, now.boot, now.ms, is_in, via],
    )


def _open_discussion(tables: Tables, group_id: int, now: Now) -> dict[str, Any] | None:
    return one_row(
        tables,
        "SELECT * FROM group_discussions WHERE group_id = ? AND boot_id = ? AND open = 1",
        [group_id, now.boot],
    )


def _standing(tables: Tables, group_id: int) -> dict[str, Any]:
    """The group's row. Raises GroupError where it is none that goes on."""
    row = one_row(tables, "SELECT * FROM groups WHERE group_id = ?", [group_id])
    if row is None or row["ended_ms"] is not None:
        raise GroupError("not_open", "这场集体学习已经结束，不能再签到或讨论；可以更正它的记录")
    return row
