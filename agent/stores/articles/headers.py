"""The mirror of article headers: what can be read here, as the platform last published it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database as Tables

from agent.records.article_page import ArticlePage
from agent.stores.rows import one_row
from study.article import Article, Recording
from study.units import ArticleId, Milliseconds


@dataclass(frozen=True, slots=True)
class MirrorState:
    """How far the headers have come; a walk over all pages may be cut off and goes on where it was."""

    revision: int
    """All of this revision are here; 0 for none."""
    coming: int | None
    """The revision that the first page of the walk under way named; None while there is none."""
    place: str
    """Where its next page begins."""


@dataclass(frozen=True, slots=True)
class Group:
    """A topic or category with the number of its articles."""

    name: str
    count: int


def mirror_state(tables: Tables) -> MirrorState:
    """How far the headers have come."""
    return MirrorState(*tables.execute("SELECT revision, coming, place FROM article_mirror").fetchone())


def take_page(tables: Tables, page: ArticlePage) -> None:
    """Take in the page that the state asked for, in the caller's one transaction.

    Only after the last page of a full walk is gone what no page of it named; what is gone stays known:
    records of its reading still need its title.
    """
    if mirror_state(tables).coming is None:
        tables.execute("UPDATE article_mirror SET coming = ?, walk = walk + 1", [page.revision])
    [walk] = tables.execute("SELECT walk FROM article_mirror").fetchone()
    for article in page.articles:
        _put(tables, article, walk)
    for article_id in page.removed:
        tables.execute("UPDATE articles SET gone = 1 WHERE article_id = ?", [article_id])
    tables.execute("UPDATE article_mirror SET place = ?", [page.next])
    if page.next:
        return
    if page.full:
        tables.execute("UPDATE articles SET gone = 1 WHERE walk <> ? AND gone = 0", [walk])
    tables.execute("UPDATE article_mirror SET revision = coming, coming = NULL")


def begin_again(tables: Tables) -> None:
    """Give up the walk under way; the next page asked for is a first one."""
    tables.execute("UPDATE article_mirror SET coming = NULL, place = ''")


def forget_revision(tables: Tables) -> None:
    """The next walk is over everything: the platform does not know the revision held here."""
    tables.execute("UPDATE article_mirror SET revision = 0, coming = NULL, place = ''")


def drop_unreadable(tables: Tables) -> int:
    """Let go of headers that a bit fell over in where it would keep the others from being read. How many."""
    return int(tables.execute("DELETE FROM articles WHERE date(published_on) IS NOT published_on").rowcount)


def read_article(tables: Tables, article_id: ArticleId) -> Article | None:
    """One offered article."""
    row = one_row(tables, "SELECT * FROM articles WHERE article_id = ? AND gone = 0", [article_id])
    return None if row is None else _article(row)


def title_of(tables: Tables, article_id: ArticleId) -> str | None:
    """The title of an article, offered or gone; None if the platform never named it."""
    row = tables.execute("SELECT title FROM articles WHERE article_id = ?", [article_id]).fetchone()
    return None if row is None else str(row[0])


def articles_by_id(tables: Tables, article_ids: Sequence[str]) -> list[Article]:
    """Those of them that are offered, in the order of the ids."""
    rows = tables.query(
        "SELECT articles.* FROM json_each(?) wanted CROSS JOIN articles ON article_id = wanted.value"
        " WHERE gone = 0 ORDER BY wanted.key",
        [json.dumps(article_ids)],
    )
    return [_article(row) for row in rows]


def version_of_order(tables: Tables) -> str:
    """Changes whenever articles may have come, gone or moved."""
    state = mirror_state(tables)
    return f"{state.revision} {state.coming} {state.place}"


def article_count(tables: Tables) -> int:
    """How many articles are offered."""
    return int(tables.execute("SELECT count(*) FROM articles WHERE gone = 0").fetchone()[0])


def groups(tables: Tables, column: str) -> list[Group]:
    """The topics or categories of the offered articles, the largest first."""
    rows = tables.execute(
        f"SELECT {column}, count(*) FROM articles WHERE gone = 0 AND {column} <> ''"  # noqa: S608  two names
        f" GROUP BY {column} ORDER BY count(*) DESC, {column}"
    )
    return [Group(*row) for row in rows]


def _put(tables: Tables, article: Article, walk: int) -> None:
    recording = article.recording
    tables.execute(
        "INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
        [
            article.article_id,
            article.title,
            article.producer,
            article.category,
            article.topic,
            article.published_on.isoformat(),
            article.body_sha256,
            article.body_bytes,
            recording and recording.path,
            recording and recording.sha256,
            recording and recording.bytes,
            recording and recording.length_ms,
            walk,
        ],
    )


def _article(row: dict[str, Any]) -> Article:
    recording = None
    if row["recording"] is not None:
        told = (row["recording"], row["recording_sha256"], row["recording_bytes"])
        recording = Recording(*told, Milliseconds(row["recording_ms"]))
    return Article(
        article_id=ArticleId(row["article_id"]),
        title=row["title"],
        producer=row["producer"],
        category=row["category"],
        topic=row["topic"],
        published_on=date.fromisoformat(row["published_on"]),
        body_sha256=row["body_sha256"],
        body_bytes=row["body_bytes"],
        recording=recording,
    )
