"""The door for records: real signatures over real HTTP; nothing that comes in makes a 500."""

import base64
import hashlib
import http.client
import os
import zlib
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from municipal.stores.keys import revoke_keys
from study.city_api import RECORDS
from study.wire import RUN_BYTES_MAX, encode
from tests.municipal.box import NOON, Box, anchor, runs_of, sent, study
from tests.municipal.city import City, running_city


def run(station: str = "V1"):
    return runs_of(station, [anchor(1), study(2)])[0]


def test_a_signed_run_is_acknowledged(city):
    reply = city.box().send(run())
    assert reply.status_code == 200
    assert reply.json() == {
        "high_water": 2,
        "refusals": [],
        "time": "2026-11-21T08:00:00+00:00",
        "call_again_s": 60,
    }


@pytest.mark.parametrize("years", [-30, 30])
def test_the_boxs_own_clock_is_never_a_reason_to_refuse(city, years):
    box = city.box()
    box.now = NOON + timedelta(days=365 * years)
    assert box.send(run()).status_code == 200


def test_refusals_name_the_record_in_words(city):
    wrong = runs_of("V1", [anchor(1), study(2, rule="bj-2099")])[0]
    reply = city.box().send(wrong).json()
    assert reply["refusals"] == [
        {"seq": 2, "code": "unknown_rule", "words": "平台不认识规则“bj-2099”，请升级平台"}
    ]
    assert reply["high_water"] == 2


def test_a_key_nobody_enrolled_is_401(city):
    assert Box(city.url).send(run()).status_code == 401


def test_another_key_under_an_enrolled_name_is_401(city):
    assert Box(city.url, key_id=city.box().key_id).send(run()).status_code == 401


def test_a_key_that_was_struck_off_is_401(city):
    box = city.box()
    with city.database.writing() as connection:
        revoke_keys(connection, "V1")
    reply = box.send(run())
    assert (reply.status_code, reply.json()["code"]) == (401, "key_revoked")


@pytest.mark.parametrize("name", ["Signature", "Signature-Input", "Content-Digest", "Content-Type"])
def test_a_signature_that_lacks_a_part_is_401(city, name):
    request = city.box().request(encode(run()))
    del request.headers[name]
    assert sent(request).status_code == 401


def test_a_body_that_was_changed_on_the_way_is_401_so_that_the_box_tries_again(city):
    request = city.box().request(encode(run()))
    request.body = encode(runs_of("V1", [anchor(1), study(2, 3_000_000)])[0])
    request.headers["Content-Length"] = str(len(request.body))
    assert sent(request).status_code == 401


def test_a_digest_of_the_changed_body_does_not_help(city):
    request = city.box().request(encode(run()))
    request.body = encode(runs_of("V1", [anchor(1), study(2, 3_000_000)])[0])
    digest = base64.b64encode(hashlib.sha256(request.body).digest()).decode()
    request.headers["Content-Length"] = str(len(request.body))
    request.headers["Content-Digest"] = f"sha-256=:{digest}:"
    assert sent(request).status_code == 401


def test_a_signature_that_does_not_cover_the_body_is_401(city):
    request = city.box().request(encode(run()))
    request.headers["Signature-Input"] = request.headers["Signature-Input"].replace(' "content-digest"', "")
    assert sent(request).status_code == 401


def test_a_run_of_another_station_is_400(city):
    reply = city.box("v1").send(run("C1"))
    assert (reply.status_code, reply.json()["code"]) == (400, "other_station")


@pytest.mark.parametrize(
    "body", [b"", b"garbage", zlib.compress(b"[]"), zlib.compress(b"{}"), zlib.compress(b"0" * 5_000_000)]
)
def test_signed_garbage_is_400(city, body):
    reply = city.box().send_body(body)
    assert (reply.status_code, reply.json()["code"]) == (400, "not_a_run")


def test_a_text_that_is_no_unicode_is_400(city):
    plain = zlib.decompress(encode(run())).replace(b'"tv-1"', b'"\\ud800"')
    assert city.box().send_body(zlib.compress(plain)).status_code == 400


def test_a_body_above_the_limit_is_413(city):
    assert city.box().send_body(os.urandom(RUN_BYTES_MAX + 1)).status_code == 413


def test_a_body_of_no_declared_length_is_413_as_soon_as_it_is_too_long(city):
    parts = (bytes(1024) for _ in range(RUN_BYTES_MAX // 1024 + 2))
    connection = http.client.HTTPConnection(urlsplit(city.url).netloc, timeout=10)
    connection.request(
        "POST", RECORDS, body=parts, encode_chunked=True, headers={"Transfer-Encoding": "chunked"}
    )
    assert connection.getresponse().status == 413
    connection.close()


def test_the_backlog_that_a_box_tells_is_kept(city):
    box = city.box()
    for told in ("17", "nonsense", "-1", "9" * 30):
        assert sent(box.request(encode(run()), {"Zhanxue-Backlog": told})).status_code == 200
    with city.database.reading() as connection:
        row = connection.exec_driver_sql(
            "SELECT backlog, last_seen_at_ms FROM stations WHERE number='V1'"
        ).one()
    assert row.backlog == 17
    assert datetime.fromtimestamp(row.last_seen_at_ms / 1000, UTC) == city.clock.now


header_value = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60)
signature_part = st.sampled_from(
    [
        "pyhms=",
        '("@method" "@path")',
        ";keyid=",
        '"V1-0"',
        ";created=",
        "99999999999999",
        ":AAAA:",
        "1",
        "?0",
        ",",
    ]
)
odd_value = st.lists(signature_part, max_size=8).map("".join) | header_value


@pytest.fixture(scope="module")
def lasting_city(tmp_path_factory):
    with running_city(tmp_path_factory.mktemp("lasting")) as running:
        yield running


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_header_and_no_body_makes_a_500(lasting_city: City, data):
    request = lasting_city.box().request(data.draw(st.binary(max_size=80)))
    for name in data.draw(st.sets(st.sampled_from(["Signature", "Signature-Input", "Content-Digest"]))):
        request.headers[name] = data.draw(odd_value)
    assert sent(request).status_code in (400, 401)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_run_with_odd_values_in_it_makes_a_500(lasting_city: City, data):
    plain = bytearray(zlib.decompress(encode(run())))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(plain) - 1))
        odd = data.draw(
            st.sampled_from([b"0", b"-", b"9" * 16, b"null", b"[]", b'"', b"\xff", b"\\ud800", b"e9"])
        )
        plain[at : at + data.draw(st.integers(0, 3))] = odd
    assert lasting_city.box().send_body(zlib.compress(bytes(plain))).status_code in (200, 400)
