"""The mirror of the catalogue: what can be studied here, as the platform last published it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database as Tables

from agent.records.delta import Delta
from agent.stores.articles.headers import title_of
from agent.stores.courses.companions import put_companions, with_companions
from agent.stores.guide.line_up import channel, line_up_anew
from study.address import is_playlist, is_web
from study.article import article_of
from study.course import Course, Episode, channel_of
from study.rules import Kind
from study.units import CourseId, ItemId, Milliseconds


@dataclass(frozen=True, slots=True)
class KnownItem:
    """What the catalogue says of an item, whether or not it is still offered."""

    kind: Kind
    title: str
    episode_title: str
    """Of a live programme that was watched, the programme's."""
    episode: int | None
    """Its number in a course of several episodes; None where there is nothing to tell apart."""
    length_ms: Milliseconds
    """0 for what has none: live, articles."""
    path: str
    """Media or playlist, below the platform's root; a channel may have a full address."""
    sha256: str

    @property
    def is_channel_by_playlist(self) -> bool:
        """Whether it is a channel elsewhere whose playlist the agent fetches, and passes on."""
        return self.kind is Kind.LIVE and is_web(self.path) and is_playlist(self.path)


_COLUMNS = "course_id, title, producer, category, topic, monthly, cover"


def revision(tables: Tables) -> int:
    """The revision mirrored; 0 for none."""
    row = tables.execute("SELECT revision FROM mirror").fetchone()
    return 0 if row is None else int(row[0])


def apply_delta(tables: Tables, delta: Delta) -> None:
    """Bring the mirror to a revision.

    What is gone stays known: sessions of it still need its title and length.
    """
    if delta.full:
        for table in ("courses", "channels"):
            tables.execute(f"UPDATE {table} SET gone = 1")  # noqa: S608  two fixed names
    for gone_id in delta.removed:
        tables.execute("UPDATE courses SET gone = 1 WHERE course_id = ?", [gone_id])
        tables.execute("UPDATE channels SET gone = 1 WHERE channel_id = ?", [gone_id])
    last = tables.execute("SELECT coalesce(max(place), 0) FROM courses").fetchone()[0]
    for place, course in enumerate(delta.courses, start=1 if delta.full else last + 1):
        _put_course(tables, course, place, moved=delta.full)
    for each in delta.channels:
        tables.execute(
            "INSERT OR REPLACE INTO channels VALUES (?, ?, ?, ?, 0)",
            [each.channel_id, each.number, each.title, each.address],
        )
    line_up_anew(tables)
    tables.execute("INSERT OR REPLACE INTO mirror VALUES (1, ?)", [delta.revision])


def _put_course(tables: Tables, course: Course, place: int, *, moved: bool) -> None:
    held = tables.execute("SELECT place FROM courses WHERE course_id = ?", [course.course_id]).fetchone()
    kept_place = place if held is None or moved else held[0]
    tables.execute(
        "INSERT OR REPLACE INTO courses VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
        [
            course.course_id,
            course.title,
            course.producer,
            course.category,
            course.topic,
            course.monthly,
            course.cover_path,
            kept_place,
        ],
    )
    tables.execute("UPDATE episodes SET gone = 1 WHERE course_id = ?", [course.course_id])
    for e in course.episodes:
        tables.execute(
            "INSERT OR REPLACE INTO episodes VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
            [
                e.item_id,
                course.course_id,
                e.number,
                e.title,
                e.length_ms,
                e.media_path,
                e.media_sha256,
                e.media_bytes,
            ],
        )
        put_companions(tables, e)


def course_count(tables: Tables) -> int:
    """How many courses are offered."""
    return int(tables.execute("SELECT count(*) FROM courses WHERE gone = 0").fetchone()[0])


def read_course(tables: Tables, course_id: CourseId) -> Course | None:
    """One offered course with its episodes."""
    found = courses_where(tables, "course_id = ?", [course_id], limit=1)
    return found[0] if found else None


def courses_where(tables: Tables, condition: str, values: Iterable[str], *, limit: int) -> list[Course]:
    """Offered courses in the platform's order; `condition` is SQL written in this program."""
    rows = tables.execute(
        f"SELECT {_COLUMNS} FROM courses WHERE gone = 0 AND {condition} ORDER BY place LIMIT ?",  # noqa: S608
        [*values, limit],
    )
    return _with_episodes(tables, rows.fetchall())


def courses_by_id(tables: Tables, course_ids: Sequence[str]) -> list[Course]:
    """Those of them that are offered, in the order of the ids."""
    rows = tables.execute(
        f"SELECT {_COLUMNS} FROM json_each(?) wanted CROSS JOIN courses ON course_id = wanted.value"  # noqa: S608
        " WHERE gone = 0 ORDER BY wanted.key",
        [json.dumps(course_ids)],
    )
    return _with_episodes(tables, rows.fetchall())


def _with_episodes(tables: Tables, rows: Sequence[tuple[Any, ...]]) -> list[Course]:
    """One question for all of them: asked one by one, a page of courses would cost hundreds."""
    episodes = _episodes(tables, [row[0] for row in rows])
    return [Course(*(*row, episodes[row[0]])) for row in rows]


def _episodes(tables: Tables, course_ids: Sequence[str]) -> dict[str, tuple[Episode, ...]]:
    rows = tables.execute(
        "SELECT e.course_id, item_id, number, title, length_ms, media, sha256, bytes"
        " FROM json_each(?) wanted CROSS JOIN episodes e ON e.course_id = wanted.value"
        " WHERE gone = 0 ORDER BY wanted.key, number",
        [json.dumps(course_ids)],
    ).fetchall()
    whole = with_companions(tables, [Episode(*row[1:]) for row in rows])
    found: dict[str, tuple[Episode, ...]] = dict.fromkeys(course_ids, ())
    for row, episode in zip(rows, whole, strict=True):
        found[row[0]] += (episode,)
    return found


def names(tables: Tables, column: str) -> list[str]:
    """The topics or categories of the offered courses, in the order of their first course."""
    rows = tables.execute(
        f"SELECT {column} FROM courses WHERE gone = 0 AND {column} <> ''"  # noqa: S608  two fixed names
        f" GROUP BY {column} ORDER BY min(place)"
    )
    return [row[0] for row in rows]


def known_item(tables: Tables, item_id: ItemId) -> KnownItem | None:
    """What the catalogue knows of an item, offered or gone; None if it never named it.

    Whatever is called an article is one, named or not: it never counts as anything else.
    """
    if (article_id := article_of(item_id)) is not None:
        title = title_of(tables, article_id) or item_id
        return KnownItem(Kind.ARTICLE, title, "", None, Milliseconds(0), "", "")
    row = tables.execute(
        "SELECT c.title, e.title, e.length_ms, e.media, e.sha256, CASE WHEN"
        " (SELECT count(*) FROM episodes other WHERE other.course_id = e.course_id) > 1 THEN e.number END"
        " FROM episodes e JOIN courses c USING (course_id) WHERE item_id = ?",
        [item_id],
    ).fetchone()
    if row is not None:
        title, episode_title, length_ms, media, sha256, number = row
        return KnownItem(Kind.VOD, title, episode_title, number, length_ms, media, sha256)
    on_air = channel(tables, channel_of(item_id))
    if on_air is None:
        return None
    row = tables.execute("SELECT title FROM watched_programmes WHERE item_id = ?", [item_id]).fetchone()
    programme = "" if row is None else row[0]
    return KnownItem(Kind.LIVE, on_air.title, programme, None, Milliseconds(0), on_air.address, "")
