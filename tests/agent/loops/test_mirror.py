"""The mirror follows the city, and never gives a good catalogue for a bad one."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from agent.clients.box_keys import BoxKeys
from agent.clients.municipal import MunicipalClient
from agent.clients.names import Address, Names, ask_system
from agent.loops.mirror import Mirror
from agent.records.slot import offset_s
from agent.settings import Settings
from agent.stores.box import enrol
from agent.stores.courses.catalogue import known_item, read_course, revision
from agent.stores.courses.covers import Covers
from agent.stores.delivery.outbox import read_delivery
from agent.stores.disk.database import Database
from agent.stores.freshness import catalogue_age_ms
from agent.stores.guide.line_up import channels
from agent.stores.rankings import read_ranking
from agent.stores.stick.receipts import platform_key
from study.station import Station, StationType
from study.units import CourseId, ItemId, StationNumber
from tests.fakes.fake_city import PNG, FakeCity
from tests.fakes.fake_clock import FakeClock


@pytest.fixture
def covers(settings: Settings) -> Covers:
    return Covers(settings.covers_folder)


def mirror_of(
    database: Database,
    client: MunicipalClient,
    clock: FakeClock,
    covers: Covers,
    settings: Settings,
    when_back: Callable[[], None] = lambda: None,
) -> Mirror:
    def highest(_: float, ceiling: float) -> float:
        return ceiling

    return Mirror(
        database,
        client,
        clock,
        covers,
        BoxKeys(settings.key_file),
        settings,
        highest,
        lambda: 300.0,
        lambda: None,
        when_back,
    )


@pytest.fixture
def mirror(
    database: Database, city: FakeCity, clock: FakeClock, settings: Settings, covers: Covers
) -> Iterator[Mirror]:
    station = Station(StationNumber("1"), "站", "东城区", StationType.VILLAGE)
    with database.writing() as tables:
        enrol(tables, station, "key-1")
    client = MunicipalClient(city.url, clock)
    yield mirror_of(database, client, clock, covers, settings)
    client.close()


def test_catalogue_covers_and_ranking_come_to_the_box(
    mirror: Mirror, database: Database, covers: Covers, clock: FakeClock
) -> None:
    assert mirror.handle_one_look() == 300.0
    with database.reading() as tables:
        assert catalogue_age_ms(tables, clock.boot, clock.mono_ms()) == 0
        assert read_course(tables, CourseId("5")) is not None
        assert [channel.title for channel in channels(tables, 0, 100)] == ["党建频道"]
        assert revision(tables) == 1
        assert read_delivery(tables).online
        months = [row[0] for row in tables.execute("SELECT month FROM rankings")]
        assert read_ranking(tables, months[0]) is not None
        assert covers.missing(tables) == []
    assert covers.file("/covers/5.png").read_bytes() == PNG


def test_the_platforms_key_is_learned_only_where_nobody_can_put_another_in_its_place(
    database: Database, city: FakeCity, clock: FakeClock, settings: Settings, covers: Covers, mirror: Mirror
) -> None:
    def at_home(_: str, port: int) -> list[Address]:
        return ask_system("127.0.0.1", port)

    by_name = city.url.replace("127.0.0.1", "city.example")
    client = MunicipalClient(by_name, clock, names=Names(at_home))
    mirror_of(database, client, clock, covers, settings).handle_one_look()
    with database.reading() as tables:
        assert revision(tables) == 1
        assert platform_key(tables) is None
    client.close()
    mirror.handle_one_look()
    with database.reading() as tables:
        assert platform_key(tables) is not None


def test_regular_calls_are_spread_over_their_period_by_station(
    database: Database, city: FakeCity, clock: FakeClock, settings: Settings, covers: Covers, mirror: Mirror
) -> None:
    client = MunicipalClient(city.url, clock)
    wide = replace(settings, spread_s=60.0)
    spread = mirror_of(database, client, clock, covers, wide)
    station = StationNumber("1")
    first_s = spread.handle_one_look()
    assert first_s == pytest.approx(offset_s(station, 60.0), abs=0.01)
    assert city.calls == []
    clock.pass_ms(int(first_s * 1000) + 1)
    wait_s = spread.handle_one_look()
    at_s = clock.mono_ms() / 1000 + wait_s
    assert at_s % 300.0 == pytest.approx(offset_s(station, 300.0), abs=0.01)
    spread.network_changed()
    assert spread.handle_one_look() == pytest.approx(first_s, abs=0.01)
    client.close()


def test_what_is_no_longer_offered_stays_known(mirror: Mirror, database: Database, city: FakeCity) -> None:
    mirror.handle_one_look()
    city.courses = city.courses[1:]
    city.revision = 0
    mirror.handle_one_look()
    with database.reading() as tables:
        assert read_course(tables, CourseId("5")) is None
        assert known_item(tables, ItemId("5.1")) is not None


def test_an_unreadable_row_is_set_aside_with_a_line_in_the_log(
    mirror: Mirror, database: Database, city: FakeCity, caplog: pytest.LogCaptureFixture
) -> None:
    city.courses[0]["title"] = 7
    with caplog.at_level(logging.WARNING):
        mirror.handle_one_look()
    with database.reading() as tables:
        assert read_course(tables, CourseId("5")) is None
        assert read_course(tables, CourseId("6")) is not None
    assert "course set aside: 5: title" in caplog.text


def test_nonsense_leaves_the_good_mirror(mirror: Mirror, database: Database, city: FakeCity) -> None:
    mirror.handle_one_look()
    for course in city.courses:
        course["episodes"] = "nonsense"
    city.revision = 0
    assert mirror.handle_one_look() < 300
    with database.reading() as tables:
        assert read_course(tables, CourseId("5")) is not None


def test_a_cover_that_is_no_picture_is_not_kept(
    mirror: Mirror, database: Database, city: FakeCity, covers: Covers
) -> None:
    city.files["/covers/5.png"] = b"<html>"
    mirror.handle_one_look()
    with database.reading() as tables:
        assert covers.missing(tables) == ["/covers/5.png"]


def test_covers_leave_room_for_the_records(
    mirror: Mirror, city: FakeCity, covers: Covers, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent.stores.courses.covers._KEPT_FREE_BYTES", 2**62)
    mirror.handle_one_look()
    with database.reading() as tables:
        assert len(covers.missing(tables)) == 2
    assert [call for call in city.calls if "/covers/" in call] == ["GET /covers/5.png"]


def test_a_line_that_fails_one_cover_is_not_tried_with_all_the_others(
    mirror: Mirror, city: FakeCity, covers: Covers, database: Database
) -> None:
    mirror.handle_one_look()
    for number in range(3):
        city.add_course(f"9{number}")
    city.revision += 1
    city.cut = "/covers/"
    mirror.handle_one_look()
    assert len([call for call in city.calls if "/covers/9" in call]) == 1


def test_the_cover_of_a_course_that_is_gone_leaves_the_disk(
    mirror: Mirror, city: FakeCity, settings: Settings
) -> None:
    mirror.handle_one_look()
    (settings.covers_folder / "left.part").write_bytes(b"half")
    assert len(list(settings.covers_folder.iterdir())) == 3
    city.courses = city.courses[1:]
    city.revision = 0
    mirror.handle_one_look()
    assert len(list(settings.covers_folder.iterdir())) == 1


def test_before_enrolment_it_only_knocks(
    database: Database, city: FakeCity, clock: FakeClock, settings: Settings, covers: Covers
) -> None:
    client = MunicipalClient(city.url, clock)
    mirror = mirror_of(database, client, clock, covers, settings)
    assert mirror.handle_one_look() == 10.0
    client.close()
    assert city.calls == ["GET /v1/health"]
    with database.reading() as tables:
        assert read_delivery(tables).online


def test_the_ranking_is_fetched_hourly_or_when_own_hours_were_delivered(
    mirror: Mirror, city: FakeCity, clock: FakeClock
) -> None:
    def asked() -> int:
        mirror.handle_one_look()
        return sum("ranking" in call for call in city.calls)

    assert [asked(), asked()] == [1, 1]
    mirror.ranking_has_moved()
    assert asked() == 2
    clock.pass_ms(3_600_000)
    assert asked() == 3


def test_the_platform_answering_again_is_told_once(
    mirror: Mirror, database: Database, city: FakeCity, clock: FakeClock, settings: Settings, covers: Covers
) -> None:
    told: list[bool] = []
    client = MunicipalClient(city.url, clock)
    again = mirror_of(database, client, clock, covers, settings, lambda: told.append(True))
    again.handle_one_look()
    again.handle_one_look()
    client.close()
    assert told == [True]


def test_a_platform_that_is_away_is_asked_less_and_less(
    mirror: Mirror, city: FakeCity, clock: FakeClock
) -> None:
    city.courses[0]["episodes"] = city.courses[1]["episodes"] = None
    assert [mirror.handle_one_look() for _ in range(5)] == [1.0, 2.0, 4.0, 8.0, 8.0]
