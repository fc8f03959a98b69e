"""Courses, their episodes, and live channels."""

from dataclasses import dataclass

from study.subtitles import Subtitles
from study.units import CourseId, ItemId, Milliseconds

PROGRAMME_MARK = "@"
"""Between a channel's id and the start of a live programme."""
_START_DIGITS = 11


@dataclass(frozen=True, slots=True)
class Episode:
    """One part of a course with a length of its own; what the 20 % rule is applied to."""

    item_id: ItemId
    number: int
    title: str
    length_ms: Milliseconds
    media_path: str
    """Below the platform's /media/."""
    media_sha256: str
    media_bytes: int
    subtitles: tuple[Subtitles, ...] = ()
    thumbnails: str = ""
    """Below the platform's /media/, what the paths of its sheets begin with; empty for none."""


@dataclass(frozen=True, slots=True)
class Course:
    """What an operator picks: one or more episodes under one title."""

    course_id: CourseId
    title: str
    producer: str
    category: str
    topic: str
    monthly: str
    """The month, "2026-11", whose 月度学习 it belongs to; empty for none."""
    cover_path: str
    """Below the platform's /covers/; empty for none."""
    episodes: tuple[Episode, ...]

    @property
    def length_ms(self) -> Milliseconds:
        return Milliseconds(sum(episode.length_ms for episode in self.episodes))


@dataclass(frozen=True, slots=True)
class LiveChannel:
    """A channel that is on the air; without a guide its item id is its channel id."""

    channel_id: ItemId
    number: int
    title: str
    address: str
    """An HLS playlist's path below the platform's root, or a full address (study/address.py)."""


def episode_id(course_id: CourseId, number: int) -> ItemId:
    """The item id of an episode, "5.1"."""
    return ItemId(f"{course_id}.{number}")


def course_of(item_id: ItemId) -> CourseId:
    """The course an episode belongs to; a channel belongs to itself."""
    return CourseId(channel_of(item_id).partition(".")[0])


def programme_id(channel_id: ItemId, starts_utc_ms: int) -> ItemId:
    """The item id of a live programme, "L1@1795345200": its channel and its start in seconds since 1970."""
    return ItemId(f"{channel_id}{PROGRAMME_MARK}{starts_utc_ms // 1000}")


def programme_start_ms(item_id: ItemId) -> int | None:
    """When a live programme starts, in milliseconds since 1970; None for what is none."""
    seconds = item_id.partition(PROGRAMME_MARK)[2]
    is_start = seconds.isascii() and seconds.isdigit() and len(seconds) <= _START_DIGITS
    return int(seconds) * 1000 if is_start else None


def channel_of(item_id: ItemId) -> ItemId:
    """The channel of a live programme; an episode stays what it is, and so is never taken for a channel."""
    return ItemId(item_id.partition(PROGRAMME_MARK)[0])
