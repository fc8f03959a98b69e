"""Articles over the local API: listed from the mirror, read from the box where they were opened before."""

from typing import Any

import pytest
import requests

from agent.loops.indexing import Indexing
from agent.records.article_page import article_page_of
from agent.stores.articles.headers import take_page
from agent.stores.delivery.outbox import note_online
from study.article import body_path
from study.article_body import Heading, Paragraph
from tests.agent.api.served import Agent
from tests.agent.television import Play, report
from tests.fakes.fake_city import JPEG, FakeCity


def publish(agent: Agent, city: FakeCity) -> None:
    """The agent knows which articles the city offers by now."""
    told = {"revision": 1, "since": 0, "full": True, "articles": city.articles, "removed": [], "next": ""}
    with agent.database.writing() as tables:
        take_page(tables, article_page_of(told))


@pytest.fixture
def pigs(agent: Agent, city: FakeCity) -> dict[str, Any]:
    told = city.add_article("1", Heading("原理", 2), Paragraph("垫料。"), city.add_picture(), topic="冬学")
    publish(agent, city)
    return told


def fetched(url: str) -> requests.Response:
    return requests.get(url, timeout=5)


def listed(agent: Agent, **asked: str) -> dict[str, Any]:
    """A page of the listing of all articles, or of another one."""
    params = {"listing": "articles", "order": "newest", "first": "0", "count": "60"} | asked
    found: dict[str, Any] = agent.get("/v1/listings/page", params=params).json()
    return found


def is_on_box(agent: Agent) -> bool:
    return bool(listed(agent)["tiles"][0]["on_box"])


def test_articles_are_listings_like_those_of_courses(agent: Agent, city: FakeCity) -> None:
    assert all(
        not entry["id"].startswith("articles") for entry in agent.get("/v1/listings").json()["listings"]
    )
    for number in range(5):
        city.add_article(f"a{number}", published_on=f"2026-11-0{number + 1}", topic="冬学" if number else "")
    publish(agent, city)
    page = listed(agent, first="1", count="2")
    assert [tile["id"] for tile in page["tiles"]] == ["article:a3", "article:a2"]
    assert (page["first"], page["total"]) == (1, 5)
    assert {name: page["tiles"][0][name] for name in ("kind", "producer", "published_on", "cover")} == {
        "kind": "article",
        "producer": "农科院",
        "published_on": "2026-11-04",
        "cover": None,
    }
    assert listed(agent, listing="articles:topic:冬学")["total"] == 4
    assert listed(agent, listing="articles:topic:冬学", around="a1", count="3")["first"] == 3
    assert agent.get("/v1/listings").json()["listings"][-3:] == [
        {"id": "articles", "title": "", "count": 5},
        {"id": "articles:category:实用技术", "title": "实用技术", "count": 5},
        {"id": "articles:topic:冬学", "title": "冬学", "count": 4},
    ]


@pytest.mark.parametrize("listing", ["articles:producer:x", "articles:topic:", "article", "articlesx"])
def test_a_listing_of_no_known_kind_is_told_so(agent: Agent, listing: str) -> None:
    asked = {"listing": listing, "order": "newest", "first": 0, "count": 2}
    assert agent.get("/v1/listings/page", params=asked).status_code == 422


def row_of_home(agent: Agent) -> dict[str, Any] | None:
    rows = agent.get("/v1/home").json()["rows"]
    return next((row for row in rows if row["id"] == "articles"), None)


def test_home_has_the_newest_articles_and_without_the_network_those_that_were_read(
    agent: Agent, city: FakeCity
) -> None:
    assert row_of_home(agent) is None
    for number in range(14):
        city.add_article(f"a{number}", published_on=f"2026-11-{number + 1:02}")
    publish(agent, city)
    told_online(agent, True)
    row = row_of_home(agent)
    assert row is not None and row["title"] == "最新图文"
    assert [tile["id"] for tile in row["tiles"][:2]] == ["article:a13", "article:a12"]
    assert [(tile["id"], tile["title"]) for tile in row["tiles"][12:]] == [("listing", "全部图文")]
    told_online(agent, False)
    assert row_of_home(agent) is None
    agent.get("/v1/articles/a3")
    told_online(agent, False)
    row = row_of_home(agent)
    assert row is not None and row["title"] == "读过的图文"
    assert [tile["id"] for tile in row["tiles"]] == ["article:a3", "listing"]


def told_online(agent: Agent, online: bool) -> None:
    with agent.database.writing() as tables:
        note_online(tables, online)


def test_an_article_is_found_by_its_title(agent: Agent, city: FakeCity) -> None:
    city.add_article("9", title="发酵床养猪的故事")
    publish(agent, city)
    Indexing(agent.database, agent.parts.index).handle_one_look()
    [result] = agent.get("/v1/search?typed=fjc").json()["results"]
    assert (result["tile"]["id"], result["tile"]["on_box"], result["matched"]) == (
        "article:9",
        False,
        [[0, 3]],
    )


def test_an_article_is_fetched_when_it_is_opened_and_read_from_the_box_after(
    agent: Agent, city: FakeCity, pigs: dict[str, Any]
) -> None:
    assert not is_on_box(agent)
    first = agent.get("/v1/articles/1").json()
    assert (first["title"], first["item_id"], first["is_newest"]) == ("图文1", "article:1", True)
    assert [(block["kind"], block["text"], block["level"]) for block in first["blocks"]] == [
        ("heading", "原理", 2),
        ("paragraph", "垫料。", 0),
        ("picture", "图", 0),
    ]
    picture = first["blocks"][2]
    assert (picture["width_px"], picture["height_px"]) == (400, 300)
    assert fetched(picture["url"]).content == JPEG
    city.cut = "/media"
    assert agent.get("/v1/articles/1").json() == first
    assert fetched(picture["url"]).content == JPEG
    assert is_on_box(agent)


