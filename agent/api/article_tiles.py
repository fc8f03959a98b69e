"""Articles as tiles, as lists, the home screen and the search show them."""

from collections.abc import Sequence, Set

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
    """With nothing of what is played."""
    return Tile(
        id=reading_of(article.article_id),
        number=None,
        kind=Kind.ARTICLE,
        title=article.title,
        category=article.category,
        producer=article.producer,
        length_ms=0,
        episodes=0,
        episode=None,
        position_ms=0,
        covered_ms=0,
        done=False,
        on_box=article.article_id in here,
        cover=None,
        published_on=article.published_on.isoformat(),
    )
