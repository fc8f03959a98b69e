"""The playlist of a channel that is not the platform's: passed on for as long as it moves."""

import logging
from contextlib import closing
from itertools import count
from urllib.parse import quote

from fastapi.responses import Response

from agent.api.media import check_pass
from agent.api.parts import Parts
from agent.clients.playlists import Playlist, PlaylistClient
from agent.errors import ApiError
from agent.records.playlist_text import readdressed
from agent.stores.courses.catalogue import known_item
from study.address import is_web
from study.units import ItemId

log = logging.getLogger(__name__)

PLAYLIST_TYPE = "application/vnd.apple.mpegurl"


def channel_playlist(parts: Parts, media_pass: str, channel_id: ItemId, at: str | None) -> Response:
    """The channel's own playlist, or with `at` one that it has named.

    What it names is fetched by the player from where it is; only playlists lead back here. Raises
    ApiError 404 for a wrong pass or for what is no playlist of this channel, 502 when it was not to
    be had, 503 when it has stopped moving on.
    """
    check_pass(parts, media_pass)
    own = _own_address(parts, channel_id)
    address, place = (own, channel_id) if at is None else (at, parts.named.place_of(channel_id, at))
    if place is None:
        raise ApiError(404, "no_playlist", "这个频道没有这个播放列表，请退出后重新打开")
    numbers = count(1)

    def back(named: str) -> str:
        if not is_web(named):
            return named  # The player may know how to open it; the agent does not.
        parts.named.add(channel_id, named, f"{place}.{next(numbers)}")
        # Beside this very playlist, so that neither pass nor port stands in it.
        return f"index.m3u8?at={quote(named, safe='')}"

    found = _fetched(parts, channel_id, address)
    # By its place: its address may be a new one at every opening, with a key of that moment in it.
    parts.relay.admit(place, found.content)
    try:
        content = readdressed(found.content, found.address, back)
    except ValueError as error:
        raise ApiError(502, "no_playlist", "这个频道的播放列表太长，不能播放；其他频道照常能看") from error
    return Response(content, media_type=PLAYLIST_TYPE, headers={"Cache-Control": "no-cache"})


def _own_address(parts: Parts, channel_id: ItemId) -> str:
    with parts.database.reading() as tables:
        item = known_item(tables, channel_id)
    if item is None or not item.is_channel_by_playlist:
        raise ApiError(404, "no_playlist", "没有这个频道，可能已经下架")
    return item.path


def _fetched(parts: Parts, channel_id: ItemId, address: str) -> Playlist:
    with closing(PlaylistClient(parts.clock)) as client:
        try:
            return client.fetch(address)
        except ApiError as error:
            log.warning("playlist of channel %s not passed on: %s", channel_id, error.words)
            raise
