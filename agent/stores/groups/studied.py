"""What was studied in a group study, as its boots, stretches and attendees tell it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database as Tables

from agent.stores.box import boot_ordinal
from agent.stores.delivery.epochs import current
from agent.stores.groups.group_log import Now
from agent.stores.sessions.watching import intervals_of
from study.group.attendance import Check, Stay, Via, stays_of
from study.group.form import PARTS_MAX, STRETCHES_MAX
from study.group.hours import Part, effective_stretches
from study.group.moment import BootStretch, Moment, joined, longest, total_ms
from study.rules import Kind
from study.units import BootId, ItemId, Milliseconds, Seq
from study.watch import WatchInterval

_SESSIONS = (
    "SELECT DISTINCT s.* FROM plays p JOIN sessions s USING (session_id)"
    " WHERE p.boot_id = ? AND p.last_ms >= ? AND p.opened_ms <= ? AND s.screen = ?"
)
_FOREVER_MS = 2**62


@dataclass(frozen=True, slots=True)
class Times:
    """The boots of a group study, and its own moments among them."""

    boots: tuple[tuple[BootId, int], ...]
    opened: Moment
    ended: Moment

    def index(self, boot: str) -> int | None:
        """Which boot of the group it is; None for one that it did not go over."""
        return next((n for n, (name, _) in enumerate(self.boots) if name == boot), None)

    def clipped(self, stretch: BootStretch) -> BootStretch:
        """What of it lies within the group study; perhaps nothing, and then it runs backwards."""
        starts_ms = self.opened.ms if stretch.boot == 0 else 0
        ends_ms = self.ended.ms if stretch.boot == self.ended.boot else _FOREVER_MS
        return BootStretch(stretch.boot, max(stretch.start_ms, starts_ms), min(stretch.end_ms, ends_ms))


@dataclass(frozen=True, slots=True)
class Attendance:
    """One member of the roster, how they checked in first, and when they were in."""

    member_id: int
    via: Via
    stays: tuple[Stay, ...]
    """None of whoever came and left in one moment, or comes at this one."""


def times_of(tables: Tables, group: dict[str, Any], now: Now | None = None) -> Times:
    """A group study that still goes on ends, for this, now, or when it was last heard of."""
    last = (group["heard_boot_id"], group["heard_ms"]) if now is None else (now.boot, now.ms)
    if group["ended_ms"] is not None:
        last = group["ended_boot_id"], group["ended_ms"]
    first_no, last_no = boot_ordinal(tables, group["boot_id"]), boot_ordinal(tables, last[0])
    rows = tables.execute(
        "SELECT boot_id, ordinal FROM boots WHERE ordinal > ? AND ordinal < ? AND (boot_id IN"
        " (SELECT boot_id FROM group_checks WHERE group_id = ? UNION"
        " SELECT boot_id FROM group_discussions WHERE group_id = ?)"
        " OR EXISTS (SELECT 1 FROM plays p WHERE p.boot_id = boots.boot_id)) ORDER BY ordinal",
        [first_no, last_no, group["group_id"], group["group_id"]],
    ).fetchall()
    between = [(BootId(boot), int(ordinal)) for boot, ordinal in rows]
    boots = [(BootId(group["boot_id"]), first_no), *between]
    if last[0] != group["boot_id"]:
        boots.append((BootId(last[0]), last_no))
    return Times(tuple(boots), Moment(0, group["opened_ms"]), Moment(len(boots) - 1, last[1]))


def sessions_in(tables: Tables, group: dict[str, Any], times: Times) -> list[dict[str, Any]]:
    """The viewing sessions that were on in front of the group, in order, also those still open."""
    found: dict[int, dict[str, Any]] = {}
    for n, (boot, _) in enumerate(times.boots):
        whole = times.clipped(BootStretch(n, 0, _FOREVER_MS))
        for row in tables.query(_SESSIONS, [boot, whole.start_ms, whole.end_ms, group["screen"]]):
            found[row["session_id"]] = row
    return [found[session_id] for session_id in sorted(found)]


def parts_of(tables: Tables, sessions: Iterable[dict[str, Any]], times: Times) -> tuple[Part, ...]:
    """What was studied of them in the group study; those not watched in it have no part.

    Of more than a record holds, channels flicked through say, those that add most to it.
    """
    found = [_part(tables, session, times) for session in sessions]
    return _most_studied([part for part in found if part.stretches])


def discussions_of(tables: Tables, group_id: int, times: Times) -> tuple[BootStretch, ...]:
    rows = tables.execute(
        "SELECT boot_id, start_ms, end_ms FROM group_discussions WHERE group_id = ?", [group_id]
    )
    return longest(_placed(rows.fetchall(), times), STRETCHES_MAX)


def attendances_of(tables: Tables, group_id: int, times: Times) -> list[Attendance]:
    """Everybody who checked in, in the order in which they first did."""
    rows = tables.execute(
        "SELECT member_id, boot_id, at_ms, is_in, via FROM group_checks WHERE group_id = ? AND undone = 0"
        " ORDER BY check_id",
        [group_id],
    ).fetchall()
    vias: dict[int, Via] = {}
    checks: dict[int, list[Check]] = {}
    for member_id, boot, at_ms, is_in, via in rows:
        vias.setdefault(member_id, Via(via))
        if (n := times.index(boot)) is not None:
            moment = max(Moment(n, at_ms), times.opened)
            checks.setdefault(member_id, []).append(Check(moment, bool(is_in)))
    return [
        Attendance(member_id, via, stays_of(checks.get(member_id, ()), times.ended))
        for member_id, via in vias.items()
    ]


def _most_studied(parts: list[Part]) -> tuple[Part, ...]:
    if len(parts) <= PARTS_MAX:
        return tuple(parts)
    places = sorted(range(len(parts)), key=lambda n: -total_ms(effective_stretches(parts[n])))[:PARTS_MAX]
    return tuple(parts[n] for n in sorted(places))


def _part(tables: Tables, session: dict[str, Any], times: Times) -> Part:
    intervals = [i for i in intervals_of(tables, session["session_id"]) if i.is_sound]
    played = _placed([(i.boot, i.start_ms, i.end_ms) for i in intervals], times)
    here = longest(joined(times.clipped(stretch) for stretch in played), STRETCHES_MAX)
    of_epoch = session["epoch_no"] == current(tables).number
    return Part(
        item_id=ItemId(session["item_id"]),
        kind=Kind(session["kind"]),
        session=Seq(session["seq"] if of_epoch and session["seq"] is not None else 0),
        before_ms=Milliseconds(_before_ms(tables, intervals, times, here)),
        session_ms=Milliseconds(session["effective_ms"]),
        stretches=here,
    )


def _before_ms(
    tables: Tables, intervals: Iterable[WatchInterval], times: Times, here: tuple[BootStretch, ...]
) -> int:
    """What was played of a session before its first stretch in the group study."""
    if not here:
        return 0
    first, first_no = here[0], times.boots[here[0].boot][1]
    earlier = []
    for i in intervals:
        ordinal = boot_ordinal(tables, i.boot)
        if ordinal <= first_no:
            ends_ms = i.end_ms if ordinal < first_no else min(i.end_ms, first.start_ms)
            earlier.append(BootStretch(ordinal, i.start_ms, ends_ms))
    return total_ms(joined(earlier))


def _placed(told: Iterable[tuple[str, int, int]], times: Times) -> tuple[BootStretch, ...]:
    placed = ((times.index(boot), start_ms, end_ms) for boot, start_ms, end_ms in told)
    return joined(BootStretch(n, start_ms, end_ms) for n, start_ms, end_ms in placed if n is not None)