def test_without_the_line_what_was_not_opened_is_told_in_words(
    agent: Agent, city: FakeCity, pigs: dict[str, Any]
) -> None:
    city.cut = "/"
    reply = agent.get("/v1/articles/1")
    assert (reply.status_code, reply.json()["code"]) == (503, "not_on_box")
    assert "读过的图文照常能看" in reply.json()["words"]


def test_a_new_version_is_fetched_and_without_the_line_the_earlier_one_is_shown(
    agent: Agent, city: FakeCity, pigs: dict[str, Any]
) -> None:
    agent.get("/v1/articles/1")
    city.articles.clear()
    city.add_article("1", Paragraph("新文"))
    publish(agent, city)
    city.cut = "/media"
    old = agent.get("/v1/articles/1").json()
    assert (old["blocks"][0]["text"], old["is_newest"]) == ("原理", False)
    city.cut = "//"
    new = agent.get("/v1/articles/1").json()
    assert (new["blocks"][0]["text"], new["is_newest"]) == ("新文", True)


@pytest.mark.parametrize("body", [None, b"", b"{}", b'{"zhanxue_article":2,"blocks":[]}', b"x" * 2_000_000])
def test_a_body_that_is_missing_or_broken_at_the_city_is_told_and_costs_nothing_else(
    agent: Agent, city: FakeCity, pigs: dict[str, Any], body: bytes | None
) -> None:
    path = f"/media/{body_path(pigs['body'])}"
    if body is None:
        del city.files[path]
    else:
        city.files[path] = body
    reply = agent.get("/v1/articles/1")
    assert reply.status_code in (502, 503)
    assert "读过的图文照常能看" in reply.json()["words"]
    assert not is_on_box(agent)


@pytest.mark.parametrize("data", [None, b"<html>", JPEG[:-1] + b"x"])
def test_a_picture_that_is_missing_or_another_one_never_costs_the_text(
    agent: Agent, city: FakeCity, pigs: dict[str, Any], data: bytes | None
) -> None:
    url = agent.get("/v1/articles/1").json()["blocks"][2]["url"]
    [path] = [path for path in city.files if path.endswith(".jpg")]
    if data is None:
        del city.files[path]
    else:
        city.files[path] = data
    assert fetched(url).status_code == 502
    assert agent.get("/v1/articles/1").status_code == 200
    city.files[path] = JPEG
    assert fetched(url).content == JPEG


def test_only_pictures_of_the_article_are_given_and_only_with_the_pass(
    agent: Agent, city: FakeCity, pigs: dict[str, Any]
) -> None:
    url = agent.get("/v1/articles/1").json()["blocks"][2]["url"]
    assert fetched(url[:-1] + ("0" if url[-1] != "0" else "1")).status_code == 404
    assert fetched(url.replace(agent.parts.media_pass, "wrong")).status_code == 404
    assert fetched(url.replace("/articles/1/", "/articles/2/")).status_code == 404


def test_an_article_that_is_not_offered_is_404(agent: Agent, city: FakeCity, pigs: dict[str, Any]) -> None:
    agent.get("/v1/articles/1")
    city.articles.clear()
    publish(agent, city)
    assert agent.get("/v1/articles/1").json()["code"] == "unknown_article"


def test_a_recording_is_played_through_the_agent(agent: Agent, city: FakeCity) -> None:
    city.files["/media/a.mp3"] = b"sound"
    sound = {"media": "/media/a.mp3", "sha256": "0" * 64, "bytes": 5, "length_ms": 9_000}
    city.add_article("2", recording=sound)
    publish(agent, city)
    told = agent.get("/v1/articles/2").json()["recording"]
    assert (fetched(told["url"]).content, told["length_ms"]) == (b"sound", 9_000)


def test_where_nothing_can_be_kept_it_is_read_all_the_same(
    agent: Agent, pigs: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent.stores.articles.kept._KEPT_FREE_BYTES", 2**62)
    assert agent.get("/v1/articles/1").status_code == 200
    assert not is_on_box(agent)


def test_while_an_article_is_fetched_downloads_stand_back(agent: Agent, pigs: dict[str, Any]) -> None:
    assert not agent.parts.relay.is_busy()
    agent.get("/v1/articles/1")
    assert agent.parts.relay.is_busy()


def test_what_was_read_stands_in_the_record_by_its_title_without_hours(
    agent: Agent, pigs: dict[str, Any]
) -> None:
    play = Play("p1", "article:1", 0, "article")
    play.watch(90_000)
    play.leave()
    told = agent.call("POST", "/v1/reports", json=report(1, play)).json()
    assert [(each["effective_ms"], each["need_ms"]) for each in told["plays"]] == [(0, None)]
    record = agent.get("/v1/record").json()
    [session] = record["sessions"]
    assert (session["title"], session["kind"], session["played_ms"]) == ("图文1", "article", 90_000)
    assert (session["effective_ms"], record["effective_ms"]) == (0, 0)
    assert agent.get("/v1/home").json()["rows"][0]["id"] != "continue"


def test_an_article_is_nothing_to_play(agent: Agent, pigs: dict[str, Any]) -> None:
    assert agent.get("/v1/items/article:1/source").json()["code"] == "unknown_item"
