"""The routes of media, whose addresses carry their own pass since a player sends no token."""

from typing import Annotated

from fastapi import FastAPI, Header, Path, Query
from fastapi.responses import Response

from agent.api.channel_playlist import PLAYLIST_TYPE, channel_playlist
from agent.api.documented import ANY, WITHOUT_TOKEN, errors, files
from agent.api.media import BYTE_RANGE, media_response
from agent.api.parts import Parts
from study.address import LENGTH_MAX
from study.units import ItemId

_Id = Annotated[str, Path(min_length=1, max_length=200)]
_Path = Annotated[str, Path(max_length=1_000)]
_Range = Annotated[str | None, Header(alias="Range", pattern=BYTE_RANGE)]
_At = Annotated[str | None, Query(max_length=LENGTH_MAX, description="这个频道的播放列表里写着的另一个")]


def add_media(app: FastAPI, parts: Parts) -> None:
    """As with every route: plain functions, which wait for disk and network on worker threads."""

    def playlist(media_pass: _Id, channel_id: _Id, at: _At = None) -> Response:
        return channel_playlist(parts, media_pass, ItemId(channel_id), at)

    def media(media_pass: _Id, path: _Path, byte_range: _Range = None) -> Response:
        return media_response(parts, media_pass, f"/{path}", byte_range)

    # Before the one that takes every path.
    app.add_api_route(
        "/media/{media_pass}/channels/{channel_id}/index.m3u8",
        playlist,
        response_class=Response,
        openapi_extra=dict(WITHOUT_TOKEN),
        responses=files(200, PLAYLIST_TYPE) | errors(404, 422, 502),
    )
    app.add_api_route(
        "/media/{media_pass}/{path:path}",
        media,
        response_class=Response,
        openapi_extra=dict(WITHOUT_TOKEN),
        responses=files(200, ANY) | files(206, ANY) | files(416, ANY) | errors(404, 422, 502),
    )
