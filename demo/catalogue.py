"""The demo's courses, channels and clips as read from the CSV files in assets/demo."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from demo.errors import DemoError

COURSE_COLUMNS = (
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
    "subtitles",
)
CHANNEL_COLUMNS = ("channel_id", "number", "title", "media")
MEDIA_COLUMNS = ("media", "length_s", "poster", "sounds")
LIVE_CATEGORY = "直播"


@dataclass(frozen=True, slots=True)
class Cover:
    """One tile picture: its file name, what stands on it, and the drawing behind it ('' = none)."""

    file: str
    title: str
    category: str
    poster: str


@dataclass(frozen=True, slots=True)
class Clip:
    """One media file to be made: an episode, or what a live channel goes round in."""

    file: str
    length_s: float
    title: str
    subtitle: str
    category: str
    poster: str
    number: int
    sounds: tuple[str, ...] = ()
    """Names of several sounds to choose from; empty for one without a name."""


@dataclass(frozen=True, slots=True)
class DemoCatalogue:
    clips: tuple[Clip, ...]
    covers: tuple[Cover, ...]


def read_catalogue(folder: Path) -> DemoCatalogue:
    """Reads courses.csv, channels.csv and media.csv; raises DemoError where they don't fit together."""
    media = {row["media"]: row for row in read_rows(folder / "media.csv", MEDIA_COLUMNS)}
    courses = read_rows(folder / "courses.csv", COURSE_COLUMNS)
    channels = read_rows(folder / "channels.csv", CHANNEL_COLUMNS)
    for row in (*courses, *channels):
        if row["media"] not in media:
            raise DemoError(
                f"演示目录里《{row['title']}》的文件 {row['media']} 没有写进 media.csv，请补上这一行。"
            )
    descriptions = [
        *((row, row["category"], _episode_line(row, courses)) for row in courses),
        *((row, LIVE_CATEGORY, f"频道 {row['number']}") for row in channels),
    ]
    clips = tuple(
        Clip(
            file=row["media"],
            length_s=float(media[row["media"]]["length_s"]),
            title=row["title"],
            subtitle=subtitle,
            category=category,
            poster=media[row["media"]]["poster"],
            number=number,
            sounds=tuple(name for name in media[row["media"]]["sounds"].split(";") if name),
        )
        for number, (row, category, subtitle) in enumerate(descriptions)
    )
    return DemoCatalogue(clips=clips, covers=tuple(_covers(courses, media)))


def read_rows(path: Path, columns: Iterable[str]) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        raise DemoError(f"演示目录 {path} 打不开（{error.strerror}），请重新取一份代码。") from error
    missing = [column for column in columns if rows and column not in rows[0]]
    if missing or not rows:
        raise DemoError(
            f"演示目录 {path} 里没有内容或缺少列：{'、'.join(missing) or '全部'}，请重新取一份代码。"
        )
    return rows


def _episode_line(row: dict[str, str], courses: list[dict[str, str]]) -> str:
    episodes = sum(other["course_id"] == row["course_id"] for other in courses)
    if episodes == 1:
        return row["producer"]
    return f"第 {row['episode']} 集 {row['episode_title']}"


def _covers(courses: list[dict[str, str]], media: dict[str, dict[str, str]]) -> Iterable[Cover]:
    drawn = set()
    for row in courses:
        if row["cover"] not in drawn:
            drawn.add(row["cover"])
            yield Cover(row["cover"], row["title"], row["category"], media[row["media"]]["poster"])
