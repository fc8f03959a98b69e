"""The routes of the guide."""

from typing import Annotated

from fastapi import Body, FastAPI, Path, Query

from agent.api.documented import add_route
from agent.api.guide import (
    CHANNELS_MAX,
    ROWS_MAX,
    channels_reply,
    first_with,
    guide_reply,
    sources_reply,
)
from agent.api.parts import Parts
from agent.api.reminders import add_reminder, reminders_reply
from agent.stores.guide.reminders import delete_reminder
from study import guide_api
from study.guide_api import ChannelsReply, GuideReply, GuideSourcesReply, RemindersReply
from study.units import LONGEST_MS, ItemId

_First = Annotated[int, Query(ge=0, le=1_000_000, description="跳过多少个频道")]
_Count = Annotated[int, Query(ge=1, le=CHANNELS_MAX)]
_Rows = Annotated[int, Query(ge=1, le=ROWS_MAX)]
_Moment = Annotated[int | None, Query(ge=0, le=LONGEST_MS, description="1970 年以来的毫秒数")]
_Number = Annotated[int | None, Query(ge=0, le=1_000_000, description="从这个频道号起，不看 first")]
_Programme = Annotated[str, Body(embed=True, min_length=1, max_length=200)]
_Id = Annotated[str, Path(min_length=1, max_length=200)]


def add_guide(app: FastAPI, parts: Parts) -> None:
    """As with every route: plain functions, which wait for the disk on worker threads."""

    def channels(first: _First = 0, count: _Count = 100) -> ChannelsReply:
        return channels_reply(parts, first, count)

    def guide(
        first: _First = 0,
        count: _Rows = 10,
        from_utc_ms: _Moment = None,
        to_utc_ms: _Moment = None,
        number: _Number = None,
    ) -> GuideReply:
        place = first if number is None else first_with(parts, number)
        return guide_reply(parts, place, count, from_utc_ms, to_utc_ms)

    def sources() -> GuideSourcesReply:
        with parts.database.reading() as tables:
            return sources_reply(tables, parts.guides, parts.settings, parts.guide_troubles())

    def read_sources() -> GuideSourcesReply:
        parts.read_guide()
        return sources()

    def reminders() -> RemindersReply:
        return reminders_reply(parts)

    def remind(item_id: _Programme) -> RemindersReply:
        return add_reminder(parts, ItemId(item_id))

    def forget(item_id: _Id) -> RemindersReply:
        with parts.database.writing() as tables:
            delete_reminder(tables, ItemId(item_id))
        return reminders_reply(parts)

    add_route(app, "GET", guide_api.CHANNELS, channels, ChannelsReply, 422)
    add_route(app, "GET", guide_api.GUIDE, guide, GuideReply, 422)
    add_route(app, "GET", guide_api.GUIDE_SOURCES, sources, GuideSourcesReply)
    add_route(app, "POST", guide_api.GUIDE_SOURCES, read_sources, GuideSourcesReply)
    add_route(app, "GET", guide_api.REMINDERS, reminders, RemindersReply)
    add_route(app, "POST", guide_api.REMINDERS, remind, RemindersReply, 404, 409, 422, 507)
    add_route(app, "DELETE", guide_api.REMINDERS + "/{item_id}", forget, RemindersReply, 422, 507)
