"""Articles in the database: their headers with the revision that last changed each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from municipal.database import Connection, RowMapping, put
from municipal.stores.catalogue import current_revision
from municipal.tables import articles
from study.article import Article, Recording
from study.units import ArticleId, Milliseconds

_MARK = "."
"""Between the day and the id in the name of a place; no id holds one."""


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Headers from the newest on: of all articles (`full`), or of those that changed after `since`."""

    revision: int
    since: int
    full: bool
    articles: tuple[Article, ...]
    removed: tuple[str, ...]
    next: str
    """The place where the next page begins; empty behind the last."""


def put_article(connection: Connection, article: Article, revision: int) -> None:
    """Add an article or change it."""
    recording = article.recording
    values: dict[str, Any] = {
        "article_id": article.article_id,
        "title": article.title,
        "producer": article.producer,
        "category": article.category,
        "topic": article.topic,
        "published_on": article.published_on.isoformat(),
        "body_sha256": article.body_sha256,
        "body_bytes": article.body_bytes,
        "recording_path": recording and recording.path,
        "recording_sha256": recording and recording.sha256,
        "recording_bytes": recording and recording.bytes,
        "recording_ms": recording and recording.length_ms,
        "revision": revision,
        "removed": False,
    }
    put(connection, articles, values)


def remove_article(connection: Connection, article_id: str, revision: int) -> None:
    """Take an article out; boxes are told by its id."""
    own = articles.c.article_id == article_id
    connection.execute(articles.update().where(own).values(removed=True, revision=revision))


def all_articles(connection: Connection) -> dict[str, Article]:
    """Every article that is not removed, by its id."""
    rows = connection.execute(articles.select().where(articles.c.removed.is_(False))).mappings()
    return {row["article_id"]: _article(row) for row in rows}


def article_titles(connection: Connection) -> dict[str, str]:
    """Every title by its article's id, of removed ones as well."""
    rows = connection.execute(articles.select().with_only_columns(articles.c.article_id, articles.c.title))
    return {row.article_id: row.title for row in rows}


def page_of_articles(connection: Connection, since: int, before: str, most: int) -> ArticlePage:
    """At most so many headers behind a place, for a box that holds revision `since`.

    What changes between two pages is on a page to come, or newer than the revision the first page named:
    whoever goes on from that one misses nothing. Raises ValueError for a place that no page named.
    """
    revision = current_revision(connection)
    full = not 0 < since <= revision
    after = 0 if full else since
    c = articles.c
    wanted = c.revision > after
    if full:
        wanted &= c.removed.is_(False)
    if before:
        day, mark, article_id = before.partition(_MARK)
        if not mark:
            raise ValueError("no place of a page")
        wanted &= (c.published_on < day) | ((c.published_on == day) & (c.article_id < article_id))
    query = articles.select().where(wanted).order_by(c.published_on.desc(), c.article_id.desc())
    rows = connection.execute(query.limit(most + 1)).mappings().all()
    page, last = rows[:most], rows[most - 1] if len(rows) > most else None
    return ArticlePage(
        revision=revision,
        since=after,
        full=full,
        articles=tuple(_article(row) for row in page if not row["removed"]),
        removed=tuple(row["article_id"] for row in page if row["removed"]),
        next="" if last is None else f"{last['published_on']}{_MARK}{last['article_id']}",
    )


def _article(row: RowMapping) -> Article:
    recording = None
    if row["recording_path"] is not None:
        recording = Recording(
            row["recording_path"],
            row["recording_sha256"],
            row["recording_bytes"],
            Milliseconds(row["recording_ms"]),
        )
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
