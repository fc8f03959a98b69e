"""Media for the player: the box's own copy where there is one, the city's otherwise."""

import hmac
import mimetypes
from pathlib import Path

from fastapi.responses import FileResponse, Response

from agent.api.parts import Parts
from agent.api.source import own_copy
from agent.errors import ApiError
from agent.records.subtitle_text import as_utf8
from study.subtitles import BYTES_MAX, is_subtitles_path

BYTE_RANGE = r"^bytes=([0-9]{1,15}-[0-9]{0,15}|-[0-9]{1,15})$"
"""One stretch, as players ask for it."""

_TEXT = "text/plain; charset=utf-8"
_SERVED = ("/media/", "/live/")


class CopyResponse(FileResponse):
    """The box's own copy. Every piece costs a walk through a thread: in pieces four times Starlette's size a
    film takes half the processor time, of which a player asks for 16 MB at once when it opens."""

    chunk_size = 256 * 1024


def media_response(parts: Parts, media_pass: str, path: str, byte_range: str | None) -> Response:
    """Raises ApiError 404 for a wrong pass or a path that is no media, 422 for a range that runs backwards;
    CityError from the relay."""
    check_pass(parts, media_pass)
    if not path.startswith(_SERVED) or ".." in path.split("/"):
        raise ApiError(404, "no_media", "没有这个媒体文件")
    if byte_range is not None and _runs_backwards(byte_range):
        raise ApiError(422, "bad_range", "要取的片段首尾颠倒")
    copy = own_copy(parts, path)
    if is_subtitles_path(path):
        return Response(_subtitles(parts, path, copy), media_type=_TEXT)
    if copy is not None:
        # Starlette answers Range requests for files by itself.
        return CopyResponse(copy, media_type=mimetypes.guess_type(path)[0] or "application/octet-stream")
    return parts.relay.respond(path, byte_range)


def check_pass(parts: Parts, media_pass: str) -> None:
    """Raises ApiError 404 for a wrong one: with it an address is nobody's to guess."""
    if not hmac.compare_digest(media_pass.encode(), parts.media_pass.encode()):
        raise ApiError(404, "no_media", "没有这个媒体文件")


def _subtitles(parts: Parts, path: str, copy: Path | None) -> bytes:
    """In UTF-8, whatever they were written in; whole, since a range of other bytes would mean nothing."""
    if copy is not None:
        return as_utf8(copy.read_bytes())
    client = parts.new_client()
    try:
        return as_utf8(client.fetch(path, BYTES_MAX))
    finally:
        client.close()


def _runs_backwards(byte_range: str) -> bool:
    first, _, last = byte_range.removeprefix("bytes=").partition("-")
    return bool(first and last) and int(first) > int(last)
