"""Articles as tiles, as lists, the home screen and the search show them."""

from collections.abc import Sequence, Set

from agent.api.unplayed_tile import unplayed_tile
from agent.stores.articles.headers import articles_by_id
from agent.stores.articles.kept import kept_among
from agent.stores.disk.database import Tables
from study.article import Article, reading_of
from study.local_api import Tile
from study.rules import Kind


def article_tiles(tables: Tables, article_ids: Sequence[str]) -> list[Tile]:
    """Those of them that are offered, in this order."""
    here = kept_among(tables, article_ids)
    return [_tile(article, here) for article in articles_by_id(tables, article_ids)]


def _tile(article: Article, here: Set[str]) -> Tile:
    return unplayed_tile(
        reading_of(article.article_id),
        Kind.ARTICLE,
        article.title,
        category=article.category,
        producer=article.producer,
        on_box=article.article_id in here,
        published_on=article.published_on.isoformat(),
    )
