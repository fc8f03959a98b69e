"""Check-in at the television: by the digits of a card, or as one of several whose cards end so."""

from agent.api.group import Room, number_of
from agent.api.group_entries import member_entry, shown_name, unknown_member
from agent.errors import ApiError
from agent.stores.groups.group_log import check_in as note_check_in
from agent.stores.roster.finding import found_by_card
from agent.stores.roster.members import Member, Members
from study.group.attendance import Via
from study.group.card import CardError, CardNumber, last_digits
from study.group_api import SUFFIX_DIGITS, AttendeeEntry, CheckInReply, MemberReply

NOBODY = "花名册里没有这个卡号，请输入完整的学习卡号"
SEVERAL = "有几张卡的后 6 位相同，请选择自己的名字"


def check_in(room: Room, terminal: str, digits: str, member_id: int | None) -> CheckInReply:
    """Raises GroupError, ApiError 422 for one who is in no roster, RosterError, DiskFullError, StoreError."""
    people = room.people
    if member_id is not None:
        if member_id not in people.by_id:
            raise unknown_member()
        return _come(room, people, terminal, member_id)
    found = find_member(room, digits)
    if found["outcome"] == "found":
        return _come(room, room.people, terminal, found["members"][0]["member_id"])
    return _said(room, people, terminal, found)


def find_member(room: Room, digits: str) -> MemberReply:
    """Whose card it is, and nobody is checked in. A visitor's whole number makes a visitor.

    Raises RosterError, DiskFullError, StoreError.
    """
    people = room.people
    try:
        found = found_by_card(people, digits)
    except CardError as error:
        return MemberReply(outcome="mistyped", words=error.words, members=[])
    if isinstance(found, str):
        found = [room.roster.visitor(found)]
        people = room.people
    if len(found) == 1:
        only = member_entry(people, found[0].member_id)
        return MemberReply(outcome="found", words=only["name"], members=[only])
    if not found:
        return MemberReply(outcome="unknown", words=NOBODY, members=[])
    choices = [_told_apart(people, member) for member in found]
    return MemberReply(outcome="choose", words=SEVERAL, members=choices)


def found_by_digits(room: Room, digits: str) -> int:
    """Whose card it is, the last six of it or all; a visitor's whole number makes a visitor.

    Raises ApiError 422, RosterError, DiskFullError, StoreError.
    """
    found = find_member(room, digits)
    match found["outcome"]:
        case "found":
            return found["members"][0]["member_id"]
        case "mistyped":
            raise ApiError(422, "mistyped", found["words"])
        case "choose":
            raise ApiError(422, "unknown_member", "有几张卡的后 6 位相同，请输入完整的学习卡号")
        case _:
            raise ApiError(422, "unknown_member", found["words"])


def _told_apart(people: Members, member: Member) -> AttendeeEntry:
    """By the digits before those that all of them share."""
    entry = member_entry(people, member.member_id)
    entry["digits"] = last_digits(CardNumber(member.card[:-SUFFIX_DIGITS]))
    return entry


def _come(room: Room, people: Members, terminal: str, member_id: int) -> CheckInReply:
    name = shown_name(people, member_id)
    with room.database.writing() as tables:
        group_id = number_of(tables, terminal)
        is_new = note_check_in(tables, group_id, member_id, Via.CARD, room.now)
        group = room.entry(tables, people, group_id)
    outcome, words = ("in", f"{name} 签到成功") if is_new else ("already", f"{name} 已经签到")
    return CheckInReply(outcome=outcome, words=words, choices=[], group=group)


def _said(room: Room, people: Members, terminal: str, found: MemberReply) -> CheckInReply:
    """Why nobody is checked in."""
    with room.database.reading() as tables:
        group = room.entry(tables, people, number_of(tables, terminal))
    return CheckInReply(outcome=found["outcome"], words=found["words"], choices=found["members"], group=group)
