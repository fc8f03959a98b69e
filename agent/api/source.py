"""Where the player finds an item: the box's own copy, the city's through the relay, or elsewhere."""

import logging
from pathlib import Path
from urllib.parse import quote

from agent.api.parts import Parts
from agent.errors import ApiError, CityError, NoAnswerError, NonsenseError
from agent.settings import HOST
from agent.stores.courses.catalogue import KnownItem, known_item
from agent.stores.courses.companions import companions_of
from agent.stores.delivery.outbox import note_online, read_delivery
from agent.stores.sessions.progress import read_progress
from study.address import fault_of, is_full, is_playlist
from study.course import channel_of
from study.local_api import SourceReply, SubtitleEntry, ThumbnailsEntry
from study.rules import Kind
from study.thumbnails import COLUMNS, EVERY_MS, HEIGHT_PX, ROWS, WIDTH_PX
from study.units import ItemId

log = logging.getLogger(__name__)

_FOREIGN = "网络通了，但应答的不是市平台，可能要先登录网络"


def source_of(parts: Parts, item_id: ItemId) -> SourceReply:
    """Raises ApiError 404 for an unknown item, 503 when it is neither here nor to be had."""
    with parts.database.reading() as tables:
        item = known_item(tables, item_id)
        progress = read_progress(tables, item_id)
        copy = None if item is None else parts.shelf.own_copy(tables, item.path)
    if item is None or item.kind is Kind.ARTICLE:
        raise ApiError(404, "unknown_item", "没有这个节目，可能已经下架")
    is_elsewhere = is_full(item.path)
    if is_elsewhere:
        _check(item)
    elif copy is None:
        _ask_city(parts, item)
    subtitles, thumbnails = _beside(parts, item_id, city_answered=copy is None)
    return SourceReply(
        url=_url_elsewhere(parts, item_id, item) if is_elsewhere else _own_url(parts, item.path),
        file=None if copy is None else _own_file(copy),
        kind=item.kind,
        title=item.title,
        episode_title=item.episode_title,
        length_ms=item.length_ms or None,
        on_box=copy is not None,
        resume_ms=0 if item.kind is Kind.LIVE else progress.resume_ms(item.length_ms),
        subtitles=subtitles,
        thumbnails=thumbnails,
    )


def own_copy(parts: Parts, media: str) -> Path | None:
    """The box's own copy of a media path."""
    with parts.database.reading() as tables:
        return parts.shelf.own_copy(tables, media)


def _check(item: KnownItem) -> None:
    """A full address is opened as it is: it is looked at once more, whatever the mirror holds."""
    if (fault := fault_of(item.path)) is not None:
        log.error("channel %s has no usable address: %s", item.title, fault)
        raise ApiError(404, "bad_address", "这个频道的地址不能用，请联系市平台更正；其他频道照常能看")


def _beside(
    parts: Parts, item_id: ItemId, *, city_answered: bool
) -> tuple[list[SubtitleEntry], ThumbnailsEntry | None]:
    """What is here; while the city can be reached, what it has as well."""
    with parts.database.reading() as tables:
        found = companions_of(tables, item_id)
        is_online = city_answered or read_delivery(tables).online
        to_be_had = {
            path
            for path in (*(each.path for each in found.subtitles), *found.sheets)
            if is_online or parts.shelf.own_copy(tables, path) is not None
        }
    subtitles = [
        SubtitleEntry(url=_own_url(parts, each.path), language=each.language, name=each.name)
        for each in found.subtitles
        if each.path in to_be_had
    ]
    if not found.sheets or not to_be_had.issuperset(found.sheets):
        return subtitles, None
    return subtitles, ThumbnailsEntry(
        sheets=[_own_url(parts, path) for path in found.sheets],
        every_ms=EVERY_MS,
        columns=COLUMNS,
        rows=ROWS,
        width_px=WIDTH_PX,
        height_px=HEIGHT_PX,
    )


def _own_file(copy: Path) -> str | None:
    """A playlist is none: what it names is found from its address only."""
    file = str(copy.absolute())
    return None if is_playlist(file) else file


def _url_elsewhere(parts: Parts, item_id: ItemId, item: KnownItem) -> str:
    """The agent passes a playlist on, and sees when it stands; anything else the player opens by itself."""
    if item.is_channel_by_playlist:
        return _own_url(parts, f"/channels/{channel_of(item_id)}/index.m3u8")
    return item.path


def _own_url(parts: Parts, path: str) -> str:
    return f"http://{HOST}:{parts.settings.port}/media/{parts.media_pass}{quote(path)}"


def _ask_city(parts: Parts, item: KnownItem) -> None:
    client = parts.new_client()
    try:
        client.health()
    except NoAnswerError as error:
        with parts.database.writing() as tables:
            note_online(tables, False)
        words = "网络不通，直播暂时看不了" if item.kind is Kind.LIVE else "网络不通，这门课程还没有下载到本机"
        raise ApiError(503, "not_on_box", f"{words}；已下载的课程照常能看") from error
    except NonsenseError as error:
        raise ApiError(503, "not_on_box", f"{_FOREIGN}；已下载的课程照常能看") from error
    except CityError:
        # It answers, if with a no; whether it has the media shows when the player asks.
        return
    finally:
        client.close()
