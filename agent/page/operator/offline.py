"""Offline study 线下学习 on the operator's page: registered, amended, withdrawn, and what became of it."""

from dataclasses import dataclass

from starlette.responses import Response

from agent.errors import OfflineError
from agent.page.operator.form import Form
from agent.page.operator.ground import Ground, kind_choices, people_choices
from agent.page.operator.pages import operator_page
from agent.page.operator.sessions import Session
from agent.stores.dates.moments import utc_ms_of
from agent.stores.offline.registering import OfflineStudy, amend_offline, register_offline, withdraw_offline
from agent.stores.offline.standings import RegisteredOffline, Standing, one_offline, registered_offline
from agent.stores.roster.finding import found_by_card
from agent.stores.roster.members import Members
from study.anchor import from_utc_ms
from study.group.card import CardError
from study.group.kind import GroupKind, kind_words
from study.month import local

STANDING_WORDS = {
    Standing.WAITING_KEY: "已登记，还没有上报",
    Standing.WAITING_DELIVERY: "等待上传",
    Standing.DELIVERED: "已上报，等待上级认定",
    Standing.APPROVED: "上级已认定，计入学时",
    Standing.RETURNED: "上级退回",
    Standing.REFUSED: "市平台没有接收",
    Standing.WITHDRAWN: "已撤回",
}
_SHOWN_MAX = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One registration as the list shows it."""

    offline_id: int
    when: str
    title: str
    told: str
    standing: str
    light: str


class Offline:
    """Every change is told on the next page; what was typed is not lost when something is wrong with it."""

    def __init__(self, on: Ground) -> None:
        self._on = on
        self._parts = on.parts

    def show(self, session: Session, _form: Form) -> Response:
        with self._parts.database.reading() as tables:
            found = registered_offline(tables)
        rows = [_row(one) for one in found[:_SHOWN_MAX]]
        return operator_page("offline", session, rows=rows)

    def fresh(self, session: Session, _form: Form) -> Response:
        """An empty form, for today."""
        now = self._on.now
        with self._parts.database.reading() as tables:
            utc_ms = utc_ms_of(tables, now.boot, now.ms)
        today = "" if utc_ms is None else f"{local(from_utc_ms(utc_ms)):%Y-%m-%d}"
        typed = {"day": today, "begins": "19:00", "minutes": "90", "kind": GroupKind.EVENING_SCHOOL.value}
        return self._filled(session, None, Form({name: [value] for name, value in typed.items()}))

    def one(self, session: Session, _form: Form, offline_id: int) -> Response | None:
        with self._parts.database.reading() as tables:
            found = one_offline(tables, offline_id)
        if found is None:
            session.tell("没有这条线下学习登记", is_wrong=True)
            return None
        return self._filled(session, found, _typed(found.study))

    def register(self, session: Session, form: Form) -> Response | None:
        return self._kept(session, form, None)

    def amend(self, session: Session, form: Form, offline_id: int) -> Response | None:
        return self._kept(session, form, offline_id)

    def withdraw(self, session: Session, _form: Form, offline_id: int) -> Response | None:
        try:
            with self._parts.database.writing() as tables:
                withdraw_offline(tables, offline_id)
        except OfflineError as error:
            session.tell(error.words, is_wrong=True)
            return None
        self._on.deeds.kick_groups()
        session.tell("已撤回，不再计入")
        return None

    def _kept(self, session: Session, form: Form, offline_id: int | None) -> Response | None:
        try:
            study = self._read(form)
            with self._parts.database.writing() as tables:
                if offline_id is None:
                    register_offline(tables, study, self._on.now)
                else:
                    amend_offline(tables, offline_id, study, self._on.now)
        except OfflineError as error:
            session.tell(error.words, is_wrong=True)
            with self._parts.database.reading() as tables:
                found = None if offline_id is None else one_offline(tables, offline_id)
            return self._filled(session, found, form)
        self._on.deeds.kick_groups()
        done = "已登记" if offline_id is None else "已更正"
        session.tell(f"{done}：《{study.title}》，{len(study.members)} 人。上报后等待上级认定，认定后计入")
        return None

    def _read(self, form: Form) -> OfflineStudy:
        """Raises OfflineError."""
        day, begins = form.day("day"), form.hour("begins")
        if day is None:
            raise OfflineError("bad_day", "请填写日期，如 2026-11-20")
        if begins is None:
            raise OfflineError("bad_begins", "请填写开始时间，如 19:30")
        people = self._parts.roster.members()
        cards = tuple(_member_of(people, line) for line in form.text("cards").split())
        facilitator = form.number("facilitator")
        return OfflineStudy(
            title=form.text("title"),
            kind=form.text("own_kind") or form.text("kind"),
            place=form.text("place"),
            day=day,
            begins=begins,
            minutes=form.number("minutes") or 0,
            facilitator=facilitator if facilitator in people.by_id else None,
            members=tuple(one for one in form.numbers("member") if one in people.by_id) + cards,
        )

    def _filled(self, session: Session, found: RegisteredOffline | None, form: Form) -> Response:
        people = self._parts.roster.members()
        facilitator, chosen = form.number("facilitator"), form.numbers("member")
        choices = people_choices(people, frozenset(chosen))
        listed = {choice.value for choice in choices}
        return operator_page(
            "offline_form",
            session,
            found=None if found is None else _row(found),
            is_open=found is None or found.standing is not Standing.WITHDRAWN,
            typed={name: form.text(name) for name in ("title", "place", "day", "begins", "minutes", "cards")},
            own_kind=form.text("own_kind"),
            kinds=kind_choices(form.text("kind")),
            people=choices,
            kept=[one for one in chosen if str(one) not in listed],
            leaders=people_choices(people, frozenset() if facilitator is None else frozenset((facilitator,))),
        )


def _typed(study: OfflineStudy) -> Form:
    told = {
        "title": study.title,
        "kind": study.kind,
        "place": study.place,
        "day": f"{study.day:%Y-%m-%d}",
        "begins": f"{study.begins:%H:%M}",
        "minutes": str(study.minutes),
        "facilitator": "" if study.facilitator is None else str(study.facilitator),
    }
    fields = {name: [value] for name, value in told.items()}
    return Form(fields | {"member": [str(one) for one in study.members]})


def _member_of(people: Members, typed: str) -> int:
    """Raises OfflineError."""
    try:
        found = found_by_card(people, typed)
    except CardError as error:
        raise OfflineError("bad_card", f"卡号“{typed[:20]}”不对：{error.words}") from error
    if isinstance(found, str) or not found:
        raise OfflineError("unknown_card", f"卡号“{typed[:20]}”不在花名册里，请先导入花名册")
    if len(found) > 1:
        raise OfflineError("unknown_card", f"卡号“{typed[:20]}”对应不止一个人，请写完整卡号")
    return found[0].member_id


def _row(one: RegisteredOffline) -> Row:
    study = one.study
    people = f"{study.minutes} 分钟，{len(study.members)} 人" if study.minutes else ""
    told = "，".join(text for text in (kind_words(study.kind), study.place, people) if text)
    words = f"{STANDING_WORDS[one.standing]}{f'：{one.words}' if one.words else ''}"
    lights = {Standing.APPROVED: "good", Standing.RETURNED: "bad", Standing.REFUSED: "bad"}
    return Row(
        one.offline_id,
        f"{study.day:%Y-%m-%d} {study.begins:%H:%M}",
        study.title,
        told,
        words,
        lights.get(one.standing, "note"),
    )
