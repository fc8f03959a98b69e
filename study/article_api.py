"""What television and agent say to each other of articles, as both sides read it."""

from typing import TypedDict

ARTICLES = "/v1/articles"


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
