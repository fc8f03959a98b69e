"""Correcting: what was wrong about a group study that has ended, put right within the day, with a reason."""

import json
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from sqlite_utils import Database as Tables

from agent.errors import GroupError
from agent.stores.box import boot_ordinal
from agent.stores.dates.moments import utc_ms_of
from agent.stores.delivery.epochs import current
from agent.stores.groups.group_log import Now, checked_plan
from agent.stores.groups.studied import Times, parts_of, sessions_in, times_of
from agent.stores.rows import one_row
from study.anchor import from_utc_ms, to_utc_ms
from study.group.attendance import Via
from study.group.correction import REASON_WORDS, Reason
from study.group.form import ATTENDEES_MAX
from study.group.moment import Moment, joined, total_ms
from study.month import local
from study.units import HOUR_MS, MINUTE_MS, MonotonicMs

AT_LEAST_MS = 2 * HOUR_MS
"""So long after its end also one that ended just before midnight."""
UNDATED_MS = 24 * HOUR_MS


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody was there, or was not; takes the place of all their check-ins.

    ```
    studied      ├════════┤      ├═══════════════┤      without what lies between
    time         0        20     20              65 min
    from 10      ·····├═══┤      ├═══════════┤·····     until 55
    ```
    """

    member_id: int
    is_there: bool
    from_ms: int = 0
    """Of the time studied together."""
    until_ms: int | None = None
    """None for the end."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be put right; None leaves as it is."""

    reason: Reason
    people: tuple[Presence, ...] = ()
    kind: str | None = None
    theme: str | None = None
    facilitator: int | None = None


def correctable(tables: Tables, screen: str, now: Now) -> list[dict[str, Any]]:
    """The ended group studies in front of a screen that may still be corrected, the last first."""
    rows = tables.query(
        "SELECT * FROM groups WHERE screen = ? AND ended_ms IS NOT NULL ORDER BY group_id DESC LIMIT 20",
        [screen],
    )
    return [row for row in rows if correction_trouble(tables, row, now) is None]


def correct_group(tables: Tables, group_id: int, correction: Correction, now: Now) -> None:
    """The log keeps what it was, and why it was changed; a record that there is will be made again.

    Raises GroupError, and then nothing was changed.
    """
    group = one_row(tables, "SELECT * FROM groups WHERE group_id = ?", [group_id])
    if group is None:
        raise GroupError("unknown", "没有这场集体学习，请返回列表查看")
    if (trouble := correction_trouble(tables, group, now)) is not None:
        raise trouble
    kind, theme, facilitator = _plan(group, correction)
    _check_times(correction)
    times = times_of(tables, group)
    stretches = [s for p in parts_of(tables, sessions_in(tables, group, times), times) for s in p.stretches]
    studied = joined(stretches)
    for one in correction.people:
        if one.is_there and one.from_ms and _at(studied, one.from_ms) is None:
            minutes = total_ms(studied) // MINUTE_MS
            raise GroupError("bad_times", f"这场一共学习了 {minutes} 分钟，到场时间要在这之内，请改好再确认")
    _check_room(tables, group_id, correction)
    tables.execute(
        "INSERT INTO group_corrections (group_id, boot_id, at_ms, told) VALUES (?, ?, ?, ?)",
        [group_id, now.boot, now.ms, json.dumps(asdict(correction), ensure_ascii=False)],
    )
    for one in correction.people:
        tables.execute(
            "UPDATE group_checks SET undone = 1 WHERE group_id = ? AND member_id = ?",
            [group_id, one.member_id],
        )
        if one.is_there:
            entered = _at(studied, one.from_ms) if one.from_ms else times.opened
            left = times.ended if one.until_ms is None else _at(studied, one.until_ms)
            _put_check(tables, group_id, times, one.member_id, entered or times.ended, is_in=True)
            if (left or times.ended) < times.ended:
                _put_check(tables, group_id, times, one.member_id, left or times.ended, is_in=False)
    tables.execute(
        "UPDATE groups SET kind = ?, theme = ?, facilitator = ?, correction = ? WHERE group_id = ?",
        [kind, theme, facilitator, REASON_WORDS[correction.reason], group_id],
    )


