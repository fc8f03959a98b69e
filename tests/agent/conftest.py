"""What most tests of the agent start from: a clock by hand, a database file, a city on a socket."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.records.delta import delta_of
from agent.settings import Settings
from agent.stores.courses.catalogue import apply_delta
from agent.stores.disk.database import Database
from tests.agent.real_city import set_up
from tests.fakes.fake_city import FakeCity, running_city
from tests.fakes.fake_clock import FakeClock


@pytest.fixture(scope="session")
def city_as_set_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real platform's folder with one of everything; to be copied."""
    folder = tmp_path_factory.mktemp("city") / "folder"
    folder.mkdir()
    set_up(folder)
    return folder


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    held = Database(tmp_path / "zhanxue.db")
    yield held
    held.close()


@pytest.fixture
def city() -> Iterator[FakeCity]:
    with running_city() as held:
        held.add_course("5")
        held.add_course("6", monthly="2026-11")
        held.add_channel("L1")
        yield held


@pytest.fixture
def settings(tmp_path: Path, city: FakeCity) -> Settings:
    return Settings(tmp_path, city.url, retry_min_s=1.0, retry_max_s=8.0, spread_s=0.0)


@pytest.fixture
def mirrored(database: Database, city: FakeCity) -> Database:
    """A database that knows the city's catalogue."""
    with database.writing() as tables:
        apply_delta(tables, delta_of(_full(city), 0))
    return database


def _full(city: FakeCity) -> dict[str, object]:
    rows = {"courses": city.courses, "channels": city.channels}
    return {"revision": 1, "since": 0, "full": True, "removed": [], **rows}
