"""Articles 图文: what is read instead of watched, its header apart from its body."""

from dataclasses import dataclass
from datetime import date

from study.units import ArticleId, ItemId, Milliseconds

FOLDER = "articles"
"""Below the platform's media: bodies and pictures, each named by what it holds."""

_MARK = "article:"
"""Begins the item id of an article; no course and no channel can be called so."""
_NAME_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Recording:
    """An article read aloud by a person, as a sound file."""

    path: str
    """Below the platform's /media/; for the box below the platform's root."""
    sha256: str
    bytes: int
    length_ms: Milliseconds


@dataclass(frozen=True, slots=True)
class Article:
    """The header: what a list shows, and which body belongs to it."""

    article_id: ArticleId
    title: str
    producer: str
    category: str
    topic: str
    published_on: date
    body_sha256: str
    body_bytes: int
    recording: Recording | None = None


def body_path(sha256: str) -> str:
    """Where the body with this SHA-256 lies below the platform's media."""
    return f"{FOLDER}/{sha256[:_NAME_DIGITS]}.json"


def picture_path(source_sha256: str) -> str:
    """Where a picture made from a file with this SHA-256 lies below the platform's media."""
    return f"{FOLDER}/{source_sha256[:_NAME_DIGITS]}.jpg"


def reading_of(article_id: ArticleId) -> ItemId:
    """The item id under which the reading of an article is recorded."""
    return ItemId(_MARK + article_id)


def article_of(item_id: ItemId) -> ArticleId | None:
    """The article an item id names; None for whatever is watched."""
    return ArticleId(item_id.removeprefix(_MARK)) if item_id.startswith(_MARK) else None
