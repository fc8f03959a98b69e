"""Courses come onto the box whole, checked, one at a time, and stand back for those who watch."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from agent.clients.municipal import MunicipalClient
from agent.loops.loop import Loop
from agent.loops.shelf import Stocking
from agent.records.delta import delta_of
from agent.settings import Settings
from agent.stores.box import enrol
from agent.stores.courses.catalogue import apply_delta
from agent.stores.courses.shelf import Shelf, Wanted, on_box
from agent.stores.disk.database import Database
from study.station import Station, StationType
from study.thumbnails import SHEET_BYTES_MAX
from study.units import CourseId, StationNumber
from tests.fakes.fake_city import CUE, JPEG, FakeCity
from tests.fakes.fake_clock import FakeClock

BOTH = [CourseId("5"), CourseId("6")]


class Box:
    """A shelf being stocked."""

    def __init__(self, database: Database, settings: Settings, clock: FakeClock, url: str) -> None:
        self.busy = False
        self.database = database
        self.shelf = Shelf(settings.shelf_folder, settings.shelf_limit_bytes)
        self.client = MunicipalClient(url, clock)
        self.stocking = Stocking(
            database, self.client, clock, self.shelf, settings, lambda: self.busy, Loop("shelf")
        )

    def here(self) -> set[str]:
        with self.database.reading() as tables:
            return on_box(tables, BOTH)


@pytest.fixture
def box(mirrored: Database, settings: Settings, clock: FakeClock, city: FakeCity) -> Iterator[Box]:
    station = Station(StationNumber("1"), "站", "东城区", StationType.VILLAGE)
    with mirrored.writing() as tables:
        enrol(tables, station, "key-1")
    held = Box(mirrored, settings, clock, city.url)
    yield held
    held.client.close()


def test_the_months_study_comes_first(box: Box) -> None:
    assert box.stocking.handle_one_file() == 0.0
    assert box.here() == {"6.1"}
    assert box.stocking.handle_one_file() == 0.0
    assert box.here() == {"5.1", "6.1"}
    assert box.stocking.handle_one_file() == 600.0


def test_a_download_goes_on_where_it_was_cut(box: Box, city: FakeCity) -> None:
    with box.database.reading() as tables:
        wanted = box.shelf.next_wanted(tables, "", ())
    assert wanted is not None
    box.shelf.part(wanted).write_bytes(city.files[wanted.media][:1000])
    box.stocking.handle_one_file()
    assert city.ranges == ["bytes=1000-"]
    assert box.shelf.file(wanted).read_bytes() == city.files[wanted.media]


def test_a_file_with_another_checksum_never_gets_onto_the_shelf(
    box: Box, city: FakeCity, caplog: pytest.LogCaptureFixture
) -> None:
    city.files["/media/6.mp4"] = b"other" * 1000
    with caplog.at_level(logging.WARNING):
        box.stocking.handle_one_file()
    assert box.here() == set()
    assert "checksum" in caplog.text
    box.stocking.handle_one_file()
    assert box.here() == {"5.1"}


def test_a_file_the_platform_has_lost_keeps_no_other_waiting_and_is_asked_for_again(
    box: Box, city: FakeCity, clock: FakeClock
) -> None:
    lost = city.files.pop("/media/6.mp4")
    assert [box.stocking.handle_one_file() for _ in range(3)] == [0.0, 0.0, 600.0]
    assert box.here() == {"5.1"}
    city.files["/media/6.mp4"] = lost
    clock.pass_ms(600_000)
    box.stocking.handle_one_file()
    assert box.here() == {"5.1", "6.1"}


def test_a_login_page_in_place_of_a_film_is_thrown_away(box: Box, city: FakeCity) -> None:
    city.files["/media/6.mp4"] = b"<html>"
    box.stocking.handle_one_file()
    box.stocking.handle_one_file()
    assert box.here() == {"5.1"}
    assert not list(box.shelf.part(_first(box)).parent.glob("*.part"))


def test_a_copy_that_was_cut_short_on_the_box_is_not_played_and_comes_again(box: Box) -> None:
    wanted = _first(box)
    for _ in range(3):
        box.stocking.handle_one_file()
    box.shelf.file(wanted).write_bytes(b"med")
    with box.database.reading() as tables:
        assert box.shelf.own_copy(tables, wanted.media) is None
    box.stocking.handle_one_file()
    with box.database.reading() as tables:
        assert box.shelf.own_copy(tables, wanted.media) == box.shelf.file(wanted)


def _first(box: Box) -> Wanted:
    with box.database.reading() as tables:
        wanted = box.shelf.next_wanted(tables, "2026-11", ())
    assert wanted is not None
    return wanted


def test_it_stands_back_while_somebody_watches_over_the_line(box: Box, city: FakeCity) -> None:
    box.busy = True
    assert box.stocking.handle_one_file() == 10.0
    assert city.calls == []


def test_the_limit_holds(
    mirrored: Database, box: Box, settings: Settings, clock: FakeClock, city: FakeCity
) -> None:
    small = Box(mirrored, replace(settings, shelf_limit_bytes=6_000), clock, city.url)
    waits: list[Any] = [small.stocking.handle_one_file() for _ in range(2)]
    small.client.close()
    assert waits == [0.0, 600.0]
    assert small.here() == {"6.1"}


def test_what_is_no_longer_offered_leaves_the_shelf_and_what_was_lost_comes_again(
    box: Box, settings: Settings
) -> None:
    for _ in range(3):
        box.stocking.handle_one_file()
    for file in settings.shelf_folder.iterdir():
        file.unlink()
    box.stocking.handle_one_file()
    assert box.here() == {"6.1"}
    for _ in range(2):
        box.stocking.handle_one_file()
    with box.database.writing() as tables:
        tables.execute("UPDATE episodes SET gone = 1")
    box.stocking.handle_one_file()
    assert box.here() == set()
    assert list(settings.shelf_folder.iterdir()) == []


def test_a_platform_that_is_away_is_left_alone_until_it_is_back(
    mirrored: Database, box: Box, settings: Settings, clock: FakeClock
) -> None:
    alone = Box(mirrored, settings, clock, "http://127.0.0.1:9")
    assert alone.stocking.handle_one_file() == 600.0
    alone.client.close()


def _with_beside(box: Box, city: FakeCity, **more: bytes) -> None:
    """The month's course 6 now has a film of its own, subtitles and thumbnails."""
    film = b"another film" * 100
    city.files["/media/6.mp4"] = film
    city.courses[1]["episodes"][0] |= {"sha256": sha256(film).hexdigest(), "bytes": len(film)}
    city.add_beside("6", **more)
    city.revision += 1
    rows = {"courses": city.courses, "channels": [], "removed": []}
    with box.database.writing() as tables:
        apply_delta(tables, delta_of({"revision": 2, "since": 1, "full": False, **rows}, 1))


