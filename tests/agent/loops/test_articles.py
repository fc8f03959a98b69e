"""The headers follow the city page by page; a cut line goes on where it was, and bad pages change nothing."""

import logging
from collections.abc import Iterator

import pytest

from agent.clients.municipal import MunicipalClient
from agent.loops.articles import ArticleMirror
from agent.records.delta import delta_of
from agent.settings import Settings
from agent.stores.articles.headers import (
    forget_revision,
    groups,
    mirror_state,
    read_article,
    title_of,
)
from agent.stores.articles.kept import KeptArticles
from agent.stores.box import enrol
from agent.stores.courses.catalogue import apply_delta
from agent.stores.disk.database import Database
from agent.stores.listings import ARTICLES, Listing, slice_of
from study.listing_api import ListingOrder
from study.station import Station, StationType
from study.units import ArticleId, StationNumber
from tests.fakes.fake_city import FakeCity
from tests.fakes.fake_clock import FakeClock

IDLE_S, UNKNOWN_THERE_S = 600.0, 21_600.0


def highest(_: float, ceiling: float) -> float:
    return ceiling


@pytest.fixture
def busy() -> list[bool]:
    return [False]


@pytest.fixture
def changes() -> list[str]:
    """One for each time it was told that articles have changed."""
    return []


@pytest.fixture
def mirror(
    database: Database,
    city: FakeCity,
    clock: FakeClock,
    settings: Settings,
    busy: list[bool],
    changes: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[ArticleMirror]:
    monkeypatch.setattr("agent.loops.articles._PAGE", 2)
    with database.writing() as tables:
        enrol(tables, Station(StationNumber("1"), "站", "东城区", StationType.VILLAGE), "key-1")
    client = MunicipalClient(city.url, clock)
    kept = KeptArticles(settings.articles_folder, settings.articles_limit_bytes)
    yield ArticleMirror(
        *(database, client, kept, settings, highest, lambda: busy[0]),
        when_changed=lambda: changes.append("changed"),
    )
    client.close()


def publish(database: Database, city: FakeCity) -> None:
    """The city's catalogue has moved on, and the box has heard so."""
    city.revision += 1
    told = {"revision": city.revision, "since": 0, "full": True, "courses": [], "channels": [], "removed": []}
    with database.writing() as tables:
        apply_delta(tables, delta_of(told, 0))


def walk(mirror: ArticleMirror) -> int:
    """Page after page, until there is none left; how many."""
    for pages in range(1, 50):
        if mirror.handle_one_page() != 0.0:
            return pages
    raise AssertionError("it never ends")


def held(database: Database, column: str = "", name: str = "") -> list[str]:
    with database.reading() as tables:
        listing = Listing(ARTICLES, column, name)
        return list(slice_of(tables, listing, ListingOrder.NEWEST, 0, 100, None).entry_ids)


def asked(city: FakeCity) -> int:
    return city.calls.count("GET /v1/articles")


@pytest.fixture
def stocked(database: Database, city: FakeCity) -> FakeCity:
    for number in range(5):
        city.add_article(
            f"a{number}", published_on=f"2026-11-0{number + 1}", topic="冬学" if number % 2 else ""
        )
    publish(database, city)
    return city


def test_all_headers_come_newest_first_page_by_page(
    mirror: ArticleMirror, stocked: FakeCity, database: Database, changes: list[str]
) -> None:
    assert mirror.handle_one_page() == 0.0
    assert (held(database), changes) == (["a4", "a3"], [])
    assert (walk(mirror), changes) == (2, ["changed"])
    assert held(database) == ["a4", "a3", "a2", "a1", "a0"]
    assert held(database, "topic", "冬学") == ["a3", "a1"]
    assert held(database, "category", "别的") == []
    with database.reading() as tables:
        assert [(group.name, group.count) for group in groups(tables, "topic")] == [("冬学", 2)]


def test_nothing_is_asked_until_the_catalogue_has_moved(
    mirror: ArticleMirror, stocked: FakeCity, database: Database
) -> None:
    walk(mirror)
    before = asked(stocked)
    assert mirror.handle_one_page() == IDLE_S
    assert asked(stocked) == before
    stocked.articles[0]["title"] = "改"
    publish(database, stocked)
    walk(mirror)
    with database.reading() as tables:
        assert title_of(tables, ArticleId("a0")) == "改"


def test_what_the_city_takes_back_is_gone_but_stays_known(
    mirror: ArticleMirror, stocked: FakeCity, database: Database
) -> None:
    walk(mirror)
    stocked.removed_articles = [stocked.articles.pop(2)["article_id"]]
    publish(database, stocked)
    walk(mirror)
    with database.reading() as tables:
        assert read_article(tables, ArticleId("a2")) is None
        assert title_of(tables, ArticleId("a2")) == "图文a2"


def test_a_cut_line_goes_on_where_it_was(
    mirror: ArticleMirror, stocked: FakeCity, database: Database
) -> None:
    mirror.handle_one_page()
    stocked.cut = "/v1/articles"
    assert 0 < mirror.handle_one_page() < IDLE_S
    stocked.cut = "//"
    before = asked(stocked)
    walk(mirror)
    assert (asked(stocked) - before, len(held(database))) == (2, 5)


def test_a_city_that_begins_anew_is_followed_from_the_start(
    mirror: ArticleMirror, stocked: FakeCity, database: Database
) -> None:
    stocked.revision = 8
    publish(database, stocked)
    walk(mirror)
    stocked.revision, stocked.articles = 0, stocked.articles[:3]
    publish(database, stocked)
    walk(mirror)
    assert held(database) == ["a2", "a1", "a0"]
    with database.reading() as tables:
        assert (mirror_state(tables).revision, mirror_state(tables).coming) == (1, None)


def test_a_city_that_begins_anew_between_two_pages_too(
    mirror: ArticleMirror, stocked: FakeCity, database: Database
) -> None:
    stocked.revision = 8
    publish(database, stocked)
    walk(mirror)
    publish(database, stocked)
    mirror.handle_one_page()
    stocked.revision, stocked.articles = 0, stocked.articles[:1]
    publish(database, stocked)
    walk(mirror)
    assert held(database) == ["a0"]


def test_an_unreadable_row_is_set_aside_with_a_line_in_the_log(
    mirror: ArticleMirror, stocked: FakeCity, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    stocked.articles[1]["body"] = "nonsense"
    with caplog.at_level(logging.WARNING):
        walk(mirror)
    assert held(database) == ["a4", "a3", "a2", "a0"]
    assert "article set aside: a1: body" in caplog.text


def test_a_full_list_of_which_nothing_can_be_read_is_not_taken(
    mirror: ArticleMirror, stocked: FakeCity, database: Database
) -> None:
    walk(mirror)
    for article in stocked.articles:
        article["title"] = 7
    stocked.revision = 0
    publish(database, stocked)
    with database.writing() as tables:
        forget_revision(tables)
    assert 0 < mirror.handle_one_page() < IDLE_S
    assert len(held(database)) == 5


def test_one_bad_row_alone_among_changes_holds_nothing_up(
    mirror: ArticleMirror, stocked: FakeCity, database: Database
) -> None:
    walk(mirror)
    stocked.articles = [{**stocked.articles[0], "title": 7}]
    publish(database, stocked)
    assert mirror.handle_one_page() == IDLE_S
    with database.reading() as tables:
        assert mirror_state(tables).revision == stocked.revision
    assert len(held(database)) == 5


@pytest.mark.parametrize("reply", [b"<html>", b"[]", b'{"revision": 1}', b"null", b"[" * 100_000])
def test_nonsense_leaves_the_good_mirror(
    mirror: ArticleMirror, stocked: FakeCity, database: Database, reply: bytes
) -> None:
    walk(mirror)
    publish(database, stocked)
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(reply)
    stocked.raw["/v1/articles"] = head + reply
    assert 0 < mirror.handle_one_page() < IDLE_S
    assert len(held(database)) == 5


def test_a_page_that_leads_nowhere_is_not_asked_for_again_and_again(
    mirror: ArticleMirror, stocked: FakeCity, database: Database
) -> None:
    mirror.handle_one_page()
    reply = b'{"revision":1,"since":0,"full":true,"articles":[],"removed":[],"next":"2"}'
    stocked.raw["/v1/articles"] = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(reply), reply)
    assert mirror.handle_one_page() > 0
    assert mirror.handle_one_page() > 0


def test_a_platform_without_articles_is_left_alone(
    mirror: ArticleMirror, stocked: FakeCity, database: Database
) -> None:
    stocked.has_articles = False
    assert mirror.handle_one_page() == UNKNOWN_THERE_S
    assert held(database) == []


def test_who_plays_has_the_line_to_himself(
    mirror: ArticleMirror, stocked: FakeCity, busy: list[bool]
) -> None:
    busy[0] = True
    assert mirror.handle_one_page() == 10.0
    assert asked(stocked) == 0


def test_what_is_gone_leaves_the_disk(mirror: ArticleMirror, stocked: FakeCity, settings: Settings) -> None:
    (settings.articles_folder / "left").mkdir()
    walk(mirror)
    assert list(settings.articles_folder.iterdir()) == []
