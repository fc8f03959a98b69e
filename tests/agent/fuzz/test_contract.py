"""The local API keeps to its own description, whatever is asked of it."""

from hashlib import sha256
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import assume, given
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from study.local_api import CORRECTION, ErrorReply
from tests.agent.fuzz.box import Box
from tests.agent.fuzz.examples import thorough
from tests.fakes.fake_city import JPEG

CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]
THERE = {
    "course_id": "5",
    "item_id": "5.1",
    "path": "media/5.mp4",
    "channel_id": "L2",
    "article_id": "1",
    "digest": sha256(JPEG).hexdigest(),
}
KINDS_OF_ASKING = ["as_described", "otherwise", "for_what_is_there"]


@pytest.mark.parametrize("asking", KINDS_OF_ASKING)
def test_every_answer_is_one_that_was_described(box: Box, asking: str, subtests: pytest.Subtests) -> None:
    for found in described(box).get_all_operations():
        operation = found.ok()
        with subtests.test(operation.label):
            ask_many(box, cases(box, operation, asking))
    box.is_well()


def cases(box: Box, operation: Any, asking: str) -> Any:
    mode = GenerationMode.NEGATIVE if asking == "otherwise" else GenerationMode.POSITIVE
    if asking != "for_what_is_there":
        return operation.as_strategy(mode)
    known = {**THERE, "media_pass": box.media_pass}
    wanted = {parameter.name: known[parameter.name] for parameter in operation.path_parameters}
    return operation.as_strategy(mode, path_parameters=wanted)


def ask_many(box: Box, strategy: Any) -> None:
    @thorough
    @given(case=strategy)
    def ask(case: Any) -> None:
        assume(not corrects_what_was_studied(box, case))
        # What is said without the token is tried elsewhere.
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {box.token}"}
        answer = case.call()
        case.validate_response(answer, checks=CHECKS)
        assert answer.status_code != requests.codes.internal_server_error

    ask()


def corrects_what_was_studied(box: Box, case: Any) -> bool:
    """An operator may, with a record of its own; here it is what must stay as it was."""
    told = case.body.get("session_id") if isinstance(case.body, dict) else None
    return case.path == CORRECTION and str(told) in ("True", "1.0", *(s["session_id"] for s in box.studied))


def described(box: Box) -> Any:
    url = f"http://127.0.0.1:{box.agent.port}/openapi.json"
    return schemathesis.openapi.from_url(url, headers={"Authorization": f"Bearer {box.token}"})


def test_the_description_needs_the_token_and_names_every_refusal(box: Box) -> None:
    assert requests.get(f"http://127.0.0.1:{box.agent.port}/openapi.json", timeout=5).status_code == 401
    told = box.agent.get("/openapi.json")
    assert told["security"] == [{"token": []}]
    assert told["components"]["securitySchemes"]["token"] == {"type": "http", "scheme": "bearer"}
    assert set(told["components"]["schemas"]["ErrorReply"]["properties"]) == set(ErrorReply.__annotations__)
    for path, operations in told["paths"].items():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                if int(status) >= 400 and status != "416":
                    form = answer["content"]["application/json"]["schema"]["$ref"]
                    assert form.endswith("/ErrorReply"), (path, status)
