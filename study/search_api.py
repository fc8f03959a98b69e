"""What television and agent say to each other over loopback about searching, as both sides read it."""

from typing import TypedDict

from study.local_api import Tile

SEARCH = "/v1/search"
SEARCHES = "/v1/searches"

TYPED_MAX = 200
WORDS_MAX = 500
"""A title may be so long; less of it is kept."""
PAGE_MAX = 60


class SearchResult(TypedDict):
    """One course, or what else can be found."""

    tile: Tile
    matched: list[list[int]]
    """Stretches [start, end) of the title's characters that were typed; none where it is the producer."""


class SearchReply(TypedDict):
    """One page of what was found, the best first."""

    typed: str
    """What this answers: somebody may have typed on."""
    ready: bool
    """False for a moment after the start, while the catalogue is not yet looked through."""
    total: int
    more: bool
    """There are more than `total`: nobody looked on."""
    results: list[SearchResult]


class SearchNote(TypedDict):
    """Words that led to something: its title, or what was typed."""

    words: str


class SearchesReply(TypedDict):
    """What this box looked for: last of all, and again and again."""

    recent: list[str]
    hot: list[str]
