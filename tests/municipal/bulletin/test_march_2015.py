"""The bulletin of March 2015 out of raw sessions, through the real signed intake: no figure differs."""

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from municipal.bulletin.csv_files import as_csv
from municipal.bulletin.drawing import draw_bulletin
from municipal.bulletin.sheets import Sheet, sheets_of
from municipal.database import Database
from municipal.stores.keys import BoxKey, KeyState, add_key
from municipal.stores.stations import add_district, put_station
from municipal.tables import articles, courses
from study.units import StationNumber
from tests.municipal.box import Box, runs_of
from tests.municipal.bulletin.march_2015 import MONTH, March2015, published
from tests.municipal.city import Backend, City, chosen, running_city

WHOLE = ("hours_by_district", "participation", "top_stations", "top_courses", "top_articles")
TWICE_EVERY = 25


@dataclass(frozen=True)
class Drawn:
    """The tables, and what went in."""

    sheets: dict[str, Sheet]
    delivered: int
    repeated: int


def set_up(database: Database, march: March2015, boxes: dict[str, Box]) -> None:
    """Districts, stations with the keys of their boxes, courses and articles."""
    with database.writing() as connection:
        for table in ("activation_codes", "stations", "districts"):
            connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608  the small city of other tests
        for district in march.districts:
            add_district(connection, district)
        for row in march.stations:
            put_station(connection, row)
        for number, box in boxes.items():
            key = BoxKey(StationNumber(number), box.key_id, box.public_key, KeyState.ACTIVE)
            add_key(connection, key, 0)
        for place, course in enumerate(march.courses):
            connection.execute(
                courses.insert().values(
                    course_id=course.course_id,
                    title=course.title,
                    producer=course.producer,
                    category=course.category,
                    **{"topic": "", "monthly": "", "cover_path": "", "position": place, "revision": 1},
                    removed=False,
                )
            )
        for number, title, column in march.articles:
            connection.execute(
                articles.insert().values(
                    article_id=number,
                    title=title,
                    category=column,
                    **{"producer": "", "topic": "", "published_on": "2015-03-02", "body_sha256": ""},
                    **{"body_bytes": 0, "revision": 1, "removed": False},
                )
            )


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drawn]:
    """On SQLite unless ZHANXUE_MARCH_ON names the other: two thousand boxes take most of a minute."""
    chosen[0] = Backend(os.environ.get("ZHANXUE_MARCH_ON", Backend.SQLITE))
    march = March2015()
    with running_city(tmp_path_factory.mktemp("march")) as city:
        city.clock.now = datetime(2015, 4, 2, 1, 0, tzinfo=UTC)
        told = list(march.boxes())
        boxes = {number: _box(city, number) for number, _records in told}
        set_up(city.database, march, boxes)
        delivered = repeated = 0
        for place, (number, records) in enumerate(told):
            for run in runs_of(number, records):
                answer = boxes[number].send(run)
                assert answer.status_code == 200, answer.text
                delivered += len(run.records)
                if place % TWICE_EVERY == 0:
                    assert boxes[number].send(run).status_code == 200
                    repeated += len(run.records)
        with city.database.reading() as connection:
            sheets = {sheet.name: sheet for sheet in sheets_of(draw_bulletin(connection, MONTH))}
        yield Drawn(sheets, delivered, repeated)
    chosen[0] = Backend.SQLITE


def _box(city: City, number: str) -> Box:
    return Box(city.url, f"key-{number}", Ed25519PrivateKey.generate(), city.clock.now)


def as_published(sheet: Sheet) -> list[dict[str, str]]:
    """The rows as our CSV file has them, with the fields of the published one."""
    return list(csv.DictReader(StringIO(as_csv(sheet))))


@pytest.mark.parametrize("name", WHOLE)
def test_a_published_table_comes_out_to_the_last_figure(drawn: Drawn, name: str) -> None:
    assert as_published(drawn.sheets[name]) == published(name)


def test_the_categories_of_both_types_come_out(drawn: Drawn) -> None:
    assert as_published(drawn.sheets["categories_by_user_type"]) == published("categories_by_user_type")


OUT_OF_ORDER = "关于基层干部心理健康与调适问题"


@pytest.mark.parametrize("kind", ["village", "community"])
def test_the_courses_of_both_types_come_out_but_for_the_place_of_one(drawn: Drawn, kind: str) -> None:
    """It was published below courses with fewer clicks, in both lists; ours stand by their clicks."""
    ours, theirs = (
        [(row[f"{kind}_course"], int(row[f"{kind}_clicks"])) for row in rows]
        for rows in (as_published(drawn.sheets["courses_by_user_type"]), published("courses_by_user_type"))
    )
    assert ours != theirs
    assert ours == sorted(theirs, key=lambda row: -row[1])
    rest = [row for row in theirs if row[0] != OUT_OF_ORDER]
    assert rest == [row for row in ours if row[0] != OUT_OF_ORDER]


def test_much_was_told_that_does_not_count(drawn: Drawn) -> None:
    assert drawn.delivered > 20_000
    assert drawn.repeated > 500
