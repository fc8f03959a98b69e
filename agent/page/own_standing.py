"""What a phone shows of the group study, and of the people who are on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.api.group_entries import shown_name
from agent.api.status import this_month
from agent.page.parts import PageParts
from agent.page.visits import Visit
from agent.stores.dates.moments import utc_ms_of
from agent.stores.disk.database import Tables
from agent.stores.groups.group_log import Now
from agent.stores.groups.member_hours import member_ms
from agent.stores.groups.standing import Standing, standing_of
from agent.stores.groups.studied import Attendance, Times
from agent.stores.roster.members import Members
from study.anchor import from_utc_ms
from study.group.kind import kind_words
from study.month import local
from study.units import HOUR_MS, MINUTE_MS, BootId, MonotonicMs


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """Somebody on this phone, who sees nobody else."""

    slot: int
    name: str
    """Masked."""
    is_in: bool
    since: str
    """"19:05", of the last time they came; empty where no clock can say."""
    stayed_words: str
    """How long they have been there; empty where a power cut lies between."""
    here_words: str
    """How much of this group study counts for them so far."""
    month_words: str


@dataclass(frozen=True, slots=True)
class OwnStanding:
    """One group study as a phone shows it."""

    words: str
    """Its kind and theme."""
    is_open: bool
    people: Sequence[OwnEntry]


def own_standing(parts: PageParts, visit: Visit) -> OwnStanding:
    """As of now. Raises StoreError."""
    people = parts.roster.members_if_open()
    now = Now(parts.clock.boot, parts.clock.mono_ms())
    with parts.database.reading() as tables:
        [group] = tables.query("SELECT * FROM groups WHERE group_id = ?", [visit.group_id])
        words = "，".join(text for text in (kind_words(group["kind"]), group["theme"]) if text)
        is_open = group["ended_ms"] is None
        if not visit.members:
            return OwnStanding(words, is_open, ())
        standing = standing_of(tables, group, now)
        month = this_month(tables, parts.clock)
        own = [_entry(tables, people, standing, month, place) for place in enumerate(tuple(visit.members))]
    return OwnStanding(words, is_open, own)


def time_words(ms: int) -> str:
    """Hours and minutes as people say them, rounded down."""
    hours, minutes = ms // HOUR_MS, ms % HOUR_MS // MINUTE_MS
    return f"{hours} 小时 {minutes} 分钟" if hours else f"{minutes} 分钟"


def _entry(
    tables: Tables,
    people: Members,
    standing: Standing,
    month: str,
    place: tuple[int, int],
) -> OwnEntry:
    slot, member_id = place
    held = next((one for one in standing.attendances if one.stays and one.member_id == member_id), None)
    return OwnEntry(
        slot=slot,
        name=shown_name(people, member_id),
        is_in=member_id in standing.present,
        since="" if held is None else _since(tables, standing.times, held),
        stayed_words="" if held is None else _stayed(held),
        here_words=time_words(standing.person_ms.get(member_id, 0)),
        month_words=time_words(member_ms(tables, member_id, month)),
    )


def _since(tables: Tables, times: Times, held: Attendance) -> str:
    entered = held.stays[-1].entered
    boot, _ = times.boots[entered.boot]
    utc_ms = utc_ms_of(tables, BootId(boot), MonotonicMs(entered.ms))
    return "" if utc_ms is None else f"{local(from_utc_ms(utc_ms)):%H:%M}"


def _stayed(held: Attendance) -> str:
    if any(stay.entered.boot != stay.left.boot for stay in held.stays):
        return ""
    return time_words(sum(stay.left.ms - stay.entered.ms for stay in held.stays))
