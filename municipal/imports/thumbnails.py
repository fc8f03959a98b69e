"""The thumbnails of the courses that are being imported."""

from dataclasses import replace
from pathlib import Path

from municipal.errors import MediaError
from municipal.imports.course_sheet import Described, with_episodes
from municipal.imports.sheet import SetAside
from municipal.media.thumbnails import AUDIO, Drawing, are_made, prefix_of
from study.course import Episode
from study.units import ItemId


def with_thumbnails(
    found: Described, folder: Path, draw: Drawing | None
) -> tuple[Described, tuple[SetAside, ...]]:
    """The courses with the thumbnails that there are, and the rows for which none could be made.

    Those of an earlier import are taken again; what is missing is made, or left out where `draw` is None.
    Raises StartError without ffmpeg.
    """
    silent = _without_picture(found)
    parts = [episode for course in found.courses.values() for episode in course.episodes]
    shown = [episode for episode in parts if episode.item_id not in silent]
    missing = [episode for episode in shown if not are_made(folder, episode)] if draw is not None else []
    notes = _made(missing, found, draw) if draw is not None else ()
    courses = {
        name: with_episodes(course, (_with_own(episode, folder, silent) for episode in course.episodes))
        for name, course in found.courses.items()
    }
    return replace(found, courses=courses), notes


def _made(missing: list[Episode], found: Described, draw: Drawing) -> tuple[SetAside, ...]:
    notes: list[SetAside] = []
    for done, episode in enumerate(missing):
        draw.progress(done, len(missing), episode.title)
        try:
            draw.make(episode)
        except MediaError as error:
            notes.append(SetAside(found.lines[episode.item_id], error.words))
    draw.progress(len(missing), len(missing), "")
    return tuple(notes)


def _with_own(episode: Episode, folder: Path, silent: frozenset[ItemId]) -> Episode:
    has_own = episode.item_id not in silent and are_made(folder, episode)
    return replace(episode, thumbnails=prefix_of(episode)) if has_own else episode


def _without_picture(found: Described) -> frozenset[ItemId]:
    """The episodes that are sound alone."""
    return frozenset(
        episode.item_id
        for name, course in found.courses.items()
        for episode in course.episodes
        if found.codecs[name][episode.number] in AUDIO
    )
