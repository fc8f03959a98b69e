"""What television and agent say to each other of articles, as both sides read it."""

from typing import TypedDict

ARTICLES = "/v1/articles"
ARTICLE_GROUPS = "/v1/article-groups"


class ArticleTile(TypedDict):
    """One article on a list."""

    id: str
    """"article:1"."""
    title: str
    producer: str
    category: str
    topic: str
    published_on: str
    """ISO 8601, "2026-11-03"."""
    on_box: bool
    """Opened before, so that it can be read without the network."""


class ArticlesReply(TypedDict):
    """A run of the list of articles, newest first; beyond its end there are none."""

    version: str
    """Another one than before: the articles may have other places now."""
    total: int
    first: int
    """Place of the first one, counted from 0."""
    articles: list[ArticleTile]


class ArticleGroupEntry(TypedDict):
    """A topic or category with the number of its articles."""

    name: str
    articles: int


class ArticleGroupsReply(TypedDict):
    """What articles can be looked for by, the largest first."""

    topics: list[ArticleGroupEntry]
    categories: list[ArticleGroupEntry]


class BlockEntry(TypedDict):
    """A part of an article; of a picture the text is its caption."""

    kind: str
    """"heading", "paragraph" or "picture"."""
    text: str
    level: int
    """Of a heading, 1 to 3; else 0."""
    url: str
    """Of a picture, on loopback; else empty."""
    width_px: int
    height_px: int


class RecordingEntry(TypedDict):
    """An article read aloud by a person; over the network, so perhaps not to be had now."""

    url: str
    length_ms: int


class ArticleReply(TypedDict):
    """One article, whole."""

    id: str
    item_id: str
    title: str
    producer: str
    category: str
    topic: str
    published_on: str
    blocks: list[BlockEntry]
    recording: RecordingEntry | None
    is_newest: bool
    """False for an earlier version that is on the box while the newest cannot be had."""
