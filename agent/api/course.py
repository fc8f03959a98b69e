"""A course's page: its episodes with what was studied of each."""

from fastapi.responses import Response

from agent.api.home import cover_path
from agent.api.parts import Parts
from agent.clock import Clock
from agent.errors import ApiError
from agent.stores.courses.catalogue import read_course
from agent.stores.courses.covers import media_type
from agent.stores.courses.shelf import on_box
from agent.stores.disk.database import Tables
from agent.stores.sessions.beginning import session_going_on
from agent.stores.sessions.progress import read_progress
from study.course import Episode
from study.local_api import CourseReply, EpisodeReply
from study.units import CourseId


def course_page(tables: Tables, clock: Clock, course_id: CourseId, screen: str) -> CourseReply:
    """Raises ApiError 404 for a course that is not offered."""
    course = read_course(tables, course_id)
    if course is None:
        raise ApiError(404, "unknown_course", "没有这门课程，可能已经下架")
    here = on_box(tables, [course.course_id])
    return CourseReply(
        id=course.course_id,
        title=course.title,
        producer=course.producer,
        category=course.category,
        length_ms=course.length_ms,
        cover=cover_path(course),
        episodes=[_episode(tables, clock, e, screen, e.item_id in here) for e in course.episodes],
    )


def cover(parts: Parts, course_id: CourseId) -> Response:
    """Its picture. Raises ApiError 404 for a course that has none here."""
    with parts.database.reading() as tables:
        course = read_course(tables, course_id)
    try:
        image = (
            b""
            if course is None or not course.cover_path
            else parts.covers.file(course.cover_path).read_bytes()
        )
    except OSError:
        image = b""
    kind = media_type(image)
    if kind is None:
        raise ApiError(404, "no_cover", "这门课程没有封面")
    return Response(image, media_type=kind)


def _episode(tables: Tables, clock: Clock, episode: Episode, screen: str, is_here: bool) -> EpisodeReply:
    progress = read_progress(tables, episode.item_id)
    going_on = session_going_on(tables, screen, episode.item_id, clock.boot, clock.mono_ms())
    return EpisodeReply(
        item_id=episode.item_id,
        number=episode.number,
        title=episode.title,
        length_ms=episode.length_ms,
        position_ms=progress.resume_ms(episode.length_ms),
        played_ms=0 if going_on is None else going_on["played_ms"],
        effective_ms=0 if going_on is None else going_on["effective_ms"],
        counted=progress.counted,
        done=progress.is_done(episode.length_ms),
        covered=[[start, end] for start, end in progress.covered],
        on_box=is_here,
    )
