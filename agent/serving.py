"""Serving: a listening socket and the thread that answers on it."""

import asyncio
import contextlib
import errno
import os
import socket
import threading
import time
from collections.abc import Callable
from typing import cast

import uvicorn
from starlette.types import ASGIApp

from agent.connection import Connection
from agent.errors import StartError, cause
from agent.settings import HOST, Settings

_BACKLOG = 64
_STOP_S = 5
_KEPT_S = 30
"""Well above the television's rhythm of reports: one sent just as its connection is closed would be lost."""
_SILENT_S = 60.0


def bound(settings: Settings) -> socket.socket:
    """The listening socket on loopback. Raises StartError when the port is taken."""
    try:
        return listening_on(HOST, settings.port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise StartError(
                f"端口 {settings.port} 已被其他程序占用；请关闭该程序，或用 --port 换一个端口"
            ) from error
        raise StartError(f"不能在端口 {settings.port} 上提供服务（{cause(error)}）") from error


def listening_on(host: str, port: int, backlog: int = _BACKLOG) -> socket.socket:
    """A listening socket. Raises OSError."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Inherited by every connection. asyncio sets it only on sockets that name their protocol; without
    # it an answer's second part waits 40 ms for the acknowledgement of the first.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listening.bind((host, port))
        listening.listen(backlog)
    except OSError:
        listening.close()
        raise
    return listening


class Serving:
    """uvicorn in a thread of its own, so that signals stay with the main thread."""

    def __init__(
        self,
        app: ASGIApp,
        listening: socket.socket,
        *,
        name: str = "api",
        connection: Callable[..., asyncio.Protocol] = Connection,
        kept_s: int = _KEPT_S,
        nice: int = 0,
    ) -> None:
        """Connections without a request are kept for `kept_s`; with `nice` others go first."""
        config = uvicorn.Config(
            app,
            http=cast(type[asyncio.Protocol], connection),
            ws="none",
            backlog=_BACKLOG,
            timeout_keep_alive=kept_s,
            log_config=None,
            log_level="warning",
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=_STOP_S,
        )
        self.name = name
        self._server = _Server(config)
        self._listening = listening
        self._nice = nice
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._server.turned_s = time.monotonic()
        self._thread.start()

    @property
    def is_alive(self) -> bool:
        """Whether the server still turns."""
        return self._thread.is_alive() and time.monotonic() - self._server.turned_s < _SILENT_S

    def stop(self) -> None:
        """Answer what is under way, then close."""
        self._server.should_exit = True
        self._thread.join(2 * _STOP_S)

    def _run(self) -> None:
        if self._nice:
            # On Linux a thread has a priority of its own.
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), self._nice)
        self._server.run(sockets=[self._listening])


class _Server(uvicorn.Server):
    """Remembers when its event loop last came round."""

    turned_s = 0.0

    async def on_tick(self, counter: int) -> bool:
        self.turned_s = time.monotonic()
        return await super().on_tick(counter)
