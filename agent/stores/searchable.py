"""Searchable: all that is offered and has a title, as the search index takes it."""

from collections.abc import Iterator, Mapping

from sqlite_utils import Database as Tables

from agent.search.index import SearchEntry

COURSE, ARTICLE = "course", "article"

SOURCES: Mapping[str, str] = {
    COURSE: "SELECT course_id, place, title, producer FROM courses WHERE gone = 0 ORDER BY place, course_id",
    ARTICLE: (
        "SELECT article_id, row_number() OVER (ORDER BY published_on, article_id) AS place, title, producer"
        " FROM articles WHERE gone = 0 ORDER BY place"
    ),
}
"""Each kind's id, place, title and producer in the platform's order; kinds in theirs."""


def searchable(tables: Tables) -> Iterator[SearchEntry]:
    """One after another, as the database reads them; never all at once in memory."""
    for kind, sql in SOURCES.items():
        for row in tables.execute(sql):
            yield SearchEntry(kind, *row)
