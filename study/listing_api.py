"""What television and agent say to each other about listings, the lists in which every course is browsed."""

from enum import StrEnum
from typing import TypedDict

from study.local_api import Tile

LISTINGS = "/v1/listings"
LISTING_PAGE = "/v1/listings/page"
ALL_COURSES = "all"
WHOLE_LISTING = "listing"
"""Id and kind of the tile that ends a row of home which is only the beginning of a listing; the row's id is
the listing's."""


class ListingOrder(StrEnum):
    """How the courses of a listing follow each other."""

    NEWEST = "newest"
    ON_BOX = "on_box"
    """What is whole on the box first, then the others; each with the newest first."""
    LISTED = "listed"
    """As the platform gave them."""


class ListingEntry(TypedDict):
    """One list of courses that can be browsed to its end."""

    id: str
    """"all", "category:实用技术" or "topic:乡村振兴"."""
    title: str
    """Empty for all courses."""
    courses: int


class ListingsReply(TypedDict):
    """All courses, then the categories, then the topics, each in the order of its first course."""

    listings: list[ListingEntry]


class PageReply(TypedDict):
    """A run of a listing; beyond its end there are no tiles."""

    version: str
    """Another one than before: the courses may have other places now."""
    total: int
    first: int
    """Place of the first tile, counted from 0."""
    tiles: list[Tile]
