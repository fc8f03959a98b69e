"""The door at which televisions fetch live playlists."""

import re

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from municipal.api.parts import parts_of

router = APIRouter()

_CHANNEL = re.compile(r"[0-9A-Za-z_-]{1,40}", re.ASCII)


@router.get("/live/{channel}/index.m3u8", response_model=None)
def get_playlist(request: Request, channel: str) -> Response:
    """The playlist as it is now, read in one go: it is replaced every two seconds."""
    if not _CHANNEL.fullmatch(channel):
        raise HTTPException(404)
    try:
        text = (parts_of(request).playlists / channel / "index.m3u8").read_bytes()
    except OSError as error:
        raise HTTPException(404) from error
    return Response(text, media_type="application/vnd.apple.mpegurl", headers={"Cache-Control": "no-store"})
