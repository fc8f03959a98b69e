"""The door at which boxes fetch the catalogue, or what changed in it."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import JSONResponse

from municipal.api.parts import parts_of
from municipal.api.signed import signed_by
from municipal.api.telling import told_in
from municipal.hearing import hear
from municipal.stores.catalogue import Changes, Channel, as_live_channel, catalogue_id, changes_since
from study.anchor import to_utc_ms
from study.city_api import CATALOGUE, CatalogueReply, ChannelEntry, CourseEntry, EpisodeEntry, SubtitlesEntry
from study.course import Course, Episode
from study.subtitles import Subtitles

router = APIRouter()


@router.get(CATALOGUE, response_model=None)
def get_catalogue(
    request: Request,
    since: Annotated[int, Query(ge=0)] = 0,
    if_none_match: Annotated[str, Header()] = "",
) -> Response:
    """Everything for `since=0` or a revision that was never ours; otherwise what changed after it.

    Nobody has to sign for it; a box that does is noted as heard of.
    """
    parts = parts_of(request)
    if "signature" in request.headers:
        now_ms = to_utc_ms(parts.clock())
        hear(parts.database, signed_by(request, b""), told_in(request.headers), now_ms)
    with parts.database.reading() as connection:
        changes = changes_since(connection, since)
        tag = f'"{catalogue_id(connection)}-{changes.revision}-{changes.since}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if tag in (part.strip().removeprefix("W/") for part in if_none_match.split(",")):
        return Response(status_code=304, headers=headers)
    return JSONResponse(_reply(changes), headers=headers)


def _reply(changes: Changes) -> CatalogueReply:
    return {
        "revision": changes.revision,
        "since": changes.since,
        "full": changes.full,
        "courses": [_course(course) for course in changes.courses],
        "channels": [_channel(channel) for channel in changes.channels],
        "removed": list(changes.removed),
    }


def _course(course: Course) -> CourseEntry:
    return {
        "course_id": course.course_id,
        "title": course.title,
        "producer": course.producer,
        "category": course.category,
        "topic": course.topic,
        "monthly": course.monthly,
        "cover": f"/covers/{quote(course.cover_path)}" if course.cover_path else "",
        "episodes": [_episode(episode) for episode in course.episodes],
    }


def _episode(episode: Episode) -> EpisodeEntry:
    entry: EpisodeEntry = {
        "item_id": episode.item_id,
        "number": episode.number,
        "title": episode.title,
        "length_ms": episode.length_ms,
        "media": f"/media/{quote(episode.media_path)}",
        "sha256": episode.media_sha256,
        "bytes": episode.media_bytes,
    }
    # Boxes hang on thin lines: what is not there is not sent.
    if episode.subtitles:
        entry["subtitles"] = [_subtitles(each) for each in episode.subtitles]
    if episode.thumbnails:
        entry["thumbnails"] = f"/media/{quote(episode.thumbnails)}"
    return entry


def _subtitles(subtitles: Subtitles) -> SubtitlesEntry:
    return {
        "language": subtitles.language,
        "name": subtitles.name,
        "path": f"/media/{quote(subtitles.path)}",
        "sha256": subtitles.sha256,
        "bytes": subtitles.bytes,
    }


def _channel(channel: Channel) -> ChannelEntry:
    seen = as_live_channel(channel)
    return {
        "channel_id": seen.channel_id,
        "number": seen.number,
        "title": seen.title,
        "playlist": seen.address,
    }
