"""Corrections of group studies that have ended, as the television asks for them."""

from typing import Annotated

from pydantic import BaseModel, Field

from agent.api.group import Room
from agent.api.group_check_in import found_by_digits
from agent.api.group_entries import check_known
from agent.stores.groups.correcting import Correction, Presence, correct_group, correctable
from study.group.correction import Reason
from study.group_api import EndedReply, GroupReply
from study.units import MINUTE_MS

_Number = Annotated[int, Field(ge=1, le=2**53)]
_Minutes = Annotated[int, Field(ge=0, le=100_000)]
_Words = Annotated[str, Field(max_length=200)]


class PresenceAsked(BaseModel):
    """A PresenceEntry."""

    member_id: _Number | None = None
    digits: Annotated[str, Field(max_length=60)] = ""
    is_there: bool
    from_min: _Minutes = 0
    until_min: _Minutes | None = None


class CorrectionAsked(BaseModel):
    """A CorrectionRequest."""

    terminal: Annotated[str, Field(min_length=1, max_length=200)]
    group_id: _Number
    reason: Reason
    people: Annotated[list[PresenceAsked], Field(max_length=500)] = []
    kind: _Words | None = None
    theme: _Words | None = None
    facilitator: _Number | None = None


def ended_groups(room: Room, terminal: str) -> EndedReply:
    """Raises StoreError."""
    people = room.people
    with room.database.reading() as tables:
        found = correctable(tables, terminal, room.now)
        return EndedReply(groups=[room.entry(tables, people, group["group_id"]) for group in found])


def correct_ended(room: Room, asked: CorrectionAsked) -> GroupReply:
    """Raises GroupError, ApiError 422 for a person or a card that nobody knows, RosterError, DiskFullError,
    StoreError."""
    people = tuple(_presence(room, one) for one in asked.people)
    correction = Correction(asked.reason, people, asked.kind, asked.theme, asked.facilitator)
    known = room.people  # with the visitors whom a whole number has just made
    with room.database.writing() as tables:
        for member_id in (*(one.member_id for one in people), asked.facilitator):
            check_known(tables, known, asked.group_id, member_id)
        correct_group(tables, asked.group_id, correction, room.now)
    return room.reply(asked.group_id)


def _presence(room: Room, asked: PresenceAsked) -> Presence:
    member_id = asked.member_id
    if member_id is None:
        member_id = found_by_digits(room, asked.digits)
    until_ms = None if asked.until_min is None else asked.until_min * MINUTE_MS
    return Presence(member_id, asked.is_there, asked.from_min * MINUTE_MS, until_ms)
