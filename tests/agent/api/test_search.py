"""Searching over a real socket: what is typed comes back as tiles, and what was found is kept."""

import logging

import pytest

from agent.api.search import TILES
from agent.loops.indexing import Indexing
from agent.stores.searchable import SOURCES
from tests.agent.api.served import Agent, mirror
from tests.agent.television import Play, report
from tests.fakes.fake_city import FakeCity

FOUND = {"ready": True, "total": 1, "more": False}


@pytest.fixture
def searched(agent: Agent, city: FakeCity) -> Agent:
    """Course 5 is 发酵床养猪, course 6 is 政务礼仪."""
    for course, title in zip(city.courses, ("发酵床养猪", "政务礼仪"), strict=True):
        course.update(title=title, producer="全国远程办")
    mirror(agent, city)
    look(agent)
    return agent


def look(agent: Agent) -> None:
    Indexing(agent.database, agent.parts.index).handle_one_look()


@pytest.mark.parametrize(
    ("typed", "tile", "matched"),
    [
        ("fjc", "course:5", [[0, 3]]),
        ("zwly", "course:6", [[0, 4]]),
        ("352", "course:5", [[0, 3]]),
        ("养猪", "course:5", [[3, 5]]),
        ("fajiaoch", "course:5", [[0, 3]]),
    ],
)
def test_what_was_typed_is_found(searched: Agent, typed: str, tile: str, matched: list[list[int]]) -> None:
    told = searched.get("/v1/search", params={"typed": typed}).json()
    [result] = told.pop("results")
    assert told == {"typed": typed, **FOUND}
    assert (result["tile"]["id"], result["matched"]) == (tile, matched)


def test_a_result_is_the_tile_that_home_would_show(searched: Agent) -> None:
    play = Play("p1", "6.1", 1_000)
    play.watch(30_000)
    searched.call("POST", "/v1/reports", json=report(1, play))
    [result] = searched.get("/v1/search?typed=zwly").json()["results"]
    rows = {row["id"]: row for row in searched.get("/v1/home").json()["rows"]}
    assert result["tile"] == rows["continue"]["tiles"][0]
    assert result["tile"]["position_ms"] == 30_000


def test_pages(searched: Agent) -> None:
    whole = searched.get("/v1/search?typed=qgycb").json()
    assert [result["tile"]["id"] for result in whole["results"]] == ["course:5", "course:6"]
    assert [result["matched"] for result in whole["results"]] == [[], []]
    second = searched.get("/v1/search?typed=qgycb&offset=1&limit=1").json()
    assert (second["total"], second["results"]) == (2, whole["results"][1:])
    assert searched.get("/v1/search?typed=qgycb&offset=200").json()["results"] == []


def test_before_the_catalogue_was_looked_through_it_says_so(agent: Agent) -> None:
    told = agent.get("/v1/search?typed=fjc").json()
    assert told == {"typed": "fjc", "ready": False, "total": 0, "more": False, "results": []}


def test_what_has_just_gone_is_left_out(searched: Agent) -> None:
    with searched.database.writing() as tables:
        tables.execute("UPDATE courses SET gone = 1 WHERE course_id = '5'")
    assert searched.get("/v1/search?typed=fjc").json()["results"] == []


def test_every_kind_that_can_be_found_has_a_tile() -> None:
    assert set(SOURCES) == set(TILES)


@pytest.mark.parametrize(
    "query", ["", "typed=" + "a" * 201, "typed=a&limit=0", "typed=a&limit=61", "typed=a&offset=-1"]
)
def test_a_search_that_makes_no_sense_is_told_so(searched: Agent, query: str) -> None:
    answer = searched.get(f"/v1/search?{query}")
    assert (answer.status_code, set(answer.json())) == (422, {"code", "words"})


@pytest.mark.parametrize(
    "typed", ["%00", "%F0%9F%90%B7", "%E2%80%AE", "%FF%FE", "*%22-%27", "%25%5F", "%ED%A0%80"]
)
def test_what_nobody_can_read_finds_nothing(searched: Agent, typed: str) -> None:
    told = searched.get(f"/v1/search?typed={typed}").json()
    assert (told["ready"], told["total"], told["results"]) == (True, 0, [])


def test_searches_are_kept_told_and_forgotten(searched: Agent) -> None:
    assert searched.get("/v1/searches").json() == {"recent": [], "hot": []}
    for words in ("政务礼仪", "养猪", "政务礼仪"):
        told = searched.call("POST", "/v1/searches", json={"words": words}).json()
    assert told == {"recent": ["政务礼仪", "养猪"], "hot": ["政务礼仪"]}
    assert searched.get("/v1/searches").json() == told
    told = searched.call("DELETE", "/v1/searches", params={"words": "政务礼仪"}).json()
    assert told == {"recent": ["养猪"], "hot": []}
    assert searched.call("DELETE", "/v1/searches").json() == {"recent": [], "hot": []}


@pytest.mark.parametrize("words", ["", "\u0000\u202e", " \n", "字" * 501, 5, None])
def test_words_of_which_nothing_can_be_seen_are_not_kept(searched: Agent, words: object) -> None:
    answer = searched.call("POST", "/v1/searches", json={"words": words})
    assert (answer.status_code, set(answer.json())) == (422, {"code", "words"})
    assert searched.get("/v1/searches").json()["recent"] == []


def test_nothing_that_was_typed_stands_in_the_log(searched: Agent, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    searched.get("/v1/search?typed=zwly")
    searched.call("POST", "/v1/searches", json={"words": "隔壁老王"})
    own = [one.getMessage() for one in caplog.records if not one.name.startswith("urllib3")]
    assert not [one for one in own if "zwly" in one or "老王" in one]
