"""A connection to the local API, safe from clients that dawdle, come in crowds or talk nonsense."""

import asyncio
import json
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

CONNECTIONS_MAX = 100
"""Far more than a box's televisions and players hold open, far fewer than it has file descriptors."""
ASK_S = 10.0
"""For a request to come whole; on loopback it takes milliseconds."""

_UNFINISHED = (h11.IDLE, h11.SEND_BODY)


class Connection(H11Protocol):
    """uvicorn's own, which would wait for the rest of a request for ever, and take in any number of clients.

    In a crowd the one that has kept silent longest makes room, so that a newcomer with something to say is
    always heard. What is no HTTP is refused in the form of all refusals.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._patience: asyncio.TimerHandle | None = None
        self._heard_s = self.loop.time()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        super().connection_made(transport)
        self._wait_for_the_rest()
        if len(self.connections) > CONNECTIONS_MAX:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """After whatever came: is something of a request still missing."""
        super().handle_events()
        if self.conn.their_state in _UNFINISHED and self.timeout_keep_alive_task is None:
            self._wait_for_the_rest()
        else:
            self._heard_s = self.loop.time()
            self._stop_waiting()

    def send_400_response(self, msg: str) -> None:
        """Of what is no HTTP."""
        self._refuse(400, "http_400", "发来的不是完整的 HTTP 请求，未予接收")

    def _wait_for_the_rest(self) -> None:
        if self._patience is None:
            self._patience = self.loop.call_later(ASK_S, self._give_up)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _give_up(self) -> None:
        self._refuse(408, "too_slow", "请求没有及时发完，未予接收")

    def _make_room(self) -> None:
        silent = [held for held in self.connections if isinstance(held, Connection) and held._is_silent()]
        leaving = min(silent, key=lambda held: held._heard_s, default=self)
        self.connections.discard(leaving)
        leaving.transport.abort()

    def _is_silent(self) -> bool:
        return self.conn.their_state in _UNFINISHED

    def _refuse(self, status: int, code: str, words: str) -> None:
        # In the middle of another answer nothing can be said any more.
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            headers, body = self._told(code, words)
            headers = [*headers, ("connection", "close"), ("content-length", str(len(body)))]
            said = h11.Response(status_code=status, headers=headers)
            for event in (said, h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
            self.transport.close()
        else:
            self.transport.abort()

    def _told(self, code: str, words: str) -> tuple[list[tuple[str, str]], bytes]:
        """Headers and body of a refusal."""
        body = json.dumps({"code": code, "words": words}, ensure_ascii=False).encode()
        return [("content-type", "application/json")], body
