"""The parts of an article as they are laid out: title, byline, headings, paragraphs, pictures."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from study.article_api import ArticleReply, BlockEntry
from tvclient.state.day_words import day_words


class PartKind(StrEnum):
    """What a part is set as."""

    TITLE = "title"
    BYLINE = "byline"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Part:
    """One part; of a picture the text is its caption."""

    kind: PartKind
    text: str
    level: int = 0
    """Of a heading, from 1."""
    url: str = ""
    width_px: int = 0
    height_px: int = 0


def parts_of(article: ArticleReply) -> tuple[Part, ...]:
    """The parts in their order; a kind that this version does not know is shown as its text."""
    return tuple(part for part in _parts(article) if part.text or part.kind is PartKind.PICTURE)


def _parts(article: ArticleReply) -> Iterator[Part]:
    yield Part(PartKind.TITLE, article["title"])
    yield Part(PartKind.BYLINE, _byline(article))
    for block in article["blocks"]:
        yield _part(block)


def _part(block: BlockEntry) -> Part:
    if block["kind"] == "heading":
        return Part(PartKind.HEADING, block["text"], level=max(1, block["level"]))
    if block["kind"] == "picture" and min(block["width_px"], block["height_px"]) > 0:
        return Part(
            PartKind.PICTURE,
            block["text"],
            url=block["url"],
            width_px=block["width_px"],
            height_px=block["height_px"],
        )
    return Part(PartKind.PARAGRAPH, block["text"])


def _byline(article: ArticleReply) -> str:
    day = day_words(article["published_on"])
    return "　".join(word for word in (article["producer"], day) if word)
