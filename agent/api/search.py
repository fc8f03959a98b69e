"""Searching: what was typed against the search index, as tiles."""

from collections.abc import Callable, Mapping

from agent.api.article_tiles import article_tiles
from agent.api.home import course_tile
from agent.errors import ApiError
from agent.search.index import SearchIndex
from agent.stores.courses.catalogue import read_course
from agent.stores.disk.database import Database, Tables
from agent.stores.searchable import ARTICLE, COURSE
from agent.stores.searches import forget_searches, hot_words, note_search, recent_searches, words_to_keep
from study.local_api import Tile
from study.search_api import SearchesReply, SearchReply, SearchResult
from study.units import CourseId

TileOf = Callable[[Tables, str], Tile | None]
"""The tile of what has this id; None where it is not offered any more."""


def _course(tables: Tables, course_id: str) -> Tile | None:
    course = read_course(tables, CourseId(course_id))
    return None if course is None else course_tile(tables, course)


def _article(tables: Tables, article_id: str) -> Tile | None:
    return next(iter(article_tiles(tables, [article_id])), None)


TILES: Mapping[str, TileOf] = {COURSE: _course, ARTICLE: _article}
"""For each kind of the search index."""


def search(database: Database, index: SearchIndex, typed: str, offset: int, limit: int) -> SearchReply:
    """One page of answers; what has just gone from the catalogue is left out."""
    asked = index.question(typed)
    found = index.find(asked, offset, limit)
    results: list[SearchResult] = []
    with database.reading() as tables:
        for kind, entry_id in found.entries:
            tile = TILES[kind](tables, entry_id)
            if tile is not None:
                results.append(SearchResult(tile=tile, matched=asked.matched(tile["title"])))
    return SearchReply(
        typed=typed, ready=index.is_ready, total=found.total, more=found.is_more, results=results
    )


def searches(tables: Tables) -> SearchesReply:
    """What this box looked for."""
    return SearchesReply(recent=recent_searches(tables), hot=hot_words(tables))


def keep_search(database: Database, words: str) -> SearchesReply:
    """Raises ApiError 422 for words of which nothing can be seen."""
    kept = words_to_keep(words)
    if not kept:
        raise ApiError(422, "no_words", "没有可以记下的搜索内容")
    with database.writing() as tables:
        note_search(tables, kept)
        return searches(tables)


def forget(database: Database, words: str | None) -> SearchesReply:
    """These words, or all; those that were never kept are forgotten already."""
    with database.writing() as tables:
        forget_searches(tables, None if words is None else words_to_keep(words))
        return searches(tables)
