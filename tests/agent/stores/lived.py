"""A box's data folder as its own life leaves it: evenings of sessions written by the real store code."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database as Tables

from agent.records.delta import delta_of
from agent.records.report import Report
from agent.settings import Settings
from agent.stores.articles.kept import KeptArticles
from agent.stores.box import enrol
from agent.stores.courses.catalogue import apply_delta
from agent.stores.courses.shelf import Shelf
from agent.stores.dates.anchors import add_anchor
from agent.stores.delivery.epochs import current
from agent.stores.delivery.outbox import settle
from agent.stores.disk.database import Database
from agent.stores.disk.room import Room
from agent.stores.rescue.opening import open_database
from agent.stores.sessions.closing import begin_boot
from agent.stores.sessions.session_log import add_report
from study.anchor import Anchor, AnchorSource
from study.station import Station, StationType
from study.units import BootId, MonotonicMs, StationNumber
from tests.agent.television import Play, report
from tests.fakes.fake_city import FakeCity
from tests.fakes.fake_clock import NOVEMBER_UTC_MS, FakeClock

COURSES = ("5", "6", "7", "8")
LENGTH_MS = 3_600_000
STATION = Station(StationNumber("11010100001"), "前门社区学习站", "东城区", StationType.COMMUNITY)


@dataclass
class Lived:
    """One box: its folder, its clock, and its database while it is open."""

    settings: Settings
    clock: FakeClock
    database: Database
    room: Room
    told: int = 0

    @property
    def folder(self) -> Path:
        return self.settings.data_folder

    def watch(self, item: int, ms: int, *, leave: bool = True, play_id: str | None = None) -> Play:
        """A course is opened, watched, and left or not."""
        self.told += 1
        course = COURSES[item % len(COURSES)]
        play = Play(play_id or f"{self.told * 7919:016x}", f"{course}.1", self.clock.mono_ms())
        play.watch(ms)
        self.clock.pass_ms(ms + 1_000)
        if leave:
            play.leave()
        with self.database.writing() as tables:
            self.take(tables, play)
        self.clock.pass_ms(700_000)
        return play

    def take(self, tables: Tables, *plays: Play) -> None:
        self.told += 1
        told = report(self.told, *plays, boot=self.clock.boot)
        add_report(tables, Report.model_validate(told))

    def deliver(self, last: int, utc_ms: int = NOVEMBER_UTC_MS) -> None:
        """The platform has the current epoch's records up to `last`."""
        with self.database.writing() as tables:
            settle(tables, current(tables).number, 1, last, (), utc_ms)

    def hear_time(self, utc_ms: int = NOVEMBER_UTC_MS) -> None:
        mono_ms = self.clock.mono_ms()
        with self.database.writing() as tables:
            add_anchor(tables, Anchor(self.clock.boot, mono_ms, utc_ms, 50, AnchorSource.PLATFORM))


def start(folder: Path, clock: FakeClock | None = None) -> Lived:
    """What the agent does when it starts."""
    folder.mkdir(exist_ok=True)
    held_clock = clock or FakeClock()
    settings = Settings(folder)
    shelf = Shelf(settings.shelf_folder, settings.shelf_limit_bytes)
    kept = KeptArticles(settings.articles_folder, settings.articles_limit_bytes)
    room = Room(settings, held_clock, shelf, kept)
    database = open_database(settings, held_clock, room)
    with database.writing() as tables:
        begin_boot(tables, held_clock.boot)
    return Lived(settings, held_clock, database, room)


def enrolled(folder: Path) -> Lived:
    """A new box that is a station's and knows some courses."""
    box = start(folder)
    city = FakeCity()
    for course_id in COURSES:
        city.add_course(course_id, LENGTH_MS)
    reply = {"revision": 1, "since": 0, "full": True, "removed": [], "channels": [], "courses": city.courses}
    with box.database.writing() as tables:
        enrol(tables, STATION, "key-1")
        apply_delta(tables, delta_of(reply, 0))
    return box


def cut_off(box: Lived, to: Path) -> Path:
    """The folder as a power cut leaves it now; the box goes on."""
    shutil.copytree(box.folder, to)
    return to


def later_boot(boot: str = "boot-2") -> FakeClock:
    return FakeClock(BootId(boot), MonotonicMs(60_000))


def records(database: Database) -> dict[tuple[str, int], bytes]:
    """Every record by its id, with its content."""
    with database.reading() as tables:
        rows = tables.execute(
            "SELECT e.epoch, r.seq, r.content FROM records r JOIN epochs e ON e.number = r.epoch_no"
        ).fetchall()
    held = {(row[0], row[1]): row[2] for row in rows}
    assert len(held) == len(rows)
    return held


def rows(database: Database, sql: str) -> list[dict[str, Any]]:
    with database.reading() as tables:
        return list(tables.query(sql))
