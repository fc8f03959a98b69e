"""Catalogue deltas: the platform's reply, with unreadable rows set aside."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Annotated, TypeVar
from urllib.parse import unquote

from pydantic import AfterValidator, BaseModel, Field, ValidationError

from agent.errors import NonsenseError
from study.address import LENGTH_MAX, fault_of, is_full
from study.course import Course, Episode, LiveChannel, episode_id
from study.subtitles import BYTES_MAX, Subtitles, is_subtitles_path
from study.units import CourseId, ItemId, Milliseconds

_WHOLE_MAX = 2**53
_ROWS_MAX = 1_000_000
_SUBTITLES_MAX = 50


def _below_root(quoted: str) -> str:
    path = unquote(quoted)
    if any(character < " " or character == "\x7f" for character in path):
        raise ValueError("a path without control characters is expected")
    if path and (not path.startswith("/") or path.startswith("//") or ".." in path.split("/")):
        raise ValueError("a path below the platform's root is expected")
    return path


def _subtitles_path(path: str) -> str:
    if not is_subtitles_path(path):
        raise ValueError("a path that ends like subtitles is expected")
    return path


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("a name without control characters is expected")
    return text


def _address(text: str) -> str:
    if not is_full(text):
        return _below_root(text)
    if (fault := fault_of(text)) is not None:
        raise ValueError(f"a channel's address is expected: {fault}")
    return text


Whole = Annotated[int, Field(ge=0, lt=_WHOLE_MAX)]
Text = Annotated[str, Field(max_length=500)]
Name = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\s/.@]+$")]
Path = Annotated[str, Field(max_length=1_000), AfterValidator(_below_root)]


class _EpisodeRow(BaseModel):
    item_id: Annotated[str, Field(min_length=1, max_length=200)]
    number: Whole
    title: Text
    length_ms: Whole
    media: Path
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    bytes: Whole
    subtitles: object = ()
    thumbnails: object = ""


class _SubtitlesRow(BaseModel):
    language: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z-]+$")]
    name: Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_printable)]
    path: Annotated[Path, Field(min_length=1), AfterValidator(_subtitles_path)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    bytes: Annotated[int, Field(gt=0, le=BYTES_MAX)]


class _ThumbnailsRow(BaseModel):
    thumbnails: Annotated[Path, Field(min_length=1)]


class _CourseRow(BaseModel):
    course_id: Name
    title: Annotated[str, Field(min_length=1, max_length=500)]
    producer: Text = ""
    category: Text = ""
    topic: Text = ""
    monthly: Text = ""
    cover: Path = ""
    episodes: Annotated[list[object], Field(max_length=10_000)]


class _ChannelRow(BaseModel):
    channel_id: Name
    number: Whole
    title: Text
    playlist: Annotated[str, Field(min_length=1, max_length=LENGTH_MAX), AfterValidator(_address)]


class _Reply(BaseModel):
    revision: Whole
    since: Whole
    full: bool
    courses: Annotated[list[object], Field(max_length=_ROWS_MAX)]
    channels: Annotated[list[object], Field(max_length=_ROWS_MAX)]
    removed: Annotated[list[Text], Field(max_length=_ROWS_MAX)]


@dataclass(frozen=True, slots=True)
class Delta:
    """What a revision changes, and what could not be read of it."""

    revision: int
    full: bool
    courses: tuple[Course, ...]
    channels: tuple[LiveChannel, ...]
    removed: tuple[str, ...]
    unreadable: tuple[str, ...]
    """One line for each row set aside."""


def delta_of(reply: object, since: int) -> Delta:
    """The delta after revision `since`.

    Raises NonsenseError where the reply as a whole cannot be meant, so that it never takes the place
    of a good mirror: another form, another question's answer, or nothing readable in a full catalogue.
    """
    try:
        told = _Reply.model_validate(reply)
    except ValidationError as error:
        raise NonsenseError("市平台送来的课程目录无法识别，继续使用原有目录") from error
    if not told.full and (told.since != since or told.revision < since):
        raise NonsenseError("市平台送来的课程目录与本机版本接不上，继续使用原有目录")
    aside: list[str] = []
    courses = tuple(_readable("course", told.courses, lambda row: _course(row, aside), aside))
    channels = tuple(_readable("channel", told.channels, _channel, aside))
    if told.full and told.courses and not courses:
        raise NonsenseError("市平台送来的课程目录没有一门课程可读，继续使用原有目录")
    return Delta(told.revision, told.full, courses, channels, tuple(told.removed), tuple(aside))


_Row = TypeVar("_Row")


def _readable(
    what: str, rows: Iterable[object], read: Callable[[object], _Row], aside: list[str]
) -> Iterable[_Row]:
    for row in rows:
        try:
            yield read(row)
        except ValueError as error:  # pydantic's ValidationError is one
            aside.append(f"{what} set aside: {_named(row)}: {_first_fault(error)}")


def _course(row: object, aside: list[str]) -> Course:
    told = _CourseRow.model_validate(row)
    course_id = CourseId(told.course_id)
    read = partial(_episode, course_id=course_id, aside=aside)
    episodes = tuple(_readable("episode", told.episodes, read, aside))
    if not episodes:
        raise ValueError("no readable episode")
    return Course(
        course_id=course_id,
        title=told.title,
        producer=told.producer,
        category=told.category,
        topic=told.topic,
        monthly=told.monthly,
        cover_path=told.cover,
        episodes=episodes,
    )


def _episode(row: object, course_id: CourseId, aside: list[str]) -> Episode:
    told = _EpisodeRow.model_validate(row)
    if told.item_id != episode_id(course_id, told.number):
        raise ValueError(f"item_id {told.item_id} is not {episode_id(course_id, told.number)}")
    return Episode(
        item_id=ItemId(told.item_id),
        number=told.number,
        title=told.title,
        length_ms=Milliseconds(told.length_ms),
        media_path=told.media,
        media_sha256=told.sha256,
        media_bytes=told.bytes,
        subtitles=_subtitles(told, aside),
        thumbnails=_thumbnails(told, aside),
    )


def _subtitles(told: _EpisodeRow, aside: list[str]) -> tuple[Subtitles, ...]:
    """Those that can be read: what lies beside an episode never costs the episode."""
    if not isinstance(told.subtitles, list | tuple) or len(told.subtitles) > _SUBTITLES_MAX:
        aside.append(f"subtitles set aside: {_named(told.item_id)}: a list of at most {_SUBTITLES_MAX}")
        return ()

    def read(row: object) -> Subtitles:
        try:
            found = _SubtitlesRow.model_validate(row)
        except ValidationError as error:
            raise ValueError(f"{_named(told.item_id)}: {_first_fault(error)}") from error
        return Subtitles(found.language, found.name, found.path, found.sha256, found.bytes)

    return tuple(_readable("subtitles", told.subtitles, read, aside))


def _thumbnails(told: _EpisodeRow, aside: list[str]) -> str:
    if told.thumbnails == "":
        return ""
    try:
        return _ThumbnailsRow.model_validate({"thumbnails": told.thumbnails}).thumbnails
    except ValidationError as error:
        aside.append(f"thumbnails set aside: {_named(told.item_id)}: {_first_fault(error)}")
        return ""


def _channel(row: object) -> LiveChannel:
    told = _ChannelRow.model_validate(row)
    return LiveChannel(ItemId(told.channel_id), told.number, told.title, told.playlist)


def _named(row: object) -> str:
    if isinstance(row, dict):
        row = row.get("item_id") or row.get("course_id") or row.get("channel_id") or "no id"
    # In one line, whatever line ends a name holds, and with nothing that no file can be written with.
    return str(row)[:100].encode("unicode_escape").decode("ascii")


def _first_fault(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        fault = error.errors()[0]
        return f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
    return str(error)
