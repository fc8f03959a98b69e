"""JSON that is none, or too much of it, at the door for reports: refused in words, and nothing was taken."""

import json
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from study.units import LONGEST_MS
from tests.agent.fuzz.box import Box
from tests.agent.fuzz.examples import thorough
from tests.agent.television import Play, report

TAKEN, REFUSED = (200,), (400, 413, 422)
LONE = "\\ud800"


def told(box: Box, body: bytes | str) -> int:
    sent = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {box.token}"}
    url = f"http://127.0.0.1:{box.agent.port}/v1/reports"
    answer = requests.post(url, data=sent, headers=headers, timeout=10)
    assert answer.status_code == 200 or set(answer.json()) == {"code", "words"}
    return answer.status_code


def good(**more: Any) -> dict[str, Any]:
    play = Play("fuzz", "5.1", 1_000)
    play.watch(7)
    return report(1, play, run_id="fuzz") | more


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        "1",
        '"x"',
        "{",
        "\ufeff{}",
        "[" * 100_000,
        '{"a":' * 100_000,
        "[" * 500_000 + "]" * 500_000,
        "1" * 900_000,
        "-" + "9" * 5_000,
        "1e999999",
        "NaN",
        b"\xff\xfe{\x00}\x00",
        b"\x00" * 1_000,
        b"\x80",
    ],
)
def test_what_is_no_report_is_refused(box: Box, body: bytes | str) -> None:
    assert told(box, body) in REFUSED


@pytest.mark.parametrize("name", ["run_id", "terminal", "boot_id", "report_seq", "at_ms", "plays"])
@pytest.mark.parametrize(
    "value",
    [
        "NaN",
        "-Infinity",
        "1e400",
        "-1",
        "9" * 4_000,
        "9" * 5_000,
        '""',
        f'"{LONE}"',
        "null",
        "[[]]",
        '"\\u0000"',
    ],
)
def test_a_senseless_value_is_refused_or_taken_but_never_a_fault(box: Box, name: str, value: str) -> None:
    body = json.dumps(good() | {name: "HERE"}).replace('"HERE"', value)
    taken = value == '"\\u0000"' and name in ("run_id", "terminal", "boot_id")
    assert told(box, body) in (TAKEN if taken else REFUSED)


@pytest.mark.parametrize(
    "name", ["play_id", "item_id", "kind", "opened_ms", "left_ms", "position_ms", "intervals"]
)
@pytest.mark.parametrize("value", ["NaN", "1e400", "-1", "9" * 5_000, f'"{LONE}"', '"{}"', "[[[]]]"])
def test_a_senseless_play_is_refused_or_taken_but_never_a_fault(box: Box, name: str, value: str) -> None:
    body = good()
    body["plays"][0][name] = "HERE"
    assert told(box, json.dumps(body).replace('"HERE"', value)) in TAKEN + REFUSED


def test_of_a_key_told_twice_the_last_counts_and_is_checked(box: Box) -> None:
    body = json.dumps(good())
    assert told(box, body[:-1] + ', "report_seq": -1}') in REFUSED
    assert told(box, '{"report_seq": -1, ' + body[1:]) in TAKEN


numbers = st.one_of(
    st.integers(-2, 2),
    st.sampled_from([LONGEST_MS, LONGEST_MS - 1, LONGEST_MS + 1, 2**53, 2**63 - 1, 2**63, 2**64]),
    st.integers(0, LONGEST_MS),
)
names = st.one_of(st.text(max_size=5), st.sampled_from(["5.1", "5.99", "L1", "L1@1", "@", ".", "x" * 201]))
intervals = st.fixed_dictionaries(
    {"n": st.integers(0, 3), "start_ms": numbers, "end_ms": numbers, "media_start_ms": numbers},
    optional={"media_end_ms": numbers, "rate": st.floats(), "more": names},
)
plays = st.fixed_dictionaries(
    {"play_id": names, "item_id": names, "kind": st.sampled_from(["vod", "live", "x"]), "opened_ms": numbers},
    optional={
        "left_ms": st.none() | numbers,
        "position_ms": numbers,
        "intervals": st.lists(intervals, max_size=4),
    },
)
reports = st.fixed_dictionaries(
    {
        "run_id": names,
        "terminal": st.sampled_from(["tv-1", "tv-2", ""]),
        "report_seq": numbers,
        "boot_id": st.sampled_from(["boot-1", "boot-2", " "]),
        "at_ms": numbers,
        "plays": st.lists(plays, max_size=3),
    }
)


@thorough
@given(st.lists(reports, max_size=6))
def test_reports_of_a_television_gone_mad_never_break_anything(box: Box, mad: list[dict[str, Any]]) -> None:
    for body in mad:
        assert told(box, json.dumps(body)) in TAKEN + REFUSED
    box.is_well()
    for path in ("/v1/status", "/v1/home", "/v1/courses/5", "/v1/record"):
        assert box.agent.call("GET", path).status_code == 200
