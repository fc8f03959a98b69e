"""The door of the page for phones: how often, how much, and with which headers."""

import logging
import traceback
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agent.clock import Clock
from agent.page.buckets import Buckets
from agent.page.pages import HEADERS, words_page
from agent.records.sheet_cells import FILE_BYTES_MAX

log = logging.getLogger(__name__)

BODY_BYTES_MAX = 4_096
UPLOAD_BYTES_MAX = FILE_BYTES_MAX + 4_096
"""Of the operator's pages, which look at nothing without a session."""
_OPERATOR = "/operator/"
TOO_QUICK = "太快了，请过几秒再试。"


class Door:
    """In front of everything else; what goes wrong behind it is told without any detail."""

    def __init__(self, app: ASGIApp, requests: Buckets, clock: Clock) -> None:
        self._app = app
        self._requests = requests
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        if not self._requests.take(address_of(scope), self._clock.mono_ms()):
            await _last(words_page(TOO_QUICK, 429), scope, receive, sent)
            return
        if not _has_sane_length(scope):
            await _last(words_page("发来的内容过大，未予接收。", 413), scope, receive, sent)
            return
        try:
            await self._app(scope, receive, sent)
        except Exception as error:  # noqa: BLE001  the last door
            # The application raises again what it has answered already.
            if not begun:
                await _last(fault_page(error), scope, receive, sent)


def fault_page(error: Exception) -> Response:
    """What nobody foresaw, logged without its words: they may hold what somebody has typed."""
    log.error("page: %s at %s", type(error).__name__, _places(error))
    return words_page("出错了，请到电视前签到。", 500)


def address_of(scope: Scope) -> str:
    client = scope.get("client")
    return "" if client is None else str(client[0])


async def body_of(receive: Receive, most: int = BODY_BYTES_MAX) -> bytes | None:
    """None as soon as it is beyond the limit, whatever length was declared, or broken off."""
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > most:
            return None
        more = message.get("more_body", False)
    return bytes(body)


async def _last(response: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    async def closing(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["Connection"] = "close"
        await send(message)

    await response(scope, receive, closing)


def _has_sane_length(scope: Scope) -> bool:
    told: Iterable[bytes] = (value for name, value in scope["headers"] if name == b"content-length")
    most = UPLOAD_BYTES_MAX if scope["path"].startswith(_OPERATOR) else BODY_BYTES_MAX
    return all(value.isdigit() and len(value) < 20 and int(value) <= most for value in told)


def _places(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
