"""The routes of group study."""

from typing import Annotated

from fastapi import Body, FastAPI, Query

from agent.api.documented import add_route
from agent.api.group import Room
from agent.api.group_check_in import check_in, find_member
from agent.api.group_choices import plan_choices
from agent.api.group_correction import CorrectionAsked, correct_ended, ended_groups
from agent.api.parts import Parts
from agent.stores.groups.group_log import Plan
from study import group_api
from study.group_api import CheckInReply, ChoicesReply, EndedReply, GroupReply, MemberReply
from study.units import ItemId

_Screen = Annotated[str, Body(min_length=1, max_length=200)]
_Asked = Annotated[str, Query(min_length=1, max_length=200)]
_Words = Annotated[str, Body(max_length=200)]
_Items = Annotated[list[Annotated[str, Body(min_length=1, max_length=200)]], Body(max_length=100)]
_Digits = Annotated[str, Body(max_length=60)]
_Member = Annotated[int, Body(ge=1, le=2**53)]
_Chosen = Annotated[int | None, Body(ge=1, le=2**53)]
_Alone = Annotated[str, Body(embed=True, min_length=1, max_length=200)]
_On = Annotated[bool, Body()]
_Digits_Alone = Annotated[str, Body(embed=True, max_length=60)]


def add_group(app: FastAPI, parts: Parts) -> None:
    """As with every route: plain functions, which wait for the disk on worker threads."""
    room = Room(parts)
    _add_going_on(app, room)
    _add_questions(app, room)
    _add_corrections(app, parts, room)


def _add_going_on(app: FastAPI, room: Room) -> None:
    def going_on(terminal: _Asked) -> GroupReply:
        return room.going_on(terminal)

    def begin(
        terminal: _Screen, kind: _Words, theme: _Words, agenda: _Items, facilitator: _Chosen = None
    ) -> GroupReply:
        items = [ItemId(item_id) for item_id in agenda]
        return room.begin(terminal, Plan(kind, theme, facilitator, items))

    def plan(terminal: _Screen, kind: _Words, theme: _Words, facilitator: _Chosen = None) -> GroupReply:
        return room.plan(terminal, Plan(kind, theme, facilitator))

    def come(terminal: _Screen, digits: _Digits, member_id: _Chosen = None) -> CheckInReply:
        return check_in(room, terminal, digits, member_id)

    def leave(terminal: _Screen, member_id: _Member) -> GroupReply:
        return room.check_out(terminal, member_id)

    def undo(terminal: _Alone) -> GroupReply:
        return room.undo(terminal)

    def set_agenda(terminal: _Screen, agenda: _Items) -> GroupReply:
        return room.set_agenda(terminal, [ItemId(item_id) for item_id in agenda])

    def discuss(terminal: _Screen, on: _On) -> GroupReply:
        return room.discuss(terminal, on=on)

    def resume(terminal: _Alone) -> GroupReply:
        return room.resume(terminal)

    def end(terminal: _Alone) -> GroupReply:
        return room.end(terminal)

    add_route(app, "GET", group_api.GROUP, going_on, GroupReply, 422)
    add_route(app, "POST", group_api.GROUP, begin, GroupReply, 409, 422, 507)
    add_route(app, "POST", group_api.GROUP_PLAN, plan, GroupReply, 409, 422, 507)
    add_route(app, "POST", group_api.GROUP_CHECK_INS, come, CheckInReply, 409, 422, 507)
    add_route(app, "POST", group_api.GROUP_CHECK_OUTS, leave, GroupReply, 409, 422, 507)
    add_route(app, "POST", group_api.GROUP_UNDO, undo, GroupReply, 409, 422, 507)
    add_route(app, "POST", group_api.GROUP_AGENDA, set_agenda, GroupReply, 409, 422, 507)
    add_route(app, "POST", group_api.GROUP_DISCUSSION, discuss, GroupReply, 409, 422, 507)
    add_route(app, "POST", group_api.GROUP_RESUME, resume, GroupReply, 409, 422, 507)
    add_route(app, "POST", group_api.GROUP_END, end, GroupReply, 409, 422, 507)


def _add_questions(app: FastAPI, room: Room) -> None:
    """What is asked before something is said of a group study."""

    def choices() -> ChoicesReply:
        return plan_choices(room)

    def member(digits: _Digits_Alone) -> MemberReply:
        return find_member(room, digits)

    add_route(app, "GET", group_api.GROUP_CHOICES, choices, ChoicesReply)
    add_route(app, "POST", group_api.GROUP_MEMBERS, member, MemberReply, 422, 507)


def _add_corrections(app: FastAPI, parts: Parts, room: Room) -> None:
    def ended(terminal: _Asked) -> EndedReply:
        return ended_groups(room, terminal)

    def correct(asked: CorrectionAsked) -> GroupReply:
        reply = correct_ended(room, asked)
        parts.kick_groups()
        return reply

    add_route(app, "GET", group_api.GROUP_ENDED, ended, EndedReply, 422)
    add_route(app, "POST", group_api.GROUP_CORRECTIONS, correct, GroupReply, 409, 422, 507)