def _held(box: Box) -> list[str]:
    with box.database.reading() as tables:
        paths = [row[0] for row in tables.execute("SELECT media FROM shelf ORDER BY media")]
        assert all(box.shelf.own_copy(tables, path) is not None for path in paths)
    return paths


ALL_OF_6 = ["/media/6.mp4", "/media/6.srt", "/media/thumbnails/6-1.jpg"]


def test_what_lies_beside_a_course_comes_right_after_it(box: Box, city: FakeCity) -> None:
    _with_beside(box, city)
    assert [box.stocking.handle_one_file() for _ in range(3)] == [0.0, 0.0, 0.0]
    assert _held(box) == ALL_OF_6
    with box.database.reading() as tables:
        found = box.shelf.own_copy(tables, "/media/6.srt")
        assert found is not None and found.read_bytes() == CUE
        [size] = tables.execute("SELECT sum(bytes) FROM shelf").fetchone()
    assert size == len(city.files["/media/6.mp4"]) + len(CUE) + len(JPEG)
    assert [box.stocking.handle_one_file() for _ in range(2)] == [0.0, 600.0]
    assert _held(box) == ["/media/5.mp4", *ALL_OF_6]


def test_what_lies_beside_a_course_leaves_with_it(box: Box, city: FakeCity, settings: Settings) -> None:
    _with_beside(box, city)
    for _ in range(4):
        box.stocking.handle_one_file()
    with box.database.writing() as tables:
        assert box.shelf.give_up_one(tables, "2026-11")
    assert _held(box) == ALL_OF_6
    with box.database.writing() as tables:
        assert box.shelf.give_up_one(tables, "2026-11")
        assert not box.shelf.give_up_one(tables, "2026-11")
    assert _held(box) == []
    assert list(settings.shelf_folder.iterdir()) == []


