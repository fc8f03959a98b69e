"""A phone's connection, closed unread while its address asks for too much."""

import asyncio
import logging
from typing import Any

from uvicorn.config import Config
from uvicorn.server import ServerState

from agent.clock import Clock
from agent.connection import Connection
from agent.page.limits import Limits
from agent.page.pages import HEADERS
from agent.page.turning_away import TurningAway

_SILENT = logging.Logger("agent.page.connection", logging.CRITICAL)
"""A phone that talks nonsense all evening would push everything else out of the log."""


class PhoneConnection(Connection):
    """Of a crowd from one address only the first are let in, so that there is always room for others."""

    def __init__(
        self,
        limits: Limits,
        turning_away: TurningAway,
        clock: Clock,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.logger = _SILENT
        self._limits = limits
        self._turning_away = turning_away
        self._clock = clock

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        peer = transport.get_extra_info("peername")
        now_ms = self._clock.mono_ms()
        if peer is None or self._has_enough(str(peer[0]), now_ms):
            self.transport = transport
            transport.abort()
            if peer is not None:
                self._turning_away.note_refused(str(peer[0]), now_ms, self.loop)
            return
        super().connection_made(transport)

    def _has_enough(self, address: str, now_ms: int) -> bool:
        if self._limits.requests.is_empty(address, now_ms):
            return True
        held = [one for one in self.connections if isinstance(one, PhoneConnection)]
        here = sum(1 for one in held if one.client is not None and one.client[0] == address)
        return here >= self._limits.connections

    def _told(self, code: str, words: str) -> tuple[list[tuple[str, str]], bytes]:
        headers = [("content-type", "text/plain; charset=utf-8"), *HEADERS.items()]
        return headers, words.encode()
