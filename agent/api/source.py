"""Where the player finds an item: the box's own copy, or the city's through the relay."""

from pathlib import Path
from urllib.parse import quote

from agent.api.parts import Parts
from agent.errors import ApiError, CityError, NoAnswerError, NonsenseError
from agent.settings import HOST
from agent.stores.courses.catalogue import KnownItem, known_item
from agent.stores.delivery.outbox import note_online
from agent.stores.sessions.progress import read_progress
from study.local_api import SourceReply
from study.rules import Kind
from study.units import ItemId

_FOREIGN = "网络通了，但应答的不是市平台，可能要先登录网络"


def source_of(parts: Parts, item_id: ItemId) -> SourceReply:
    """Raises ApiError 404 for an unknown item, 503 when it is neither here nor to be had."""
    with parts.database.reading() as tables:
        item = known_item(tables, item_id)
        progress = read_progress(tables, item_id)
        copy = None if item is None else parts.shelf.own_copy(tables, item.path)
    if item is None:
        raise ApiError(404, "unknown_item", "没有这个节目，可能已经下架")
    if copy is None:
        _ask_city(parts, item)
    return SourceReply(
        url=f"http://{HOST}:{parts.settings.port}/media/{parts.media_pass}{quote(item.path)}",
        kind=item.kind,
        title=item.title,
        episode_title=item.episode_title,
        length_ms=item.length_ms or None,
        on_box=copy is not None,
        resume_ms=0 if item.kind is Kind.LIVE else progress.resume_ms(item.length_ms),
        subtitles=[],
        thumbnails=None,
    )


def own_copy(parts: Parts, media: str) -> Path | None:
    """The box's own copy of a media path."""
    with parts.database.reading() as tables:
        return parts.shelf.own_copy(tables, media)


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
