"""The guard at the door of the local API: who may ask, by which name, and how much may be sent."""

import hmac
import json
from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HOSTS = ("127.0.0.1", "localhost")
_BODY_BYTES_MAX = 1024 * 1024
_MEDIA = "/media/"


class Guard:
    """Lets a request in only from this box by its own name, with the token, and of a sane size.

    The Host check is what keeps a web page on another machine out, whose name was made to point
    at 127.0.0.1. Media addresses carry their own pass, since a player cannot send a header.
    """

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._expected = f"Bearer {token}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await _answer(send, *refusal)
            return
        body = await _body(receive)
        if body is None:
            await _answer(send, *_TOO_LARGE)
            return
        await self._app(scope, _replayed(body, receive), send)

    def _refusal(self, scope: Scope) -> tuple[int, str, str] | None:
        headers: Iterable[tuple[bytes, bytes]] = scope["headers"]
        held = {name.lower(): value for name, value in headers}
        host = held.get(b"host", b"").decode("latin-1").rpartition(":")
        if (host[0] or host[2]) not in _HOSTS:
            return 421, "wrong_host", "本机服务只接受来自本机的访问"
        length = held.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > _BODY_BYTES_MAX:
            return _TOO_LARGE
        if scope["path"].startswith(_MEDIA):
            return None
        if not hmac.compare_digest(held.get(b"authorization", b""), self._expected):
            return 401, "no_token", "没有访问本机服务的凭证，请重新启动电视程序"
        return None


_TOO_LARGE = (413, "too_large", "发来的内容过大，未予接收")


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None as soon as it is beyond the limit, whatever length was declared."""
    body = bytearray()
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > _BODY_BYTES_MAX:
            return None
        more = message.get("more_body", False)
    return bytes(body)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body in one piece, and after it whatever else comes, such as the end of the connection."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return waiting.pop() if waiting else await receive()

    return replayed


async def _answer(send: Send, status: int, code: str, words: str) -> None:
    body = json.dumps({"code": code, "words": words}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
