"""The listings that the television browses, page by page."""

from collections.abc import Iterator

from agent.api.article_tiles import article_tiles
from agent.api.home import course_tiles
from agent.errors import ApiError
from agent.stores.articles.headers import article_count, groups
from agent.stores.courses.catalogue import course_count, courses_by_id
from agent.stores.disk.database import Tables
from agent.stores.listings import ARTICLES, COURSES, Listing, named_listings, slice_of
from study.listing_api import (
    ALL_ARTICLES,
    ALL_COURSES,
    ListingEntry,
    ListingOrder,
    ListingsReply,
    PageReply,
    is_of_articles,
)

_COLUMNS = ("category", "topic")


def all_listings(tables: Tables) -> ListingsReply:
    """Every list there is, with how much is on it; of articles only where there are any."""
    entries = [ListingEntry(id=ALL_COURSES, title="", count=course_count(tables))]
    for column in _COLUMNS:
        for name, count in named_listings(tables, column):
            entries.append(ListingEntry(id=f"{column}:{name}", title=name, count=count))
    return ListingsReply(listings=[*entries, *_of_articles(tables)])


def _of_articles(tables: Tables) -> Iterator[ListingEntry]:
    if not (total := article_count(tables)):
        return
    yield ListingEntry(id=ALL_ARTICLES, title="", count=total)
    for column in _COLUMNS:
        for group in groups(tables, column):
            yield ListingEntry(
                id=f"{ALL_ARTICLES}:{column}:{group.name}", title=group.name, count=group.count
            )


def listing_page(
    tables: Tables, listing_id: str, order: ListingOrder, first: int, count: int, around: str | None
) -> PageReply:
    """See `slice_of`. A name that nothing has any more is an empty listing.

    Raises ApiError 422 for an id that names no kind of listing.
    """
    listing = _listing(listing_id)
    found = slice_of(tables, listing, order, first, count, around)
    if listing.stock is ARTICLES:
        tiles = article_tiles(tables, found.entry_ids)
    else:
        tiles = course_tiles(tables, courses_by_id(tables, found.entry_ids))
    return PageReply(version=found.version, total=found.total, first=found.first, tiles=tiles)


def _listing(listing_id: str) -> Listing:
    stock, rest = COURSES, listing_id
    if is_of_articles(listing_id):
        stock, rest = ARTICLES, listing_id.removeprefix(ALL_ARTICLES).removeprefix(":") or ALL_COURSES
    if rest == ALL_COURSES:
        return Listing(stock)
    column, _, name = rest.partition(":")
    if column not in _COLUMNS or not name:
        raise ApiError(422, "bad_listing", "没有这种列表")
    return Listing(stock, column, name)
