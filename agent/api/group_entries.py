"""The items and the people of a group study, as the television shows them."""

from agent.errors import ApiError
from agent.stores.courses.catalogue import KnownItem, known_item
from agent.stores.disk.database import Tables
from agent.stores.groups.standing import ItemStanding, Standing
from agent.stores.groups.studied import Attendance
from agent.stores.roster.members import Members
from agent.stores.rows import one_row
from study.course import course_of
from study.group.card import last_digits
from study.group.masking import masked
from study.group_api import DISCUSSION, AgendaEntry, AttendeeEntry
from study.rules import Kind

VISITOR = "访客"
"""Whose card is in no roster."""


def agenda_entries(tables: Tables, standing: Standing) -> list[AgendaEntry]:
    """The agenda in its order, then what else was studied."""
    return [_agenda_entry(tables, item) for item in standing.items]


def attendee_entries(people: Members, standing: Standing) -> list[AttendeeEntry]:
    """Who is in, the last to come first; then who has left."""
    held = {one.member_id: one for one in standing.attendances}
    left = [member_id for member_id in held if member_id not in standing.present]
    return [_attendee_entry(people, held[member_id], standing) for member_id in (*standing.present, *left)]


def check_known(tables: Tables, people: Members, group_id: int, member_id: int | None) -> None:
    """Raises ApiError 422 for one who is neither in the roster nor ever checked in."""
    if member_id is None or member_id in people.by_id:
        return
    row = one_row(
        tables,
        "SELECT 1 FROM group_checks WHERE group_id = ? AND member_id = ? LIMIT 1",
        [group_id, member_id],
    )
    if row is None:
        raise unknown_member()


def unknown_member() -> ApiError:
    """Of one who was in the roster when the television asked."""
    return ApiError(422, "unknown_member", "花名册里已经没有这个人，请重新输入卡号")


def member_entry(people: Members, member_id: int) -> AttendeeEntry:
    """Somebody who has not checked in."""
    return AttendeeEntry(
        member_id=member_id,
        name=shown_name(people, member_id),
        digits=_digits(people, member_id),
        via="",
        is_in=False,
        person_ms=0,
    )


def shown_name(people: Members, member_id: int) -> str:
    """Masked: 李*芳."""
    member = people.by_id.get(member_id)
    return VISITOR if member is None or member.is_visitor else masked(member.name)


def _attendee_entry(people: Members, attendance: Attendance, standing: Standing) -> AttendeeEntry:
    entry = member_entry(people, attendance.member_id)
    entry["via"] = attendance.via
    entry["is_in"] = attendance.member_id in standing.present
    entry["person_ms"] = standing.person_ms[attendance.member_id]
    return entry


def _digits(people: Members, member_id: int) -> str:
    member = people.by_id.get(member_id)
    return "" if member is None else last_digits(member.card)


def _agenda_entry(tables: Tables, item: ItemStanding) -> AgendaEntry:
    known = known_item(tables, item.item_id)
    is_course = known is not None and known.kind is Kind.VOD
    return AgendaEntry(
        item_id=item.item_id,
        kind=_kind(item, known),
        title=item.item_id if known is None else known.title,
        episode=None if known is None else known.episode,
        episode_title="" if known is None else known.episode_title,
        length_ms=None if known is None or not known.length_ms else known.length_ms,
        course_id=course_of(item.item_id) if is_course else None,
        studied_ms=item.studied_ms,
        effective_ms=item.effective_ms,
        counted=item.effective_ms > 0,
    )


def _kind(item: ItemStanding, known: KnownItem | None) -> str:
    if known is not None:
        return known.kind
    return DISCUSSION if item.item_id == DISCUSSION else Kind.VOD
