"""Group studies on the operator's page: who was there, and corrections within the day."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from agent.api.group_entries import shown_name
from agent.errors import GroupError
from agent.page.operator.form import Form
from agent.page.operator.ground import Ground, kind_choices, people_choices
from agent.page.operator.pages import operator_page
from agent.page.operator.sessions import Session
from agent.stores.courses.catalogue import known_item
from agent.stores.dates.moments import utc_ms_of
from agent.stores.delivery.outbox import DELIVERED, REFUSED, WAITING
from agent.stores.disk.database import Tables
from agent.stores.groups.correcting import (
    Correction,
    Presence,
    correct_group,
    correction_trouble,
)
from agent.stores.groups.standing import Standing, standing_of
from agent.stores.roster.finding import found_by_card
from agent.stores.rows import one_row
from study.anchor import from_utc_ms
from study.group.card import CardError
from study.group.correction import REASON_WORDS, Reason
from study.group.kind import kind_words
from study.month import local
from study.units import MINUTE_MS, BootId, MonotonicMs

_SHOWN_MAX = 60
_STATE_WORDS = {WAITING: "等待上传", DELIVERED: "已上报", REFUSED: "市平台没有接收"}


@dataclass(frozen=True, slots=True)
class Row:
    """One group study as the list shows it."""

    group_id: int
    when: str
    title: str
    told: str
    state: str


@dataclass(frozen=True, slots=True)
class Attended:
    """Somebody who was there."""

    member_id: int
    name: str
    words: str


class Groups:
    """Every change is told on the next page."""

    def __init__(self, on: Ground) -> None:
        self._on = on
        self._parts = on.parts

    def show(self, session: Session, _form: Form) -> Response:
        with self._parts.database.reading() as tables:
            found = tables.query("SELECT * FROM groups ORDER BY group_id DESC LIMIT ?", [_SHOWN_MAX])
            rows = [_row(tables, group, standing_of(tables, group, self._on.now)) for group in found]
        return operator_page("groups", session, rows=rows)

    def one(self, session: Session, _form: Form, group_id: int) -> Response | None:
        people = self._parts.roster.members_if_open()
        with self._parts.database.reading() as tables:
            group = _group(tables, group_id)
            if group is None:
                session.tell("没有这场集体学习", is_wrong=True)
                return None
            standing = standing_of(tables, group, self._on.now)
            trouble = correction_trouble(tables, group, self._on.now)
            row = _row(tables, group, standing)
            titles = [_title(tables, item.item_id) for item in standing.items if item.studied_ms]
        there = [one.member_id for one in standing.attendances if one.stays]
        attended = [
            Attended(one, shown_name(people, one), _minutes(standing.person_ms[one])) for one in there
        ]
        others = [one for one in people_choices(people) if int(one.value) not in there]
        return operator_page(
            "group",
            session,
            row=row,
            titles=titles,
            attended=attended,
            studied=_minutes(standing.studied_ms),
            effective=_minutes(standing.effective_ms),
            trouble="" if trouble is None else trouble.words,
            others=others,
            kinds=kind_choices(group["kind"]),
            theme=group["theme"],
        )

    def person(self, session: Session, _form: Form, group_id: int, member_id: int) -> Response | None:
        people = self._parts.roster.members_if_open()
        with self._parts.database.reading() as tables:
            group = _group(tables, group_id)
            standing = None if group is None else standing_of(tables, group, self._on.now)
        if standing is None or member_id not in standing.person_ms:
            session.tell("这场集体学习里没有这个人", is_wrong=True)
            return None
        return operator_page(
            "group_person",
            session,
            group_id=group_id,
            member_id=member_id,
            name=shown_name(people, member_id),
            counted=_minutes(standing.person_ms[member_id]),
            studied=standing.studied_ms // MINUTE_MS,
        )

    def forgot(self, session: Session, form: Form, group_id: int) -> Response | None:
        """Somebody was there and is not in it."""

        def made() -> Correction:
            member_id = form.number("member") or self._by_card(form.text("card"))
            return Correction(Reason.FORGOT_CHECK_IN, (Presence(member_id, is_there=True),))

        return self._corrected(session, group_id, made)

    def plan(self, session: Session, form: Form, group_id: int) -> Response | None:
        kind = form.text("own_kind") or form.text("kind")
        correction = Correction(Reason.WRONG_PLAN, kind=kind or None, theme=form.text("theme"))
        return self._corrected(session, group_id, lambda: correction)

    def absent(self, session: Session, _form: Form, group_id: int, member_id: int) -> Response | None:
        presence = (Presence(member_id, is_there=False),)
        return self._corrected(session, group_id, lambda: Correction(Reason.WRONG_CHECK_IN, presence))

    def times(self, session: Session, form: Form, group_id: int, member_id: int) -> Response | None:
        """From and until which minute of what was studied; an empty until is the end."""

        def made() -> Correction:
            until = form.number("until")
            until_ms = None if until is None else until * MINUTE_MS
            presence = Presence(member_id, True, (form.number("from") or 0) * MINUTE_MS, until_ms)
            return Correction(Reason.WRONG_TIME, (presence,))

        return self._corrected(session, group_id, made)

    def _corrected(self, session: Session, group_id: int, made: Callable[[], Correction]) -> Response | None:
        try:
            correction = made()
            with self._parts.database.writing() as tables:
                correct_group(tables, group_id, correction, self._on.now)
        except GroupError as error:
            session.tell(error.words, is_wrong=True)
            return None
        self._on.deeds.kick_groups()
        session.tell(f"已更正，原因：{REASON_WORDS[correction.reason]}。更正后的记录会重新上报")
        return None

    def _by_card(self, typed: str) -> int:
        """Raises GroupError, RosterError, StoreError."""
        try:
            found = found_by_card(self._parts.roster.members(), typed)
        except CardError as error:
            raise GroupError("mistyped", error.words) from error
        if isinstance(found, str):
            return self._parts.roster.visitor(found).member_id
        if len(found) != 1:
            raise GroupError("unknown_member", "卡号不在花名册里，或不止一个人，请输入完整的学习卡号")
        return found[0].member_id


def _group(tables: Tables, group_id: int) -> dict[str, Any] | None:
    return one_row(tables, "SELECT * FROM groups WHERE group_id = ?", [group_id])


def _row(tables: Tables, group: dict[str, Any], standing: Standing) -> Row:
    utc_ms = utc_ms_of(tables, BootId(group["boot_id"]), MonotonicMs(group["opened_ms"]))
    title = "，".join(text for text in (kind_words(group["kind"]), group["theme"]) if text)
    people = sum(bool(one.stays) for one in standing.attendances)
    return Row(
        group["group_id"],
        "日期待核定" if utc_ms is None else f"{local(from_utc_ms(utc_ms)):%Y-%m-%d %H:%M}",
        title,
        f"{people} 人，共学 {_minutes(standing.studied_ms)}，计入 {_minutes(standing.effective_ms)}",
        _state(tables, group),
    )


def _state(tables: Tables, group: dict[str, Any]) -> str:
    if group["ended_ms"] is None:
        return "正在进行"
    if group["seq"] is None or group["correction"] is not None:
        return "还没有记录"
    held = tables.execute(
        "SELECT state FROM records WHERE epoch_no = ? AND seq = ?", [group["epoch_no"], group["seq"]]
    ).fetchone()
    return "已上报" if held is None else _STATE_WORDS[held[0]]


def _title(tables: Tables, item_id: Any) -> str:
    known = known_item(tables, item_id)
    return str(item_id) if known is None else known.title


def _minutes(ms: int) -> str:
    return f"{ms // MINUTE_MS} 分钟"
