"""What is known of the boxes: by their deliveries, by their signed fetches, and as a list."""

import json
from datetime import timedelta

import pytest
import requests
from http_message_signatures import HTTPMessageSigner
from http_message_signatures.algorithms import ED25519
from http_message_signatures.resolvers import MappingKeyResolver

from municipal.boxes import as_json, as_text
from municipal.stores.box_health import BoxRow, all_boxes
from study.city_api import BACKLOG_HEADER, CATALOGUE, HEALTH_HEADER
from study.health import Health
from study.wire import encode
from tests.municipal.box import Box, anchor, runs_of, sent
from tests.municipal.city import START, City

TOLD = 'version="0.1.0", free_mb=5120, refused=1, clock="platform", warnings=2'
HEALTH = Health("0.1.0", 5120, 1, "platform", 2)
RUN = encode(runs_of("V1", [anchor(1)])[0])


def known(city: City) -> BoxRow:
    with city.database.reading() as connection:
        return next(row for row in all_boxes(connection) if row.number == "V1")


def fetch(box: Box, health: str = TOLD, backlog: str = "4") -> requests.Response:
    headers = {BACKLOG_HEADER: backlog, HEALTH_HEADER: health}
    request = requests.Request("GET", box.url + CATALOGUE, headers=headers).prepare()
    resolver = MappingKeyResolver(public_keys={}, private_keys={box.key_id: box.key})
    covered = ["@method", "@path", *(name.lower() for name in headers)]
    HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=resolver).sign(
        request, key_id=box.key_id, created=box.now, covered_component_ids=covered
    )
    return sent(request)


def test_a_delivery_tells_how_the_box_is(city: City) -> None:
    box = city.box()
    reply = sent(box.request(RUN, {BACKLOG_HEADER: "3", HEALTH_HEADER: TOLD}))
    assert reply.status_code == 200
    assert (known(city).backlog, known(city).health) == (3, HEALTH)


@pytest.mark.parametrize(
    "field",
    ["", "nonsense;;", "version=1", TOLD.replace("5120", "-1"), TOLD.replace("0.1.0", "9" * 99), "a" * 9_999],
)
def test_a_box_is_never_turned_away_for_what_it_says_of_itself(city: City, field: str) -> None:
    assert sent(city.box().request(RUN, {HEALTH_HEADER: field})).status_code == 200
    assert known(city).health is None


def test_a_box_that_only_fetches_is_heard_of_by_its_signature(city: City) -> None:
    assert fetch(city.box()).status_code == 200
    assert (known(city).backlog, known(city).health) == (4, HEALTH)
    assert known(city).last_seen_at_ms == int(START.timestamp() * 1000)


def test_a_fetch_that_somebody_else_signed_is_answered_and_tells_nothing(city: City) -> None:
    stranger = Box(city.url, key_id=city.box().key_id)
    assert fetch(stranger).status_code == 200
    assert known(city).last_seen_at_ms is None


def test_a_fetch_is_noted_once_a_minute(city: City) -> None:
    fetch(city.box())
    fetch(city.box(), backlog="5")
    assert known(city).backlog == 4
    city.clock.now += timedelta(minutes=1)
    fetch(city.box(), backlog="5")
    assert known(city).backlog == 5


def test_the_list_marks_those_long_unheard_of() -> None:
    seen_ms = int(START.timestamp() * 1000)
    rows = [
        BoxRow("C1", "鼓楼社区", "密云", None, None, None),
        BoxRow("V1", "埝坛村", "大兴", seen_ms, 3, HEALTH),
    ]
    week = START + timedelta(days=7)
    table = as_text(rows, week, 7)
    assert "久未联系" not in table
    assert "从未联系" in table
    assert "2026-11-21 16:00" in table
    assert "5120 MB" in table
    later = as_text(rows, week + timedelta(seconds=1), 7)
    assert "1 个超过 7 天没有联系" in later
    [new, silent] = json.loads(as_json(rows, week + timedelta(seconds=1), 7))["boxes"]
    assert (new["silent"], silent["silent"]) == (False, True)
    assert (new["last_seen_at"], silent["backlog"], silent["health"]["free_mb"]) == (None, 3, 5120)
