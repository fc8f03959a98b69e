"""Import of courses, one row an episode, into the catalogue's next revision."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from municipal.database import Connection, Database
from municipal.imports.course_sheet import COLUMNS, Described, described, with_episodes
from municipal.imports.sheet import read_sheet
from municipal.imports.summary import Summary
from municipal.imports.thumbnails import with_thumbnails
from municipal.media.thumbnails import Drawing
from municipal.stores.catalogue import all_channels, all_courses, open_revision, put_course, remove
from study.anchor import to_utc_ms
from study.course import Course


def import_courses(
    database: Database,
    path: Path,
    folder: Path,
    whole: bool,
    now: datetime,
    draw: Drawing | None = None,
) -> Summary:
    """Add or change the courses of a CSV file; their media lie below `folder`.

    The file is an addition: courses and episodes it does not name stay. With `whole` it is the
    full list, and those it does not name are removed. What changed makes one new revision.
    Raises FileError, StorageError, StartError without ffmpeg.
    """
    sheet = read_sheet(path, COLUMNS)
    with database.reading() as connection:
        channel_ids = frozenset(all_channels(connection))
    found = described(sheet.rows, folder, channel_ids)
    found, notes = with_thumbnails(found, folder, draw)
    with database.writing() as connection:
        before = all_courses(connection)
        after = {
            name: _joined(before.get(name), course, found, whole) for name, course in found.courses.items()
        }
        different = {name: course for name, course in after.items() if before.get(name) != course}
        named = {course_id for course_id, _ in found.named}
        gone = [name for name in before if whole and name not in named]
        revision = None
        if different or gone:
            revision = open_revision(connection, path.name, to_utc_ms(now))
            _write(connection, different, gone, found, revision)
    new = sum(name not in before for name in different)
    set_aside = (*sheet.set_aside, *found.set_aside)
    unchanged = len(after) - len(different)
    return Summary(new, len(different) - new, unchanged, len(gone), set_aside, revision, notes)


def _joined(before: Course | None, course: Course, found: Described, whole: bool) -> Course:
    """The course with those of its present episodes that the file leaves alone or could not describe."""
    if before is None:
        return course
    if not found.names_subtitles:
        course = _with_kept_subtitles(before, course)
    fresh = {episode.number for episode in course.episodes}
    kept = [
        episode
        for episode in before.episodes
        if episode.number not in fresh
        and (not whole or (course.course_id, str(episode.number)) in found.named)
    ]
    return with_episodes(course, (*course.episodes, *kept))


def _with_kept_subtitles(before: Course, course: Course) -> Course:
    held = {episode.number: episode.subtitles for episode in before.episodes}
    return with_episodes(
        course,
        (replace(episode, subtitles=held.get(episode.number, ())) for episode in course.episodes),
    )


def _write(
    connection: Connection,
    different: dict[str, Course],
    gone: Iterable[str],
    found: Described,
    revision: int,
) -> None:
    for name, course in different.items():
        put_course(connection, course, found.codecs[name], revision)
    for name in gone:
        remove(connection, name, revision)
