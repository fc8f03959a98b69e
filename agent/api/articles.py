"""The list of articles, a run at a time."""

from dataclasses import dataclass

from agent.stores.articles.headers import (
    article_count,
    articles_where,
    groups,
    place_of,
    read_article,
    version_of_order,
)
from agent.stores.articles.kept import KeptArticles
from agent.stores.disk.database import Tables
from study.article import Article, reading_of
from study.article_api import ArticleGroupEntry, ArticleGroupsReply, ArticlesReply, ArticleTile
from study.units import ArticleId

COUNT_MAX = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """A run of the list; of a topic and a category where these are not empty."""

    topic: str
    category: str
    first: int
    count: int
    around: ArticleId | None
    """The run of as many that this article is in, wherever it is by now."""


def article_list(tables: Tables, kept: KeptArticles, wanted: Wanted) -> ArticlesReply:
    """Newest first."""
    topic, category = wanted.topic, wanted.category
    first = _first(tables, wanted)
    found = articles_where(tables, topic, category, offset=first, limit=wanted.count)
    return ArticlesReply(
        version=version_of_order(tables),
        total=article_count(tables, topic, category),
        first=first,
        articles=[_tile(article, kept.version_of(tables, article.article_id)) for article in found],
    )


def _first(tables: Tables, wanted: Wanted) -> int:
    article = None if wanted.around is None else read_article(tables, wanted.around)
    if article is None:
        return wanted.first
    place = place_of(tables, article, wanted.topic, wanted.category)
    return place - place % wanted.count


def article_groups(tables: Tables) -> ArticleGroupsReply:
    """What articles can be looked for by."""
    return ArticleGroupsReply(topics=_groups(tables, "topic"), categories=_groups(tables, "category"))


def _groups(tables: Tables, column: str) -> list[ArticleGroupEntry]:
    return [ArticleGroupEntry(name=group.name, articles=group.count) for group in groups(tables, column)]


def _tile(article: Article, version: str | None) -> ArticleTile:
    return ArticleTile(
        id=reading_of(article.article_id),
        title=article.title,
        producer=article.producer,
        category=article.category,
        topic=article.topic,
        published_on=article.published_on.isoformat(),
        on_box=version is not None,
    )
