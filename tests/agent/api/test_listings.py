"""The listings over a real socket."""

from typing import Any

import pytest

from tests.agent.api.served import Agent, mirror
from tests.agent.television import Play, report
from tests.fakes.fake_city import FakeCity


def page(agent: Agent, **asked: Any) -> dict[str, Any]:
    found: dict[str, Any] = agent.get(
        "/v1/listings/page", params={"listing": "all", "order": "listed", "first": 0, "count": 2} | asked
    ).json()
    return found


def test_all_courses_come_first_then_categories_then_topics(agent: Agent, city: FakeCity) -> None:
    city.add_course("7", category="文化", topic="乡村振兴")
    city.add_course("8", category="")
    mirror(agent, city)
    assert agent.get("/v1/listings").json() == {
        "listings": [
            {"id": "all", "title": "", "count": 4},
            {"id": "category:农业技术", "title": "农业技术", "count": 2},
            {"id": "category:文化", "title": "文化", "count": 1},
            {"id": "topic:乡村振兴", "title": "乡村振兴", "count": 1},
        ]
    }


def test_a_page_has_tiles_as_home_has_them(agent: Agent) -> None:
    play = Play("p1", "5.1", 1_000)
    play.watch(30_000)
    agent.call("POST", "/v1/reports", json=report(1, play))
    rows = {row["id"]: row["tiles"] for row in agent.get("/v1/home").json()["rows"]}
    found = page(agent, listing="category:农业技术")
    assert found["tiles"] == rows["category:农业技术"]
    assert (found["total"], found["first"], found["tiles"][0]["position_ms"]) == (2, 0, 30_000)


def test_the_page_of_a_course(agent: Agent, city: FakeCity) -> None:
    for number in range(7, 30):
        city.add_course(str(number))
    mirror(agent, city)
    found = page(agent, around="20", count=4)
    assert (found["first"], [tile["id"] for tile in found["tiles"]]) == (
        12,
        [f"course:{n}" for n in (17, 18, 19, 20)],
    )
    assert page(agent, around="99", first=24, count=4)["tiles"][0]["id"] == "course:29"


def test_a_name_that_nothing_has_is_an_empty_listing(agent: Agent) -> None:
    found = page(agent, listing="topic:没有这个'--")
    assert (found["total"], found["tiles"]) == (0, [])


@pytest.mark.parametrize(
    "asked",
    [
        {"listing": "producer:x"},
        {"listing": "category:"},
        {"order": "title"},
        {"count": 0},
        {"count": 201},
        {"first": -1},
        {"first": 10**30},
    ],
)
def test_what_makes_no_sense_is_told_so(agent: Agent, asked: dict[str, Any]) -> None:
    answer = agent.get(
        "/v1/listings/page", params={"listing": "all", "order": "listed", "first": 0, "count": 2} | asked
    )
    assert answer.status_code == 422
    assert set(answer.json()) == {"code", "words"}


def test_a_row_of_home_that_is_only_a_beginning_ends_in_the_way_to_the_rest(
    agent: Agent, city: FakeCity
) -> None:
    for number in range(7, 65):
        city.add_course(str(number))
    mirror(agent, city)
    assert [tile["id"] for tile in named_row(agent)][-1] == "course:64"
    city.add_course("65")
    mirror(agent, city)
    tiles = named_row(agent)
    assert [(tile["id"], tile["kind"]) for tile in tiles[-1:]] == [("listing", "listing")]
    assert tiles[-2]["id"] == "course:64"


def named_row(agent: Agent) -> list[dict[str, Any]]:
    rows = {row["id"]: row["tiles"] for row in agent.get("/v1/home").json()["rows"]}
    return list(rows["category:农业技术"])
