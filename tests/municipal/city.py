"""A city to test in: a real database, a real server on a real port, stations with boxes."""

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path

from municipal.activation import hashed
from municipal.api.app import create_app
from municipal.api.parts import Parts
from municipal.database import Database, open_database, sqlite_url
from municipal.enrolment import Application, enrol
from municipal.server import bound_socket, http_server
from municipal.stores.catalogue import make_catalogue_id
from municipal.stores.codes import issue_code
from municipal.stores.stations import StationRow, add_district, put_station
from study.station import Station, StationType
from study.units import StationNumber
from tests.municipal.box import Box
from tests.municipal.postgres import new_database

START = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


@dataclass
class SetClock:
    """A clock that stands until it is set."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


STATIONS = (
    StationRow(Station(StationNumber("V1"), "埝坛村", "大兴", StationType.VILLAGE), "黄村镇", "v1"),
    StationRow(Station(StationNumber("C1"), "鼓楼社区", "密云", StationType.COMMUNITY), "鼓楼街道", "c1"),
    StationRow(Station(StationNumber("C2"), "太古石社区", "密云", StationType.COMMUNITY), "新城子镇", "c2"),
)
CODE = "100200300400"


class Backend(StrEnum):
    """What the platform keeps its tables in."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


chosen = [Backend.SQLITE]
"""Set for one test at a time."""


def city_database(path: Path) -> Database:
    """Three stations in three districts (one of which is empty), each with the activation code CODE.

    On PostgreSQL nothing lies at `path`; it is another database every time.
    """
    if chosen[0] is Backend.POSTGRESQL:
        return open_database(new_database("city", _make_city))
    path.write_bytes(_city_bytes())
    return open_database(sqlite_url(path))


def beside(database: Database) -> Database:
    """The same tables, opened as another program opens them."""
    return open_database(url_of(database))


def url_of(database: Database) -> str:
    """As ZHANXUE_DATABASE_URL names it."""
    engine = database._engine
    return engine.url.render_as_string(hide_password=False)


@cache
def _city_bytes() -> bytes:
    """The file of that city, made once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "city.db"
        _make_city(sqlite_url(path))
        return path.read_bytes()


def _make_city(url: str) -> None:
    database = open_database(url)
    database.create_tables()
    code = hashed(CODE)
    with database.writing() as connection:
        make_catalogue_id(connection)
        for district in ("大兴", "密云", "延庆"):
            add_district(connection, district)
        for row in STATIONS:
            put_station(connection, row)
            issue_code(connection, row.station.number, code, 0)
    # The last connection takes the write-ahead log into the file.
    database.close()


@dataclass
class City:
    """A running platform."""

    url: str
    database: Database
    clock: SetClock
    media: Path
    playlists: Path
    _boxes: dict[str, Box] = field(default_factory=dict)

    def box(self, account: str = "v1") -> Box:
        """The enrolled box of an account; the same one each time."""
        if account not in self._boxes:
            box = Box(self.url)
            application = Application(account, CODE, box.public_key, "127.0.0.1")
            box.key_id = enrol(self.database, application, self.clock()).key_id
            self._boxes[account] = box
        return self._boxes[account]


@contextmanager
def running_city(folder: Path) -> Iterator[City]:
    """A platform over `folder`, on a free port of loopback."""
    media, covers, playlists = (folder / name for name in ("media", "covers", "live"))
    for each in (media, covers, playlists):
        each.mkdir()
    database = city_database(folder / "municipal.db")
    clock = SetClock()
    server = http_server(create_app(Parts(database, clock, media, covers, playlists, 60)), None)
    listening = bound_socket("127.0.0.1", 0)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        # The socket listens already; a request waits there until the server has started.
        yield City(f"http://127.0.0.1:{listening.getsockname()[1]}", database, clock, media, playlists)
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
        database.close()
