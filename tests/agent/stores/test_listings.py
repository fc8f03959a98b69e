"""Whatever is on a listing stands at one place, in every order and at every size of page."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.records.article_page import article_page_of
from agent.records.delta import Delta
from agent.stores.articles.headers import forget_revision, take_page
from agent.stores.courses.catalogue import apply_delta
from agent.stores.disk.database import Database, Tables
from agent.stores.listings import ARTICLES, COURSES, Listing, Stock, named_listings, slice_of
from study.course import Course, Episode, episode_id
from study.listing_api import ListingOrder
from study.units import CourseId, Milliseconds
from tests.fakes.fake_city import FakeCity

ALL, FARMING, TOPIC = (
    Listing(),
    Listing(COURSES, "category", "实用技术"),
    Listing(COURSES, "topic", "乡村振兴"),
)
LISTINGS = [ALL, FARMING, TOPIC]
OF_ARTICLES = [Listing(ARTICLES, listing.column, listing.name) for listing in LISTINGS]
ORDERS = list(ListingOrder)


def course(number: int, category: str = "", topic: str = "", episodes: int = 1) -> Course:
    course_id = CourseId(str(number))
    parts = (
        Episode(episode_id(course_id, n), n, "", Milliseconds(1), f"/media/{number}-{n}", f"{number}-{n}", 1)
        for n in range(1, episodes + 1)
    )
    return Course(course_id, f"课程{number}", "", category, topic, "", "", tuple(parts))


@contextmanager
def catalogue(*courses: Course, on_box: Sequence[tuple[int, int]] = ()) -> Iterator[Tables]:
    """With these episodes, as (course, number), on the box."""
    with TemporaryDirectory() as folder:
        database = Database(Path(folder) / "zhanxue.db")
        with database.writing() as tables:
            apply_delta(tables, Delta(1, True, courses, (), (), ()))
            for number, n in on_box:
                tables.execute(
                    "INSERT INTO shelf VALUES (?, ?, 1)", [f"/media/{number}-{n}", f"{number}-{n}"]
                )
            yield tables
        database.close()


def publish(tables: Tables, *articles: tuple[str, int, str, str]) -> None:
    """Articles as (id, day of November, category, topic)."""
    city = FakeCity()
    for article_id, day, category, topic in articles:
        published_on = f"2026-11-{day + 1:02}"
        city.add_article(article_id, category=category, topic=topic, published_on=published_on)
    told = {"revision": 1, "since": 0, "full": True, "articles": city.articles, "removed": [], "next": ""}
    take_page(tables, article_page_of(told))


def keep(tables: Tables, *article_ids: str) -> None:
    """Their bodies are on the box."""
    for article_id in article_ids:
        tables.execute("INSERT INTO kept_articles VALUES (?, 'x', 1, 1)", [article_id])


def pages(tables: Tables, listing: Listing, order: ListingOrder, count: int) -> list[str]:
    """All of a listing, page by page."""
    found: list[str] = []
    while True:
        page = slice_of(tables, listing, order, len(found), count, None)
        found += page.entry_ids
        if len(page.entry_ids) < count:
            assert len(found) == page.total
            return found


def test_the_orders() -> None:
    courses = [course(n, "实用技术" if n % 2 else "") for n in (3, 1, 2, 5, 4)]
    with catalogue(*courses, on_box=[(1, 1), (2, 1), (9, 1)]) as tables:
        assert pages(tables, ALL, ListingOrder.LISTED, 10) == ["3", "1", "2", "5", "4"]
        assert pages(tables, ALL, ListingOrder.NEWEST, 10) == ["4", "5", "2", "1", "3"]
        assert pages(tables, ALL, ListingOrder.ON_BOX, 10) == ["2", "1", "4", "5", "3"]
        assert pages(tables, FARMING, ListingOrder.ON_BOX, 10) == ["1", "5", "3"]


def test_a_course_that_is_only_partly_on_the_box_does_not_go_ahead() -> None:
    with catalogue(course(1, episodes=2), course(2), on_box=[(1, 1), (2, 1)]) as tables:
        assert pages(tables, ALL, ListingOrder.ON_BOX, 10) == ["2", "1"]


def test_what_is_gone_is_in_no_listing_and_what_is_new_is_the_newest() -> None:
    with catalogue(*(course(n) for n in range(1, 5))) as tables:
        apply_delta(tables, Delta(2, False, (course(9), course(3)), (), ("2",), ()))
        assert pages(tables, ALL, ListingOrder.NEWEST, 10) == ["9", "4", "3", "1"]


def test_names_come_in_the_order_of_their_first_course() -> None:
    courses = [course(1), course(2, "文化"), course(3, "农业"), course(4, "文化", "专题")]
    with catalogue(*courses) as tables:
        assert named_listings(tables, "category") == [("文化", 2), ("农业", 1)]
        assert named_listings(tables, "topic") == [("专题", 1)]


def test_articles_come_by_their_day_those_that_were_read_first_where_they_go_ahead() -> None:
    articles = [("b", 3, "实用技术", ""), ("a", 3, "", ""), ("c", 1, "实用技术", ""), ("d", 5, "", "冬学")]
    with catalogue() as tables:
        publish(tables, *articles)
        keep(tables, "c", "gone")
        every = Listing(ARTICLES)
        assert pages(tables, every, ListingOrder.NEWEST, 2) == ["d", "b", "a", "c"]
        assert pages(tables, every, ListingOrder.LISTED, 3) == ["c", "a", "b", "d"]
        assert pages(tables, every, ListingOrder.ON_BOX, 2) == ["c", "d", "b", "a"]
        assert pages(tables, Listing(ARTICLES, "category", "实用技术"), ListingOrder.NEWEST, 1) == ["b", "c"]
        assert pages(tables, Listing(ARTICLES, "topic", "冬学"), ListingOrder.ON_BOX, 1) == ["d"]
        assert slice_of(tables, every, ListingOrder.ON_BOX, 0, 2, "b").first == 2


def test_the_version_of_articles_tells_when_places_may_have_changed() -> None:
    with catalogue() as tables:
        publish(tables, ("a", 1, "", ""))
        before = versions(tables, ARTICLES)
        keep(tables, "a")
        kept = versions(tables, ARTICLES)
        assert (kept[0] == before[0], kept[1] == before[1]) == (True, False)
        forget_revision(tables)
        assert versions(tables, ARTICLES)[0] != before[0]


def versions(tables: Tables, stock: Stock) -> list[str]:
    """Of the newest first, then of those on the box first."""
    orders = (ListingOrder.NEWEST, ListingOrder.ON_BOX)
    return [slice_of(tables, Listing(stock), order, 0, 9, None).version for order in orders]


def test_the_version_tells_when_places_may_have_changed() -> None:
    with catalogue(course(1), course(2)) as tables:
        newest, on_box = versions(tables, COURSES)
        tables.execute("INSERT INTO shelf VALUES ('/media/1-1', '1-1', 1)")
        assert versions(tables, COURSES)[0] == newest
        assert versions(tables, COURSES)[1] != on_box
        apply_delta(tables, Delta(2, False, (), (), ("2",), ()))
        assert versions(tables, COURSES)[0] != newest


def test_a_course_that_is_not_listed_leaves_the_place_as_asked() -> None:
    with catalogue(*(course(n) for n in range(10))) as tables:
        found = slice_of(tables, ALL, ListingOrder.LISTED, 6, 3, "none")
        assert (found.first, found.entry_ids) == (6, ("6", "7", "8"))
        assert slice_of(tables, ALL, ListingOrder.LISTED, 999, 3, None).entry_ids == ()
        assert slice_of(tables, Listing(COURSES, "topic", "没有"), ListingOrder.ON_BOX, 0, 3, "1").total == 0


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["", "实用技术"]), st.sampled_from(["", "乡村振兴"])), max_size=24),
    st.sets(st.integers(0, 23)),
    st.sets(st.integers(0, 23), max_size=4),
    st.integers(1, 7),
)
def test_every_course_has_one_place_and_is_found_there(
    kinds: list[tuple[str, str]], here: set[int], gone: set[int], count: int
) -> None:
    courses = [course(n, *kind) for n, kind in enumerate(kinds)]
    with catalogue(*courses, on_box=[(n, 1) for n in here]) as tables:
        apply_delta(tables, Delta(2, False, (), (), tuple(str(n) for n in gone), ()))
        for listing in LISTINGS:
            offered = {
                str(n)
                for n, (category, topic) in enumerate(kinds)
                if n not in gone
                and {"category": category, "topic": topic, "": ""}[listing.column] == listing.name
            }
            for order in ORDERS:
                every = pages(tables, listing, order, count)
                assert len(every) == len(set(every)) and set(every) == offered
                for place, course_id in enumerate(every):
                    found = slice_of(tables, listing, order, 0, count, course_id)
                    assert found.first == place // count * count
                    assert course_id in found.entry_ids


@pytest.mark.parametrize("listing", LISTINGS + OF_ARTICLES)
@pytest.mark.parametrize("order", [ListingOrder.NEWEST, ListingOrder.LISTED])
def test_no_page_sorts_what_there_is(listing: Listing, order: ListingOrder) -> None:
    asked: list[str] = []
    with catalogue(*(course(n, "实用技术", "乡村振兴") for n in range(9))) as tables:
        publish(tables, *((str(n), n, "实用技术", "乡村振兴") for n in range(9)))
        tables.conn.set_trace_callback(asked.append)
        slice_of(tables, listing, order, 3, 3, "5")
        tables.conn.set_trace_callback(None)
        plans = [
            " ".join(row[3] for row in tables.execute(f"EXPLAIN QUERY PLAN {sql}"))
            for sql in asked
            if listing.stock.table in sql and sql.startswith("SELECT")
        ]
    assert len(plans) == 4
    assert all("SEARCH" in plan and "TEMP B-TREE" not in plan and "SCAN" not in plan for plan in plans), plans
