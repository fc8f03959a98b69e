"""The room's people: those of the roster, at the television, on phones, behind the operator's page."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demo.browser import Browser
from demo.catalogue import read_rows
from demo.errors import DemoError
from demo.house import House
from study.group_api import GROUP, GROUP_CHECK_INS, GROUP_CHECK_OUTS
from study.local_api import DEFAULT_TERMINAL, STATUS
from study.operator_api import OPERATOR_PIN

PIN = "204816"
TV = {"terminal": DEFAULT_TERMINAL}


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the roster."""

    name: str
    card: str

    @property
    def digits(self) -> str:
        """What is typed."""
        return self.card[-6:]


class Room:
    """One station's people and its box."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._sheet = house.tables / "roster.csv"
        self._phones = 0
        self.people = [Person(row["姓名"], row["学习卡号"]) for row in _rows(self._sheet)]

    def import_roster(self) -> None:
        """By the box's own command, as an operator does."""
        self._house.box_command("roster", "import", str(self._sheet))

    def asks(self, path: str, **body: Any) -> dict[str, Any]:
        """As the television in the room does."""
        return dict(self._house.ask_agent(path, {**TV, **body}))

    def checks_in(self, *people: Person) -> None:
        """At the television. Raises DemoError where somebody is not let in."""
        for one in people:
            reply = self.asks(GROUP_CHECK_INS, digits=one.digits, member_id=None)
            if reply["outcome"] != "in":
                raise DemoError(f"{one.name}没有签到：{reply['words']}")

    def leaves(self, *people: Person) -> None:
        """At the television, before the end."""
        held = {one["digits"]: one["member_id"] for one in self.going_on["attendees"]}
        for one in people:
            self.asks(GROUP_CHECK_OUTS, member_id=held[one.card[-4:]])

    def comes_by_phone(self, person: Person) -> Browser:
        """Scans the code on the television and checks in; raises DemoError where that is not so."""
        self._phones += 1
        phone = Browser(self._front(), f"127.0.2.{self._phones}")
        phone.open("/" + str(self.going_on["page"]).rpartition("/")[2])
        said = phone.send("/check-in", {"card": person.digits})
        if "签到成功" not in said:
            raise DemoError(f"{person.name}没有用手机签到：{said}")
        return phone

    @property
    def has_phones(self) -> bool:
        """Whether the box is in a network in which there can be any."""
        return self._house.ask_agent(STATUS).get("operator_page") is not None

    @property
    def going_on(self) -> dict[str, Any]:
        """The group study in front of the television. Raises DemoError for none."""
        group = self._house.ask_agent(f"{GROUP}?terminal={DEFAULT_TERMINAL}")["group"]
        if group is None:
            raise DemoError("现在没有集体学习。")
        return dict(group)

    def operator_at_desk(self) -> Browser:
        """The operator's page, opened with the PIN that the television has told."""
        self._house.ask_agent(OPERATOR_PIN, {"digits": PIN})
        desk = Browser(self._front())
        desk.send("/operator", {"pin": PIN})
        return desk

    def where_pages_are(self) -> list[str]:
        """What people in the room type or scan, line by line."""
        status = self._house.ask_agent(STATUS)
        if status.get("operator_page") is None:
            return ["本机不在局域网里，没有手机签到页和管理页；签到用电视。"]
        front = str(status["operator_page"]).removesuffix("/operator")
        return [
            f"手机签到页：{front}/（集体学习时扫电视上的二维码进入）",
            f"管理页：{status['operator_page']}，密码 {PIN}",
            f"花名册：{len(self.people)} 人，{self._sheet}；签到输卡号后六位，如 {self.people[0].digits}",
        ]

    def _front(self) -> str:
        port = self._house.ask_agent(STATUS).get("page_port")
        if port is None:
            raise DemoError("手机签到页没有开。")
        return f"http://127.0.0.1:{port}"


def _rows(sheet: Path) -> list[dict[str, str]]:
    return list(read_rows(sheet, ("姓名", "学习卡号")))