def correction_trouble(tables: Tables, group: dict[str, Any], now: Now) -> GroupError | None:
    """Why it cannot be corrected; None where it can."""
    if group["ended_ms"] is None:
        return GroupError("still_open", "这场集体学习还没有结束，请直接签到、撤销或离场")
    if group["seq"] is not None and group["epoch_no"] != current(tables).number:
        return GroupError("sealed", "这场集体学习是本机更换或恢复之前上报的，不能再更正；请联系上级")
    if not _is_in_time(tables, group, now):
        return GroupError("too_late", "集体学习只能在结束的当天更正，现在已经过了；请联系上级")
    return None


def _is_in_time(tables: Tables, group: dict[str, Any], now: Now) -> bool:
    """Until the end of the day on which it ended, or was found to have ended. Where that is not known, for
    a day of the box's own time, also over one power cut."""
    # A record that came back from the second log tells its end alone.
    ended_boot = group["noticed_boot_id"] or group["ended_boot_id"]
    ended_ms = group["ended_ms"] if group["noticed_ms"] is None else group["noticed_ms"]
    ended_utc_ms = utc_ms_of(tables, ended_boot, ended_ms)
    now_utc_ms = utc_ms_of(tables, now.boot, now.ms)
    if ended_utc_ms is not None and now_utc_ms is not None:
        ended = local(from_utc_ms(ended_utc_ms))
        midnight = ended.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        return now_utc_ms < max(to_utc_ms(midnight), ended_utc_ms + AT_LEAST_MS)
    if ended_boot == now.boot:
        return bool(now.ms - ended_ms < UNDATED_MS)
    boots = boot_ordinal(tables, now.boot) - boot_ordinal(tables, ended_boot)
    return boots == 1 and now.ms < UNDATED_MS


def _check_times(correction: Correction) -> None:
    for one in correction.people:
        until_ms = one.until_ms
        if one.is_there and (one.from_ms < 0 or (until_ms is not None and until_ms <= one.from_ms)):
            raise GroupError("bad_times", "离场时间要在到场时间之后，请改好再确认")


def _check_room(tables: Tables, group_id: int, correction: Correction) -> None:
    rows = tables.execute(
        "SELECT DISTINCT member_id FROM group_checks WHERE group_id = ? AND undone = 0", [group_id]
    )
    held = {row[0] for row in rows.fetchall()}
    there = held.union(one.member_id for one in correction.people if one.is_there)
    if len(there) > max(len(held), ATTENDEES_MAX):
        raise GroupError("full", f"一场集体学习最多 {ATTENDEES_MAX} 人，请减少再确认")


def _plan(group: dict[str, Any], correction: Correction) -> tuple[str, str, int | None]:
    """Kind, theme and facilitator as they are to be. Raises GroupError."""
    kind, theme = checked_plan(
        group["kind"] if correction.kind is None else correction.kind,
        group["theme"] if correction.theme is None else correction.theme,
    )
    facilitator = group["facilitator"] if correction.facilitator is None else correction.facilitator
    return kind, theme, facilitator


def _at(studied: tuple[Any, ...], ms: int) -> Moment | None:
    """Where so much of the time studied together has gone by; None where it is not so long."""
    for stretch in studied:
        if ms <= total_ms([stretch]):
            return Moment(stretch.boot, stretch.start_ms + ms)
        ms -= total_ms([stretch])
    return None


def _put_check(
    tables: Tables, group_id: int, times: Times, member_id: int, at: Moment, *, is_in: bool
) -> None:
    boot = times.boots[at.boot][0]
    tables.execute(
        "INSERT INTO group_checks (group_id, member_id, boot_id, at_ms, is_in, via)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [group_id, member_id, boot, MonotonicMs(at.ms), is_in, Via.OPERATOR],
    )
