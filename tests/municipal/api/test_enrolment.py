"""The door for enrolment."""

import base64
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.municipal.box import Box
from tests.municipal.city import CODE


def post(city, **changes):
    key = base64.b64encode(Box(city.url).public_key).decode()
    body = {"account": "v1", "code": CODE, "public_key": key} | changes
    return requests.post(city.url + "/v1/enrol", json=body, timeout=10)


def test_a_box_becomes_its_station(city):
    reply = post(city).json()
    assert reply["station"] == {"number": "V1", "name": "埝坛村", "district": "大兴", "type": "village"}
    assert reply["key_id"].startswith("V1-")
    assert reply["time"] == "2026-11-21T08:00:00+00:00"


def test_a_reply_that_was_lost_does_not_cost_the_code(city):
    key = base64.b64encode(Box(city.url).public_key).decode()
    assert post(city, public_key=key).json() == post(city, public_key=key).json()
    assert post(city).status_code == 403


def test_one_code_asked_for_by_many_boxes_at_once_enrols_one(city):
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: post(city).status_code, range(6)))
    assert sorted(answers) == [200, 403, 403, 403, 403, 403]


def test_too_many_failures_are_told_when_to_come_back(city):
    for _ in range(10):
        assert post(city, code="0").status_code == 403
    reply = post(city)
    assert (reply.status_code, reply.headers["Retry-After"]) == (429, "900")
    assert reply.json() == {
        "code": "too_many_tries",
        "words": "试错次数过多，请 15 分钟后再试。",
        "retry_after_s": 900,
    }


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"account":1}', b'{"account":"\\ud800","code":"1","public_key":""}', b"\xff" * 100],
)
def test_a_body_of_another_form_is_400(city, body):
    reply = requests.post(city.url + "/v1/enrol", data=body, timeout=10)
    assert (reply.status_code, reply.json()["code"]) == (400, "bad_request")


def test_a_key_that_is_no_key_is_400(city):
    assert post(city, public_key="!!").status_code == 400
    assert post(city, public_key="AAAA").json()["code"] == "bad_key"


def test_a_body_above_the_limit_is_413(city):
    assert requests.post(city.url + "/v1/enrol", data=b"x" * 5000, timeout=10).status_code == 413
