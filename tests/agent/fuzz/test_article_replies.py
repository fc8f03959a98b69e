"""What is told of articles is believed whole, in part or not at all; the list of them stays readable."""

from collections.abc import Iterator
from json import dumps, loads
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.api.listings import all_listings, listing_page
from agent.errors import NonsenseError
from agent.records.article_page import article_page_of
from agent.stores.articles.headers import take_page
from agent.stores.articles.kept import KeptArticles
from agent.stores.disk.database import Database
from study.article_body import BODY_BYTES_MAX, Heading, Paragraph, blocks_of, body_bytes
from study.document import CarriedError
from study.listing_api import ALL_ARTICLES, ListingOrder
from tests.agent.fuzz.examples import thorough
from tests.agent.fuzz.test_replies import anything, spoilt
from tests.fakes.fake_city import FakeCity

SOUND = {"media": "/media/a.mp3", "sha256": "0" * 64, "bytes": 5, "length_ms": 9_000}


def page() -> dict[str, Any]:
    city = FakeCity()
    city.add_article("7", topic="冬学")
    city.add_article("8", recording=SOUND)
    return {"revision": 3, "since": 0, "full": True, "articles": city.articles, "removed": ["5"], "next": ""}


def body() -> dict[str, Any]:
    picture = FakeCity().add_picture()
    return dict(loads(body_bytes([Heading("题", 1), Paragraph("文"), picture])))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, KeptArticles]]:
    folder: Path = tmp_path_factory.mktemp("articles")
    database = Database(folder / "zhanxue.db")
    yield database, KeptArticles(folder / "kept", 10**6)
    database.close()


@thorough
@given(told=spoilt(page()) | anything)
def test_a_page_is_taken_as_far_as_it_can_be_read(shelf: tuple[Database, KeptArticles], told: Any) -> None:
    database, kept = shelf
    try:
        found = article_page_of(told)
    except NonsenseError:
        return
    with database.writing() as tables:
        take_page(tables, found)
        kept.tidy(tables)
    with database.reading() as tables:
        listed = listing_page(tables, ALL_ARTICLES, ListingOrder.NEWEST, 0, 60, None)
        listings = all_listings(tables)
    dumps([listed, listings], ensure_ascii=False).encode()
    assert all(tile["title"].isprintable() and tile["title"] for tile in listed["tiles"])
    assert all("\n" not in line for line in found.unreadable)


@thorough
@given(told=spoilt(body()) | anything)
def test_a_body_is_read_or_refused(told: Any) -> None:
    try:
        blocks = blocks_of(dumps(told).encode("utf-8", "surrogatepass"))
    except CarriedError:
        return
    assert blocks_of(body_bytes(blocks)) == blocks
    assert len(body_bytes(blocks)) <= BODY_BYTES_MAX


@thorough
@given(st.binary(max_size=300))
def test_bytes_that_are_no_body_are_refused(data: bytes) -> None:
    with pytest.raises(CarriedError):
        blocks_of(data)
