"""A page for phones on a real socket, while a group study goes on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from agent.errors import AgentError
from agent.page.opening import page_listening, page_serving
from agent.page.parts import PageParts
from agent.records.roster_sheet import Person
from agent.settings import Settings
from agent.stores.disk.database import Database
from agent.stores.groups.group_log import Now, Plan, begin_group, end_group, present
from agent.stores.roster.roster import Roster
from agent.stores.sessions.closing import begin_boot
from study.group.card import CardNumber
from tests.agent.page.desk import PIN, Desk, running_desk
from tests.agent.page.phones import Phone
from tests.agent.ports import free_port
from tests.fakes.fake_clock import FakeClock

PEOPLE = (
    ("李秀芳", "6212260000001002"),
    ("王小明", "6212260000002003"),
    ("阿依古丽·买买提", "6212260000003004"),
    ("陈静", "6212260000004005"),
    ("陈静", "6212260000104006"),
    ("赵六", "6212260000771007"),
    ("钱七", "6212269999771007"),
)
ROOM = "192.168.1.50"


@dataclass
class RoomPage:
    """One running page; time stands still until told otherwise."""

    parts: PageParts
    clock: FakeClock
    heard: list[AgentError] = field(default_factory=list)
    group_id: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.parts.port}"

    @property
    def now(self) -> Now:
        return Now(self.clock.boot, self.clock.mono_ms())

    def begins(self, screen: str = "tv-1") -> int:
        with self.parts.database.writing() as tables:
            self.group_id = begin_group(tables, screen, Plan("evening_school", "防灾减灾"), self.now)
        return self.group_id

    def ends(self) -> None:
        with self.parts.database.writing() as tables:
            end_group(tables, self.group_id, self.now)

    def present(self) -> list[int]:
        with self.parts.database.reading() as tables:
            return present(tables, self.group_id)

    def token(self, group_id: int | None = None) -> str:
        url = self.parts.url_of(group_id or self.group_id)
        assert url is not None
        assert url.startswith(f"http://{ROOM}:{self.parts.port}/")
        return url.rpartition("/")[2]

    def phone(self, number: int) -> Phone:
        return Phone(self.url, f"127.0.0.{number}")

    def scanning(self, number: int) -> Phone:
        """A phone that has scanned the code just now."""
        phone = self.phone(number)
        phone.get(f"/{self.token()}")
        return phone


@pytest.fixture
def wanted() -> dict[str, object]:
    """Settings of the page that are not the usual ones."""
    return {}


@pytest.fixture
def start(
    mirrored: Database, tmp_path: Path, clock: FakeClock, wanted: dict[str, object]
) -> Iterator[Callable[[], RoomPage]]:
    running = []

    def start() -> RoomPage:
        heard: list[AgentError] = []
        settings = Settings(tmp_path, page_port=free_port(), **wanted)  # type: ignore[arg-type]
        listening = page_listening(settings)
        assert listening is not None
        port, roster = listening.getsockname()[1], Roster(mirrored, settings.roster_key_file)
        parts = PageParts(settings, port, clock, mirrored, roster, heard.append, address=lambda: ROOM)
        running.append(page_serving(parts, listening))
        running[-1].start()
        return RoomPage(parts, clock, heard)

    yield start
    for serving in running:
        serving.stop()


@pytest.fixture
def room(start: Callable[[], RoomPage], clock: FakeClock) -> RoomPage:
    held = start()
    with held.parts.database.writing() as tables:
        begin_boot(tables, clock.boot)
    held.parts.roster.take(Person(name, CardNumber(card)) for name, card in PEOPLE)
    held.begins()
    return held


@pytest.fixture
def desk(mirrored: Database, tmp_path: Path, clock: FakeClock) -> Iterator[Desk]:
    with running_desk(mirrored, clock, tmp_path) as running:
        yield running


@pytest.fixture
def open_desk(desk: Desk) -> Desk:
    """With a PIN."""
    desk.operator.take_pin(PIN)
    return desk
