"""The list of articles, a stretch at a time."""

from agent.stores.articles.headers import article_count, articles_where, groups
from agent.stores.articles.kept import KeptArticles
from agent.stores.disk.database import Tables
from study.article import Article
from study.local_articles import ArticleGroupEntry, ArticleGroupsReply, ArticlesReply, ArticleTile

STRETCH_MAX = 200


def article_list(
    tables: Tables, kept: KeptArticles, topic: str, category: str, *, offset: int, limit: int
) -> ArticlesReply:
    """Newest first; of a topic and a category where these are not empty."""
    found = articles_where(tables, topic, category, offset=offset, limit=limit)
    return ArticlesReply(
        offset=offset,
        total=article_count(tables, topic, category),
        articles=[_tile(article, kept.version_of(tables, article.article_id)) for article in found],
    )


def article_groups(tables: Tables) -> ArticleGroupsReply:
    """What articles can be looked for by."""
    return ArticleGroupsReply(topics=_groups(tables, "topic"), categories=_groups(tables, "category"))


def _groups(tables: Tables, column: str) -> list[ArticleGroupEntry]:
    return [ArticleGroupEntry(name=group.name, articles=group.count) for group in groups(tables, column)]


def _tile(article: Article, version: str | None) -> ArticleTile:
    return ArticleTile(
        id=article.article_id,
        title=article.title,
        producer=article.producer,
        category=article.category,
        topic=article.topic,
        published_on=article.published_on.isoformat(),
        on_box=version is not None,
    )
