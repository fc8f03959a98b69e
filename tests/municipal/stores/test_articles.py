"""Headers are handed out page by page, newest first, and whoever goes on from page to page misses nothing."""

import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from municipal.database import Connection, Database
from municipal.stores.articles import (
    ArticlePage,
    all_articles,
    article_titles,
    page_of_articles,
    put_article,
    remove_article,
)
from municipal.stores.catalogue import open_revision
from study.article import Article, Recording
from study.units import ArticleId, Milliseconds
from tests.municipal.city import city_database

FIRST = Article(ArticleId("1"), "题", "农科院", "实用技术", "", date(2026, 11, 3), "ab" * 32, 100)


def article(number: int, day: int) -> Article:
    return replace(FIRST, article_id=ArticleId(f"a{number}"), published_on=date(2026, 1, 1) + timedelta(day))


def put_all(connection: Connection, *articles: Article) -> int:
    revision = open_revision(connection, "test", 0)
    for each in articles:
        put_article(connection, each, revision)
    return revision


def pages(connection: Connection, since: int, most: int) -> list[ArticlePage]:
    found = [page_of_articles(connection, since, "", most)]
    while found[-1].next:
        found.append(page_of_articles(connection, since, found[-1].next, most))
    return found


def test_a_header_is_kept_as_it_was_given(database: Database) -> None:
    spoken = replace(FIRST, recording=Recording("a.mp3", "cd" * 32, 9, Milliseconds(5_000)))
    with database.writing() as connection:
        put_all(connection, spoken)
        assert all_articles(connection) == {"1": spoken}
        put_all(connection, FIRST)
        assert all_articles(connection) == {"1": FIRST}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=12), st.integers(1, 5))
def test_all_pages_together_hold_every_article_once_newest_first(days: list[int], most: int) -> None:
    articles = [article(number, day) for number, day in enumerate(days)]
    with tempfile.TemporaryDirectory() as folder:
        database = city_database(Path(folder) / "city.db")
        with database.writing() as connection:
            put_all(connection, *articles)
            found = pages(connection, 0, most)
        database.close()
    assert all(0 < len(page.articles) <= most and page.full for page in found)
    told = [each for page in found for each in page.articles]
    assert sorted(told, key=lambda each: each.article_id) == sorted(articles, key=lambda e: e.article_id)
    assert [each.published_on for each in told] == sorted((e.published_on for e in told), reverse=True)


def test_after_a_revision_only_what_changed_is_told(database: Database) -> None:
    with database.writing() as connection:
        before = put_all(connection, article(1, 1), article(2, 2), article(3, 3))
        after = put_all(connection, replace(article(2, 2), title="新"))
        remove_article(connection, "a3", after)
        [page] = pages(connection, before, 10)
        assert ([each.title for each in page.articles], page.removed) == (["新"], ("a3",))
        assert (page.revision, page.since, page.full) == (after, before, False)
        [nothing] = pages(connection, after, 10)
        assert (nothing.articles, nothing.removed) == ((), ())
        [everything] = pages(connection, 0, 10)
        assert ([e.article_id for e in everything.articles], everything.removed) == (["a2", "a1"], ())
        assert article_titles(connection) == {"a1": "题", "a2": "新", "a3": "题"}


def test_a_revision_that_was_never_ours_gets_everything(database: Database) -> None:
    with database.writing() as connection:
        put_all(connection, article(1, 1))
        assert page_of_articles(connection, 99, "", 10).full


def test_what_changes_between_two_pages_comes_with_the_first_pages_revision(database: Database) -> None:
    with database.writing() as connection:
        put_all(connection, *(article(number, number) for number in range(4)))
        first = page_of_articles(connection, 0, "", 2)
        put_all(connection, replace(article(3, 3), title="改"), article(9, 9))
        assert [each.article_id for each in page_of_articles(connection, 0, first.next, 2).articles] == [
            "a1",
            "a0",
        ]
        told = page_of_articles(connection, first.revision, "", 10).articles
        assert {each.article_id: each.title for each in told} == {"a3": "改", "a9": "题"}


def test_a_place_that_no_page_named_is_refused(database: Database) -> None:
    with database.reading() as connection, pytest.raises(ValueError, match="place"):
        page_of_articles(connection, 0, "x", 10)