def test_a_course_taken_out_of_the_catalogue_leaves_the_shelf_whole(
    box: Box, city: FakeCity, settings: Settings
) -> None:
    _with_beside(box, city)
    for _ in range(4):
        box.stocking.handle_one_file()
    reply = {"revision": 3, "since": 2, "full": False, "courses": [], "channels": [], "removed": ["6"]}
    with box.database.writing() as tables:
        apply_delta(tables, delta_of(reply, 2))
    box.stocking.handle_one_file()
    box.stocking.handle_one_file()
    assert _held(box) == ["/media/5.mp4"]
    assert len(list(settings.shelf_folder.iterdir())) == 1


def test_subtitles_that_changed_come_again_and_the_old_ones_go(
    box: Box, city: FakeCity, settings: Settings
) -> None:
    _with_beside(box, city)
    for _ in range(5):
        box.stocking.handle_one_file()
    other = CUE.replace(b"1", b"2")
    _with_beside(box, city, text=other)
    with box.database.reading() as tables:
        assert box.shelf.own_copy(tables, "/media/6.srt") is None
    box.stocking.handle_one_file()
    with box.database.reading() as tables:
        found = box.shelf.own_copy(tables, "/media/6.srt")
    assert found is not None and found.read_bytes() == other
    assert len(list(settings.shelf_folder.iterdir())) == 4


@pytest.mark.parametrize("sheet", [b"", b"<html>", JPEG[:-2], JPEG[4:]])
def test_a_picture_that_is_not_whole_keeps_no_other_waiting(
    box: Box, city: FakeCity, clock: FakeClock, sheet: bytes
) -> None:
    _with_beside(box, city, sheet=sheet)
    assert [box.stocking.handle_one_file() for _ in range(5)] == [0.0, 0.0, 0.0, 0.0, 600.0]
    assert _held(box) == ["/media/5.mp4", "/media/6.mp4", "/media/6.srt"]
    city.files["/media/thumbnails/6-1.jpg"] = JPEG
    clock.pass_ms(600_000)
    box.stocking.handle_one_file()
    assert _held(box) == ["/media/5.mp4", *ALL_OF_6]


def test_pictures_find_no_room_beyond_the_limit(
    mirrored: Database, box: Box, settings: Settings, clock: FakeClock, city: FakeCity
) -> None:
    """A sheet's size is not known before it is here, so that there must be room for the largest."""
    _with_beside(box, city)
    limit = len(city.files["/media/6.mp4"]) + SHEET_BYTES_MAX + len(CUE) - 1
    small = Box(mirrored, replace(settings, shelf_limit_bytes=limit), clock, city.url)
    for _ in range(4):
        small.stocking.handle_one_file()
    small.client.close()
    assert "/media/thumbnails/6-1.jpg" not in _held(box)


def test_nothing_is_fetched_beside_a_course_that_is_not_here(box: Box, city: FakeCity) -> None:
    _with_beside(box, city)
    del city.files["/media/6.mp4"]
    assert [box.stocking.handle_one_file() for _ in range(3)] == [0.0, 0.0, 600.0]
    assert _held(box) == ["/media/5.mp4"]
    assert "GET /media/6.srt" not in city.calls
