"""The listings that the television browses, page by page."""

from agent.api.home import course_tiles
from agent.errors import ApiError
from agent.stores.courses.catalogue import course_count, courses_by_id
from agent.stores.courses.listings import Listing, named_listings, slice_of
from agent.stores.disk.database import Tables
from study.listing_api import ALL_COURSES, ListingEntry, ListingOrder, ListingsReply, PageReply
from study.units import CourseId

_COLUMNS = ("category", "topic")


def all_listings(tables: Tables) -> ListingsReply:
    """Every list there is, with how many courses it has."""
    entries = [ListingEntry(id=ALL_COURSES, title="", courses=course_count(tables))]
    for column in _COLUMNS:
        for name, courses in named_listings(tables, column):
            entries.append(ListingEntry(id=f"{column}:{name}", title=name, courses=courses))
    return ListingsReply(listings=entries)


def listing_page(
    tables: Tables, listing_id: str, order: ListingOrder, first: int, count: int, around: CourseId | None
) -> PageReply:
    """See `slice_of`. A name that no course has any more is an empty listing.

    Raises ApiError 422 for an id that names no kind of listing.
    """
    found = slice_of(tables, _listing(listing_id), order, first, count, around)
    tiles = course_tiles(tables, courses_by_id(tables, found.course_ids))
    return PageReply(version=found.version, total=found.total, first=found.first, tiles=tiles)


def _listing(listing_id: str) -> Listing:
    if listing_id == ALL_COURSES:
        return Listing()
    column, _, name = listing_id.partition(":")
    if column not in _COLUMNS or not name:
        raise ApiError(422, "bad_listing", "没有这种课程列表")
    return Listing(column, name)
