"""The roster on the operator's page: looked at, imported after a look, handed out and erased one by one."""

import json

from starlette.responses import Response

from agent.errors import RosterError, StoreError
from agent.page.operator.form import Form
from agent.page.operator.ground import Ground, name_words
from agent.page.operator.pages import operator_page
from agent.page.operator.sessions import Session
from agent.records.roster_sheet import RosterSheet, read_roster_sheet
from agent.stores.roster.members import Members
from agent.stores.roster.roster import exported

SHOWN_MAX = 600
FAULTS_SHOWN_MAX = 100
TEMPLATE = "\ufeff姓名,学习卡号\r\n张三,1107010009\r\n"
"""A sheet to fill in; its first bytes make table programs read it as UTF-8."""


class People:
    """Every change is told on the next page."""

    def __init__(self, on: Ground) -> None:
        self._on = on
        self._roster = on.parts.roster

    def show(self, session: Session, form: Form) -> Response:
        people = self._roster.members()
        wanted = form.text("find")
        found = [one for one in people.by_id.values() if not wanted or _matches(one.name, one.card, wanted)]
        rows = [(one.member_id, name_words(one)) for one in found[:SHOWN_MAX]]
        return operator_page(
            "people",
            session,
            rows=rows,
            found=len(found),
            total=len(people.by_id),
            unreadable=len(people.unreadable),
            wanted=wanted,
        )

    def send(self, session: Session, data: bytes) -> Response | None:
        """A sheet was sent: what it would change is shown first."""
        try:
            session.sheet = read_roster_sheet(data)
        except RosterError as error:
            session.tell(error.words, is_wrong=True)
            return None
        return self.look(session, Form())

    def look(self, session: Session, _form: Form) -> Response | None:
        if session.sheet is None:
            return None
        new, changed, same = _changes(self._roster.members(), session.sheet)
        faults = session.sheet.faults
        return operator_page(
            "people_look",
            session,
            new=new,
            changed=changed,
            same=same,
            left_out=sum(not fault.is_taken for fault in faults),
            faults=faults[:FAULTS_SHOWN_MAX],
            more_faults=max(0, len(faults) - FAULTS_SHOWN_MAX),
        )

    def take(self, session: Session, _form: Form) -> Response | None:
        """Yes."""
        sheet, session.sheet = session.sheet, None
        if sheet is None:
            session.tell("没有等待导入的花名册，请重新选择文件", is_wrong=True)
            return None
        try:
            done = self._roster.take(sheet.people)
        except (RosterError, StoreError):
            session.sheet = sheet
            raise
        session.tell(f"已导入：新增 {done.new} 人，改名 {done.changed} 人，未变 {done.same} 人")
        return None

    def one(self, session: Session, _form: Form, member_id: int) -> Response | None:
        member = self._roster.members().by_id.get(member_id)
        if member is None:
            session.tell("花名册里没有这个人", is_wrong=True)
            return None
        return operator_page("person", session, member_id=member_id, name=name_words(member))

    def hand_out(self, session: Session, _form: Form, member_id: int) -> Response | None:
        """All that is held about somebody, as a file for them."""
        try:
            data = exported(self._roster.members(), member_id)
        except RosterError as error:
            session.tell(error.words, is_wrong=True)
            return None
        text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
        return _download(text, "application/json", f"member-{member_id}.json")

    def erase(self, session: Session, _form: Form, member_id: int) -> Response | None:
        try:
            self._roster.erase(member_id)
        except RosterError as error:
            session.tell(error.words, is_wrong=True)
            return None
        session.tell("姓名和学习卡号已从本机删除，不能恢复；已上报的记录里本来就没有姓名")
        return None

    def template(self, _session: Session, _form: Form) -> Response:
        return _download(TEMPLATE, "text/csv", "roster.csv")


def _matches(name: str, card: str, wanted: str) -> bool:
    return wanted in name or (wanted.isdecimal() and card.endswith(wanted))


def _changes(people: Members, sheet: RosterSheet) -> tuple[int, int, int]:
    by_card = {member.card: member.name for member in people.by_id.values()}
    new = sum(one.card not in by_card for one in sheet.people)
    same = sum(by_card.get(one.card) == one.name for one in sheet.people)
    return new, len(sheet.people) - new - same, same


def _download(text: str, content_type: str, name: str) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text.encode(), media_type=content_type, headers=disposition)
