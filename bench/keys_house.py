"""A station box that has mirrored a catalogue as large as the real one."""

import time
from datetime import UTC, datetime
from pathlib import Path

from bench.keys_catalogue import COVERS, FILM, FILM_CONTENT, courses, covers, write_channels
from bench.playback_eyes import wait_for
from demo.covers import make_covers
from demo.house import TABLES, House, Media
from municipal.database import open_database, sqlite_url
from municipal.stores.catalogue import open_revision, put_course
from study.month import month_of

MIRRORED_WITHIN_S = 300.0
CODEC = "h264"


def large_house(folder: Path, display: str) -> House:
    """City and box with all courses, and the covers on the box; the city runs on, the agent does not.

    The courses are put straight into the platform's stores: its import would look into each file.
    """
    media = folder / "media"
    media.mkdir(parents=True)
    (media / FILM).write_bytes(FILM_CONTENT)
    make_covers(covers(), folder / "covers", print)
    house = House(folder / "house", Media(media, folder / "covers"), display)
    began = time.monotonic()
    _fill_city(house, media)
    house.start_city()
    house.start_agent()
    house.enrol_box()
    held = house.folder / "box" / "covers"
    wait_for(lambda: len(list(held.glob("*"))) >= COVERS, MIRRORED_WITHIN_S)
    print(f"the box has its catalogue after {time.monotonic() - began:.0f} s", flush=True)
    house.agent.stop()
    return house


def _fill_city(house: House, media: Path) -> None:
    house.city_command("init")
    for table in ("districts", "stations"):
        house.city_command("import", table, str(TABLES / f"{table}.csv"))
    sheet = house.folder / "channels.csv"
    write_channels(sheet)
    house.city_command("import", "channels", str(sheet), "--media", str(media))
    now = datetime.now(UTC)
    database = open_database(sqlite_url(house.folder / "city" / "municipal.db"))
    with database.writing() as connection:
        revision = open_revision(connection, "bench", int(now.timestamp() * 1000))
        for course in courses(month_of(now)):
            put_course(connection, course, {part.number: CODEC for part in course.episodes}, revision)
    database.close()
