"""A page of article headers as the platform sends it, with unreadable rows set aside."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, ValidationError

from agent.errors import NonsenseError
from agent.records.delta import Name, Path, Text, Whole
from study.article import Article, Recording
from study.article_body import BODY_BYTES_MAX
from study.plain_text import plain_line
from study.units import LONGEST_MS, ArticleId, Milliseconds

_ROWS_MAX = 10_000
_Line = Annotated[str, Field(max_length=500), AfterValidator(plain_line)]
_Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _RecordingRow(BaseModel):
    media: Annotated[Path, Field(min_length=1)]
    sha256: _Digest
    bytes: Annotated[Whole, Field(gt=0)]
    length_ms: Annotated[int, Field(gt=0, le=LONGEST_MS)]


class _ArticleRow(BaseModel):
    article_id: Name
    title: Annotated[_Line, Field(min_length=1)]
    producer: _Line = ""
    category: _Line = ""
    topic: _Line = ""
    published_on: date
    body: _Digest
    bytes: Annotated[int, Field(gt=0, le=BODY_BYTES_MAX)]
    recording: object = None


class _Page(BaseModel):
    revision: Whole
    since: Whole
    full: bool
    articles: Annotated[list[object], Field(max_length=_ROWS_MAX)]
    removed: Annotated[list[Text], Field(max_length=_ROWS_MAX)]
    next: Annotated[str, Field(max_length=200)]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Headers to be taken in, and what could not be read of them."""

    revision: int
    since: int
    full: bool
    articles: tuple[Article, ...]
    removed: tuple[str, ...]
    next: str
    """Where the next page begins; empty behind the last."""
    unreadable: tuple[str, ...]
    """One line for each row set aside."""


def article_page_of(reply: object) -> ArticlePage:
    """Raises NonsenseError where the reply as a whole cannot be meant."""
    try:
        told = _Page.model_validate(reply)
    except ValidationError as error:
        raise NonsenseError("市平台送来的图文目录无法识别，继续使用原有目录") from error
    aside: list[str] = []
    articles = tuple(found for row in told.articles if (found := _article(row, aside)) is not None)
    return ArticlePage(
        told.revision, told.since, told.full, articles, tuple(told.removed), told.next, tuple(aside)
    )


def _article(row: object, aside: list[str]) -> Article | None:
    try:
        told = _ArticleRow.model_validate(row)
    except ValidationError as error:
        aside.append(f"article set aside: {_named(row)}: {_fault(error)}")
        return None
    return Article(
        article_id=ArticleId(told.article_id),
        title=told.title,
        producer=told.producer,
        category=told.category,
        topic=told.topic,
        published_on=told.published_on,
        body_sha256=told.body,
        body_bytes=told.bytes,
        recording=_recording(told, aside),
    )


def _recording(told: _ArticleRow, aside: list[str]) -> Recording | None:
    """What cannot be read of it never costs the article."""
    if told.recording is None:
        return None
    try:
        found = _RecordingRow.model_validate(told.recording)
    except ValidationError as error:
        aside.append(f"recording set aside: {_named({'article_id': told.article_id})}: {_fault(error)}")
        return None
    return Recording(found.media, found.sha256, found.bytes, Milliseconds(found.length_ms))


def _named(row: object) -> str:
    name = row.get("article_id", "no id") if isinstance(row, dict) else row
    # In one line, whatever it holds.
    return str(name)[:100].encode("unicode_escape").decode("ascii")


def _fault(error: ValidationError) -> str:
    fault = error.errors()[0]
    return f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
