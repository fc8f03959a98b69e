"""The operator's page on a real socket, as tests meet it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from agent.api.status import status_of
from agent.data_folder import DiskSize
from agent.errors import StickError
from agent.page.opening import page_listening, page_serving
from agent.page.operator.app import operator_routes
from agent.page.operator.deeds import OperatorDeeds
from agent.page.operator.entering import Operator
from agent.page.parts import PageParts
from agent.settings import Settings
from agent.stores.disk.database import Database
from agent.stores.groups.group_log import Now, Plan, begin_group, check_in, end_group
from agent.stores.roster.roster import Roster
from agent.stores.sessions.closing import begin_boot
from study.group.attendance import Via
from study.local_api import StatusReply
from study.units import MINUTE_MS, BootId, MonotonicMs
from tests.agent.page.phones import Phone
from tests.agent.ports import free_port
from tests.fakes.fake_clock import FakeClock

PIN = "204816"
LIST = "姓名,学习卡号\n李秀芳,1107010009\n王明,1107010017\n赵六,１１０７０１００２5\n钱七,abc\n"


@dataclass
class Desk:
    """One running page with an operator's part."""

    parts: PageParts
    clock: FakeClock
    operator: Operator
    stick: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.parts.port}"

    def browser(self, number: int = 2) -> Phone:
        return Phone(self.url, f"127.0.0.{number}")

    def inside(self, number: int = 2) -> Phone:
        browser = self.browser(number)
        assert browser.post("/operator", {"pin": PIN}).status_code == 200
        return browser

    def imports(self, browser: Phone, data: bytes | str = LIST, name: str = "名单.csv") -> requests.Response:
        sent = data.encode() if isinstance(data, str) else data
        return browser._shown(
            browser.session.post(
                f"{self.url}/operator/people/send",
                data={"form_token": browser.form_token},
                files={"sheet": (name, sent)},
                timeout=10,
            )
        )

    def with_people(self, browser: Phone) -> list[int]:
        browser.get("/operator/people")
        self.imports(browser)
        browser.post("/operator/people/take", {})
        return list(self.parts.roster.members().by_id)

    def held(self, *members: int, ended: bool = True) -> int:
        now = Now(self.clock.boot, self.clock.mono_ms())
        with self.parts.database.writing() as tables:
            begin_boot(tables, now.boot)
            group_id = begin_group(tables, "tv-1", Plan("free"), now)
            for member in members:
                check_in(tables, group_id, member, Via.CARD, now)
            self.clock.pass_ms(10 * MINUTE_MS)
            if ended:
                end_group(tables, group_id, Now(BootId(now.boot), MonotonicMs(self.clock.mono_ms())))
        return group_id


@contextmanager
def running_desk(database: Database, clock: FakeClock, folder: Path) -> Iterator[Desk]:
    """Without a PIN; the stick is a list of what an export says."""
    stick: list[str] = []

    def status() -> StatusReply:
        with database.reading() as tables:
            return status_of(tables, clock, None, DiskSize(10**10, 10**9))

    def export() -> str:
        if not stick:
            raise StickError("没有找到 U盘")
        return stick[0]

    deeds = OperatorDeeds(status, export, lambda: None)
    settings = Settings(folder, page_port=free_port())
    listening = page_listening(settings)
    assert listening is not None
    port, roster = listening.getsockname()[1], Roster(database, settings.roster_key_file)
    parts = PageParts(settings, port, clock, database, roster, lambda _: None, address=lambda: "192.168.1.50")
    operator = Operator(settings.operator_pin_file)
    serving = page_serving(parts, listening, operator_routes(parts, deeds, operator))
    serving.start()
    try:
        yield Desk(parts, clock, operator, stick)
    finally:
        serving.stop()
