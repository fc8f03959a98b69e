"""A box without its process: the real start-up and store code over a clock moved by hand."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.loops.closing import Closing
from agent.records.delta import delta_of
from agent.records.report import Report
from agent.settings import Settings
from agent.stores.articles.kept import KeptArticles
from agent.stores.box import enrol
from agent.stores.courses.catalogue import apply_delta
from agent.stores.courses.shelf import Shelf
from agent.stores.dates.anchors import add_anchor
from agent.stores.disk.database import Database
from agent.stores.disk.room import Room
from agent.stores.rescue.opening import open_database
from agent.stores.sessions.closing import begin_boot
from agent.stores.sessions.session_log import PlayState, add_report
from study.anchor import Anchor
from study.station import Station, StationType
from study.units import StationNumber
from tests.fakes.fake_city import STATION, FakeCity
from tests.fakes.fake_clock import FakeClock

COURSES = ("5", "6", "7", "8")
LENGTH_MS = 600_000


@dataclass(frozen=True, slots=True)
class TorturedBox:
    """A box that has started in `folder`."""

    folder: Path
    clock: FakeClock
    database: Database
    closing: Closing

    def take(self, told: dict[str, Any]) -> tuple[PlayState, ...]:
        """A report comes in; it is acknowledged when this returns."""
        with self.database.writing() as tables:
            return add_report(tables, Report.model_validate(told))

    def hear_time(self, anchor: Anchor) -> None:
        """Somebody tells the time."""
        with self.database.writing() as tables:
            add_anchor(tables, anchor)


def start_box(folder: Path, clock: FakeClock) -> TorturedBox:
    """What the agent does at its start (agent/assembly.py), up to the closing of what was left open."""
    settings = Settings(folder, "http://127.0.0.1:9")
    shelf = Shelf(settings.shelf_folder, settings.shelf_limit_bytes)
    room = Room(settings, clock, shelf, KeptArticles(settings.articles_folder, settings.articles_limit_bytes))
    database = open_database(settings, clock, room)
    with database.writing() as tables:
        begin_boot(tables, clock.boot)
    closing = Closing(database, clock, settings, lambda: None)
    closing.handle_one_look()
    return TorturedBox(folder, clock, database, closing)


def enrol_box(box: TorturedBox, key_id: str = "key-1") -> None:
    """The box is a station's and knows some courses, without any network."""
    city = FakeCity()
    for course_id in COURSES:
        city.add_course(course_id, LENGTH_MS)
    reply = {"revision": 1, "since": 0, "full": True, "removed": [], "channels": [], "courses": city.courses}
    number, kind = StationNumber(STATION["number"]), StationType(STATION["type"])
    with box.database.writing() as tables:
        enrol(tables, Station(number, STATION["name"], STATION["district"], kind), key_id)
        apply_delta(tables, delta_of(reply, 0))
