"""The guard at the door of the local API: who may ask, by which name, and how much may be sent."""

import hmac
import json
import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OWN_NAME = re.compile(rb"(127\.0\.0\.1|localhost)(:[0-9]{1,5})?", re.IGNORECASE)
_BODY_BYTES_MAX = 1024 * 1024
_MEDIA = "/media/"

_Refusal = tuple[int, str, str]
_WRONG_HOST = (421, "wrong_host", "本机服务只接受来自本机的访问")
_NO_TOKEN = (401, "no_token", "没有访问本机服务的凭证，请重新启动电视程序")
_TOO_LARGE = (413, "too_large", "发来的内容过大，未予接收")


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
        body = await _body(receive, _body_bytes_max(scope))
        if body is None:
            await _answer(send, *_TOO_LARGE)
            return
        await self._app(scope, _replayed(body, receive), send)

    def _refusal(self, scope: Scope) -> _Refusal | None:
        # An address with a name in it would stand above the Host header (RFC 9112, 3.2.2).
        hosts = _held(scope, b"host")
        if len(hosts) != 1 or not _OWN_NAME.fullmatch(hosts[0]) or not scope["path"].startswith("/"):
            return _WRONG_HOST
        bytes_max = _body_bytes_max(scope)
        if any(not _is_up_to(bytes_max, told) for told in _held(scope, b"content-length")):
            return _TOO_LARGE
        if scope["path"].startswith(_MEDIA):
            return None
        tokens = _held(scope, b"authorization")
        if len(tokens) != 1 or not hmac.compare_digest(tokens[0], self._expected):
            return _NO_TOKEN
        return None


def _held(scope: Scope, name: bytes) -> list[bytes]:
    return [value for told, value in scope["headers"] if told.lower() == name]


def _is_up_to(most: int, told: bytes) -> bool:
    return told.isdigit() and len(told) < 20 and int(told) <= most


def _body_bytes_max(scope: Scope) -> int:
    """Media can be asked for without the token, so nothing is kept of what comes with it."""
    return 0 if scope["path"].startswith(_MEDIA) else _BODY_BYTES_MAX


async def _body(receive: Receive, bytes_max: int) -> bytes | None:
    """The whole body; None as soon as it is beyond the limit, whatever length was declared, or broken off."""
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > bytes_max:
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
