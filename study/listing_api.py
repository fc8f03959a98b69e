"""What television and agent say to each other about listings, in which courses and articles are browsed."""

from enum import StrEnum
from typing import TypedDict

from study.local_api import Tile

LISTINGS = "/v1/listings"
LISTING_PAGE = "/v1/listings/page"
ALL_COURSES = "all"
ALL_ARTICLES = "articles"
WHOLE_LISTING = "listing"
"""Id and kind of the tile that ends a row of home which is only the beginning of a listing; the row's id is
the listing's."""


class ListingOrder(StrEnum):
    """How what is on a listing follows each other."""

    NEWEST = "newest"
    ON_BOX = "on_box"
    """What can be had without the network first, then the others; each with the newest first."""
    LISTED = "listed"
    """As the platform gave them; of articles the earliest first."""


class ListingEntry(TypedDict):
    """One list that can be browsed to its end."""

    id: str
    """"all", "category:实用技术" or "topic:乡村振兴"; of articles
    "articles", "articles:category:实用技术"."""
    title: str
    """Empty for all courses or articles."""
    count: int


class ListingsReply(TypedDict):
    """All courses, then their categories, then their topics, each in the order of its first course; after
    them those of articles, the largest first.
    """

    listings: list[ListingEntry]


class PageReply(TypedDict):
    """A run of a listing; beyond its end there are no tiles."""

    version: str
    """Another one than before: there may be other places now."""
    total: int
    first: int
    """Place of the first tile, counted from 0."""
    tiles: list[Tile]


def is_of_articles(listing_id: str) -> bool:
    """Whether it is a listing of articles; else it is one of courses."""
    return listing_id.split(":", 1)[0] == ALL_ARTICLES
