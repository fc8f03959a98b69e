"""Recording: group studies that have ended become records, and again when their hours change."""

import logging
from dataclasses import replace
from typing import Any

from sqlite_utils import Database as Tables

from agent.records.report import Report
from agent.stores.delivery.epochs import current, take_seq
from agent.stores.delivery.outbox import put_record, record_at
from agent.stores.groups.naming import names_of
from agent.stores.groups.numbers import note_record
from agent.stores.groups.studied import (
    Times,
    attendances_of,
    discussions_of,
    parts_of,
    sessions_in,
    times_of,
)
from agent.stores.sessions.closing import CONTINUED
from study.group.attendance import present_ms, united
from study.group.examination import check_group
from study.group.hours import Part, all_effective
from study.group.moment import total_ms
from study.group.record import Attendee, GroupRecord, Pseudonym
from study.record import CORRECTED
from study.rules import CURRENT
from study.units import Milliseconds, Seq

log = logging.getLogger(__name__)

_WHO = "站点"
"""Who corrects: no record says a name."""

# Nothing may take the place of a record of an earlier epoch, nor of one let go long after its delivery.
_PENDING = (
    "SELECT group_id FROM groups g WHERE ended_ms IS NOT NULL AND (seq IS NULL OR epoch_no = ? AND EXISTS"
    " (SELECT 1 FROM records r WHERE r.epoch_no = g.epoch_no AND r.seq = g.seq)"
    " AND (correction IS NOT NULL OR due = 1 OR EXISTS"
    " (SELECT 1 FROM group_sessions p JOIN sessions s USING (session_id)"
    " WHERE p.group_id = g.group_id AND p.seq <> coalesce(s.seq, 0))) AND NOT EXISTS"
    # Without its plays a session would seem not to have been watched in front of the group.
    " (SELECT 1 FROM group_sessions p JOIN sessions s USING (session_id)"
    " WHERE p.group_id = g.group_id AND s.played_ms > 0"
    " AND NOT EXISTS (SELECT 1 FROM plays q WHERE q.session_id = s.session_id))) ORDER BY group_id"
)


def groups_to_record(tables: Tables) -> list[int]:
    """Those that have ended without a record, and those whose sessions have another record by now."""
    rows = tables.execute(_PENDING, [current(tables).number])
    return [row[0] for row in rows.fetchall()]


def note_late(tables: Tables, report: Report) -> None:
    """What a television tells only now of a group study that has its record is to be in that too, also of
    a boot between its first and its last."""
    for play in report.plays:
        tables.execute(
            "UPDATE groups SET due = 1 WHERE screen = ? AND seq IS NOT NULL AND due = 0"
            " AND (boot_id = ? OR ended_boot_id = ? OR EXISTS"
            " (SELECT 1 FROM boots told, boots begun, boots done WHERE told.boot_id = ?"
            " AND begun.boot_id = groups.boot_id AND done.boot_id = groups.ended_boot_id"
            " AND told.ordinal BETWEEN begun.ordinal AND done.ordinal))"
            " AND (boot_id <> ? OR opened_ms <= ?) AND (ended_boot_id <> ? OR ended_ms >= ?)",
            [
                *(report.terminal, report.boot_id, report.boot_id, report.boot_id),
                *(report.boot_id, report.at_ms, report.boot_id, play.opened_ms),
            ],
        )


def make_again(tables: Tables, group_id: int) -> None:
    """Its record is to say more than it does."""
    tables.execute("UPDATE groups SET due = 1 WHERE group_id = ?", [group_id])


def lapsed_corrections(tables: Tables) -> list[int]:
    """Corrections of what was recorded before a new epoch began can be in no record any more."""
    rows = tables.execute(
        "SELECT group_id FROM groups WHERE correction IS NOT NULL AND seq IS NOT NULL AND epoch_no <> ?",
        [current(tables).number],
    )
    return [row[0] for row in rows.fetchall()]


def forget_correction(tables: Tables, group_id: int) -> None:
    """It waits for a record no longer."""
    tables.execute("UPDATE groups SET correction = NULL WHERE group_id = ?", [group_id])


def record_group(tables: Tables, group_id: int) -> bool:
    """Make its record, in the caller's one transaction; False while a session of it still goes on.

    A record that would say the same as the one before is not made.
    """
    [group] = tables.query("SELECT * FROM groups WHERE group_id = ?", [group_id])
    times = times_of(tables, group)
    sessions = sessions_in(tables, group, times)
    if any(session["open"] for session in sessions):
        return False
    parts = parts_of(tables, sessions, times)
    record = _record_of(tables, group, times, parts)
    earlier = None if group["seq"] is None else record_at(tables, group["epoch_no"], group["seq"])
    if isinstance(earlier, GroupRecord):
        correction = group["correction"]
        reason = CONTINUED if correction is None else f"{CORRECTED} {_WHO}: {correction}"
        record = replace(record, replaces=earlier.replaces or earlier.seq, reason=reason)
    if not _says_the_same(record, earlier):
        record = replace(record, seq=take_seq(tables))
        if (fault := check_group(record)) is not None:
            # Kept and sent all the same: the platform sets it aside and an operator sees why.
            log.warning("record %s of group study %s: %s", record.seq, group_id, fault.words)
        put_record(tables, record, None)
        note_record(tables, current(tables).number, record)
    _note_sessions(tables, group_id, sessions)
    tables.execute("UPDATE groups SET correction = NULL, due = 0 WHERE group_id = ?", [group_id])
    return True


def _record_of(tables: Tables, group: dict[str, Any], times: Times, parts: tuple[Part, ...]) -> GroupRecord:
    """Who has no pseudonym, because they were erased from the roster at once, is in no record."""
    group_id = group["group_id"]
    effective = all_effective(parts)
    names = names_of(tables, group_id)
    people: dict[Pseudonym, Attendee] = {}
    for one in attendances_of(tables, group_id, times):
        if one.stays and (name := names.get(one.member_id)):
            # Who stands in the roster twice with one card checked in as the first of the two.
            earlier = people.get(name)
            stays = one.stays if earlier is None else united((*earlier.stays, *one.stays))
            via = one.via if earlier is None else earlier.via
            people[name] = Attendee(name, via, stays, Milliseconds(present_ms(stays, effective)))
    return GroupRecord(
        seq=Seq(0),
        screen=group["screen"],
        boots=times.boots,
        opened=times.opened,
        ended=times.ended,
        kind=group["kind"],
        theme=group["theme"],
        facilitator=names.get(group["facilitator"], ""),
        parts=parts,
        discussions=discussions_of(tables, group_id, times),
        attendees=tuple(people.values()),
        rule=CURRENT,
        effective_ms=Milliseconds(total_ms(effective)),
    )


def _says_the_same(record: GroupRecord, earlier: object) -> bool:
    return isinstance(earlier, GroupRecord) and record == replace(
        earlier, seq=record.seq, replaces=record.replaces, reason=record.reason
    )


def _note_sessions(tables: Tables, group_id: int, sessions: list[dict[str, Any]]) -> None:
    tables.execute("DELETE FROM group_sessions WHERE group_id = ?", [group_id])
    for session in sessions:
        values = [group_id, session["session_id"], session["seq"] or 0]
        tables.execute("INSERT INTO group_sessions VALUES (?, ?, ?)", values)
