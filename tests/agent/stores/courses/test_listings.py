"""Every course of a listing stands at one place, in every order and at every size of page."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.records.delta import Delta
from agent.stores.courses.catalogue import apply_delta
from agent.stores.courses.listings import Listing, named_listings, slice_of
from agent.stores.disk.database import Database, Tables
from study.course import Course, Episode, episode_id
from study.listing_api import ListingOrder
from study.units import CourseId, Milliseconds

ALL, FARMING, TOPIC = Listing(), Listing("category", "实用技术"), Listing("topic", "乡村振兴")
LISTINGS = [ALL, FARMING, TOPIC]
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


def pages(tables: Tables, listing: Listing, order: ListingOrder, count: int) -> list[str]:
    """All of a listing, page by page."""
    found: list[str] = []
    while True:
        page = slice_of(tables, listing, order, len(found), count, None)
        found += page.course_ids
        if len(page.course_ids) < count:
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


def test_the_version_tells_when_places_may_have_changed() -> None:
    with catalogue(course(1), course(2)) as tables:
        newest, on_box = (
            slice_of(tables, ALL, order, 0, 9, None).version
            for order in (ListingOrder.NEWEST, ListingOrder.ON_BOX)
        )
        tables.execute("INSERT INTO shelf VALUES ('/media/1-1', '1-1', 1)")
        assert slice_of(tables, ALL, ListingOrder.NEWEST, 0, 9, None).version == newest
        assert slice_of(tables, ALL, ListingOrder.ON_BOX, 0, 9, None).version != on_box
        apply_delta(tables, Delta(2, False, (), (), ("2",), ()))
        assert slice_of(tables, ALL, ListingOrder.NEWEST, 0, 9, None).version != newest


def test_a_course_that_is_not_listed_leaves_the_place_as_asked() -> None:
    with catalogue(*(course(n) for n in range(10))) as tables:
        found = slice_of(tables, ALL, ListingOrder.LISTED, 6, 3, CourseId("none"))
        assert (found.first, found.course_ids) == (6, ("6", "7", "8"))
        assert slice_of(tables, ALL, ListingOrder.LISTED, 999, 3, None).course_ids == ()
        assert slice_of(tables, Listing("topic", "没有"), ListingOrder.ON_BOX, 0, 3, CourseId("1")).total == 0


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
                    found = slice_of(tables, listing, order, 0, count, CourseId(course_id))
                    assert found.first == place // count * count
                    assert course_id in found.course_ids


@pytest.mark.parametrize("listing", LISTINGS)
@pytest.mark.parametrize("order", [ListingOrder.NEWEST, ListingOrder.LISTED])
def test_no_page_sorts_the_catalogue(listing: Listing, order: ListingOrder) -> None:
    asked: list[str] = []
    with catalogue(*(course(n, "实用技术", "乡村振兴") for n in range(9))) as tables:
        tables.conn.set_trace_callback(asked.append)
        slice_of(tables, listing, order, 3, 3, CourseId("5"))
        tables.conn.set_trace_callback(None)
        plans = [
            " ".join(row[3] for row in tables.execute(f"EXPLAIN QUERY PLAN {sql}"))
            for sql in asked
            if "courses" in sql
        ]
    assert len(plans) == 4
    assert all("SEARCH" in plan and "TEMP B-TREE" not in plan and "SCAN" not in plan for plan in plans), plans
