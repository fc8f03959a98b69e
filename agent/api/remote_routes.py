"""The routes of phones as remote control: allowing it, and what they press."""

from typing import Annotated

from anyio import to_thread
from fastapi import Body, FastAPI, Query

from agent.api.documented import add_route
from agent.api.group import Room
from agent.api.parts import Parts
from agent.stores.groups.group_log import open_group
from study import remote_api
from study.group_api import GroupReply
from study.remote_api import PressEntry, RemoteKeysReply

WAITS_S = 20.0
"""Less than the television waits for an answer."""
_Screen = Annotated[str, Body(min_length=1, max_length=200)]
_Asked = Annotated[str, Query(min_length=1, max_length=200)]
_After = Annotated[str, Query(max_length=40)]
_On = Annotated[bool, Body()]


def add_remote(app: FastAPI, parts: Parts) -> None:
    room = Room(parts)

    def is_on(terminal: str) -> bool:
        with parts.database.reading() as tables:
            group = open_group(tables, terminal)
        return group is not None and parts.remote.is_allowed(terminal, group["group_id"])

    def allow(terminal: _Screen, on: _On) -> GroupReply:
        return room.allow_phones(terminal, on=on)

    async def keys(terminal: _Asked, after: _After = "") -> RemoteKeysReply:
        # A coroutine: whoever waits for keys all evening must not take a worker thread.
        if not await to_thread.run_sync(is_on, terminal):
            return RemoteKeysReply(allowed=False, after="", presses=[])
        held, next_after = await parts.remote.wait(terminal, after, parts.clock.mono_ms, WAITS_S)
        presses = [PressEntry(key=one.key, text=one.text, pressed_ms=one.pressed_ms) for one in held]
        return RemoteKeysReply(allowed=True, after=next_after, presses=presses)

    add_route(app, "GET", remote_api.REMOTE_KEYS, keys, RemoteKeysReply, 422)
    add_route(app, "POST", remote_api.GROUP_REMOTE, allow, GroupReply, 409, 422, 507)
