"""The door for the operator, and what is answered when the database is away."""

import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests

from tests.municipal.box import anchor, runs_of, study


def test_a_platform_that_is_well_says_so(city):
    reply = requests.get(city.url + "/v1/health", timeout=10)
    assert (reply.status_code, reply.json()["state"], reply.json()["alarms"]) == (200, "ok", 0)


def test_a_database_that_cannot_be_written_is_503_and_nothing_is_lost(city, tmp_path):
    box, run = city.box(), runs_of("V1", [anchor(1), study(2)])[0]
    with city.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE records RENAME TO gone")
    reply = box.send(run)
    assert (reply.status_code, reply.json()["code"], reply.headers["Retry-After"]) == (503, "storage", "60")
    with city.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO records")
    assert box.send(run).json()["high_water"] == 2


def test_every_answer_carries_the_date_at_which_it_begins(city):
    for path in ("/v1/health", "/v1/nothing", "/media/nothing.mp4") * 20:
        before = datetime.now(UTC).replace(microsecond=0)
        reply = requests.get(city.url + path, timeout=10)
        assert before <= parsedate_to_datetime(reply.headers["Date"]) <= datetime.now(UTC)
        time.sleep(0.03)


def test_an_address_that_does_not_exist_is_404_in_words(city):
    reply = requests.get(city.url + "/v1/nothing", timeout=10)
    assert (reply.status_code, reply.json()["code"]) == (404, "not_found")
    assert requests.put(city.url + "/v1/health", timeout=10).status_code == 405
