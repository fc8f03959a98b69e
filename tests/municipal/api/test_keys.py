"""The door at which a key makes way for another, by signed calls over real HTTP."""

import base64
import json

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner
from http_message_signatures.algorithms import ED25519
from http_message_signatures.resolvers import MappingKeyResolver

from municipal.stores.keys import KeyState, key_of, revoke_keys
from study.city_api import KEYS, SIGNED_COMPONENTS
from tests.municipal.box import Box, anchor, runs_of, sent, study
from tests.municipal.city import City


def name(box: Box, new: Box, body: bytes | None = None) -> requests.Response:
    sent_body = body or json.dumps({"public_key": base64.b64encode(new.public_key).decode()}).encode()
    request = requests.Request(
        "POST", box.url + KEYS, data=sent_body, headers={"Content-Type": "application/json"}
    ).prepare()
    resolver = MappingKeyResolver(public_keys={}, private_keys={box.key_id: box.key})
    covered = [name for name in SIGNED_COMPONENTS if name != "content-digest"]
    HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=resolver).sign(
        request, key_id=box.key_id, created=box.now, covered_component_ids=covered, body=sent_body
    )
    return sent(request)


def state(city: City, key_id: str) -> KeyState:
    with city.database.reading() as connection:
        key = key_of(connection, key_id)
    assert key is not None
    return key.state


@pytest.fixture
def new(city: City) -> Box:
    return Box(city.url, key=Ed25519PrivateKey.generate())


def test_the_new_key_signs_from_now_on_and_the_old_one_no_more(city: City, new: Box) -> None:
    old = city.box()
    new.key_id = name(old, new).json()["key_id"]
    run = runs_of("V1", [anchor(1), study(2)])[0]
    refused = old.send(run)
    assert (refused.status_code, refused.json()["code"]) == (401, "key_replaced")
    assert new.send(run).json()["high_water"] == 2
    assert state(city, old.key_id) is KeyState.REPLACED


def test_a_box_that_did_not_hear_the_answer_asks_again_and_gets_the_same(city: City, new: Box) -> None:
    old = city.box()
    assert name(old, new).json()["key_id"] == name(old, new).json()["key_id"]


def test_a_key_that_was_replaced_names_no_further_one(city: City, new: Box) -> None:
    old = city.box()
    name(old, new)
    reply = name(old, Box(city.url))
    assert (reply.status_code, reply.json()["code"]) == (401, "key_replaced")


def test_its_own_key_named_again_changes_nothing(city: City) -> None:
    box = city.box()
    assert name(box, box).json()["key_id"] == box.key_id
    assert state(city, box.key_id) is KeyState.ACTIVE


def test_a_key_that_was_struck_off_names_none_and_is_not_named(city: City, new: Box) -> None:
    box = city.box()
    with city.database.writing() as connection:
        revoke_keys(connection, "V1")
    for named in (new, box):
        reply = name(box, named)
        assert (reply.status_code, reply.json()["code"]) == (401, "key_revoked")


def test_striking_off_takes_the_keys_of_before_as_well(city: City, new: Box) -> None:
    old = city.box()
    name(old, new)
    with city.database.writing() as connection:
        assert revoke_keys(connection, "V1") == 1
    assert state(city, old.key_id) is KeyState.REVOKED


@pytest.mark.parametrize("body", [b"{}", b"no", b'{"public_key": "AAAA"}', b'{"public_key": "!"}'])
def test_what_is_no_key_is_400(city: City, new: Box, body: bytes) -> None:
    assert name(city.box(), new, body).status_code == 400


def test_nobody_else_names_a_key(city: City, new: Box) -> None:
    stranger = Box(city.url, key_id=city.box().key_id)
    assert name(stranger, new).status_code == 401
