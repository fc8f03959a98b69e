"""The courses that a CSV file of episodes describes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from municipal.errors import MediaError, RowError
from municipal.imports.sheet import Row, SetAside
from municipal.imports.subtitles import has_column, subtitles_of
from municipal.media.probe import Media, probe
from municipal.month import is_month
from study.course import Course, Episode, episode_id
from study.units import CourseId, ItemId

COLUMNS = (
    "course_id",
    "title",
    "producer",
    "category",
    "topic",
    "monthly",
    "episode",
    "episode_title",
    "media",
    "cover",
)
ENTRY_ID = re.compile(r"[0-9A-Za-z_-]{1,40}", re.ASCII)
"""No dot and no @: those stand in item ids."""


@dataclass(frozen=True, slots=True)
class Described:
    """What the rows describe: courses, the codec of each episode, and rows that made no sense."""

    courses: dict[str, Course]
    codecs: dict[str, dict[int, str]]
    set_aside: tuple[SetAside, ...]
    named: frozenset[tuple[str, str]]
    """(course, episode) of every row, of those set aside as well."""
    lines: dict[ItemId, int]
    """Where in the file each episode stands."""
    names_subtitles: bool
    """Whether the file has the column; without it an episode keeps those it has."""


def described(rows: Iterable[Row], folder: Path, channel_ids: frozenset[str]) -> Described:
    """Put the rows together, looking into each file below `folder`. Raises StartError without ffmpeg."""
    courses: dict[str, Course] = {}
    codecs: dict[str, dict[int, str]] = {}
    set_aside: list[SetAside] = []
    lines: dict[ItemId, int] = {}
    held = tuple(rows)
    for row in held:
        try:
            known, number = _place(row, courses, channel_ids)
            media = probe(folder, row.text("media"))
            subtitles = subtitles_of(row, folder)
        except (RowError, MediaError) as error:
            set_aside.append(SetAside(row.line, error.words))
            continue
        episode = _episode(known.course_id, number, row.values["episode_title"] or known.title, media)
        episode = replace(episode, subtitles=subtitles)
        lines[episode.item_id] = row.line
        courses[known.course_id] = with_episodes(known, (*known.episodes, episode))
        codecs.setdefault(known.course_id, {})[number] = media.codec
    names_subtitles = any(has_column(row) for row in held)
    named = frozenset((row.values["course_id"], row.values["episode"]) for row in held)
    return Described(courses, codecs, tuple(set_aside), named, lines, names_subtitles)


def with_episodes(course: Course, parts: Iterable[Episode]) -> Course:
    """The course with these episodes, by number."""
    return replace(course, episodes=tuple(sorted(parts, key=lambda episode: episode.number)))


def _place(row: Row, courses: dict[str, Course], channel_ids: frozenset[str]) -> tuple[Course, int]:
    """The course that a row belongs to, as known so far, and the number of its episode."""
    head, number = _head(row, channel_ids), row.number("episode")
    known = courses.get(head.course_id, head)
    if with_episodes(known, ()) != head:
        raise RowError(f"课程“{head.course_id}”的名称、来源或栏目与前面的行不一致")
    if any(episode.number == number for episode in known.episodes):
        raise RowError(f"课程“{head.course_id}”第 {number} 集在文件中重复")
    return known, number


def _head(row: Row, channel_ids: frozenset[str]) -> Course:
    course_id = row.text("course_id")
    if not ENTRY_ID.fullmatch(course_id):
        raise RowError(f"课程编号“{course_id[:40]}”只能用数字、英文字母、“-”和“_”")
    if course_id in channel_ids:
        raise RowError(f"编号“{course_id}”已是直播频道，课程不能再用")
    return Course(
        course_id=CourseId(course_id),
        title=row.text("title"),
        producer=row.values["producer"],
        category=row.values["category"],
        topic=row.values["topic"],
        monthly=_month(row),
        cover_path=row.values["cover"],
        episodes=(),
    )


def _month(row: Row) -> str:
    month = row.values["monthly"]
    if month and not is_month(month):
        raise RowError(f"“monthly”一列应为空或形如 2026-11，现为“{month[:40]}”")
    return month


def _episode(course_id: CourseId, number: int, title: str, media: Media) -> Episode:
    item_id = episode_id(course_id, number)
    return Episode(item_id, number, title, media.length_ms, media.path, media.sha256, media.size_bytes)
