"""The line to the platform: sockets that never wait beyond the deadline of the call they serve."""

import math
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util.ssl_ import create_urllib3_context

from agent.clients.names import Address, Names

_PIECE_BYTES = 16 * 1024
"""One TLS record; on the thinnest line eight seconds."""
_LEAST_S = 0.001
"""A socket's time-out of 0 would mean: do not wait, and fail at once."""


class Deadline:
    """When the call under way has to end, by the agent's clock; one for all sockets of a client.

    ```
    connect ├─┤ TLS ├──┤ send ├────┤ headers ├──┤ body ├──────┤
            ├────────────────── at most ───────────────────────┤ deadline
    ```
    Each single wait of a socket has its own time-out as well, cut to what is left here. So a reply
    that comes byte by byte ends, whatever part of it trickles, and no thread has to watch it.
    """

    def __init__(self, mono_ms: Callable[[], int]) -> None:
        self._mono_ms = mono_ms
        self._due_ms = math.inf

    def set(self, within_s: float) -> None:
        """From now on `within_s` are left."""
        self._due_ms = self._mono_ms() + within_s * 1000

    @property
    def rest_s(self) -> float:
        """What is left; not above 0 when it is over."""
        return (self._due_ms - self._mono_ms()) / 1000

    def cut(self, time_out_s: float) -> float:
        """A wait of at most `time_out_s`, never beyond the deadline. Raises TimeoutError when it is over."""
        if self.rest_s <= 0:
            raise TimeoutError("timed out: the call's deadline is over")
        return max(_LEAST_S, min(time_out_s, self.rest_s))


class Session(requests.Session):
    """Leaves redirections to the caller: the library reads their bodies whole, of whatever length."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        return None


class Line(HTTPAdapter):
    """What a `requests` session sends through when nothing may hang."""

    def __init__(self, deadline: Deadline, names: Names, send_s: float) -> None:
        """`send_s` bounds each single wait for room to send in."""
        self._tls = create_urllib3_context()
        self._tls.sslsocket_class = _TlsSocket
        bounds = _Bounds(deadline, names, send_s)
        self._pools = {
            "http": partial(_pool, HTTPConnectionPool, partial(_Connection, bounds)),
            "https": partial(_pool, HTTPSConnectionPool, partial(_TlsConnection, bounds)),
        }
        super().__init__()

    def init_poolmanager(self, *sizes: Any, **more: Any) -> None:
        super().init_poolmanager(*sizes, **more, ssl_context=self._tls)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **more: Any) -> PoolManager:
        manager: PoolManager = super().proxy_manager_for(proxy, **more, ssl_context=self._tls)
        manager.pool_classes_by_scheme = self._pools  # type: ignore[assignment]
        return manager


@dataclass(frozen=True, slots=True)
class _Bounds:
    deadline: Deadline
    names: Names
    send_s: float


class _Socket(socket.socket):
    """Waits for its own time-out, which urllib3 sets, and never beyond the deadline."""

    bounds: _Bounds
    _own_s: float | None = None

    def settimeout(self, value: float | None, /) -> None:
        self._own_s = value
        super().settimeout(value)

    def recv_into(self, *args: Any, **more: Any) -> int:
        own_s = math.inf if self._own_s is None else self._own_s
        super().settimeout(self.bounds.deadline.cut(own_s))
        return super().recv_into(*args, **more)

    def sendall(self, data: Any, *flags: Any) -> None:
        # A time-out of the library's sendall would be one for the whole, and so cut off every thin line.
        rest = memoryview(data).cast("B")
        while rest:
            super().settimeout(self.bounds.deadline.cut(self.bounds.send_s))
            rest = rest[self.send(rest[:_PIECE_BYTES], *flags) :]


class _TlsSocket(_Socket, ssl.SSLSocket):
    """The same with TLS; its handshake as a whole has the time-out of the connecting."""


class _Connection(HTTPConnection):
    def __init__(self, bounds: _Bounds, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._bounds = bounds

    def _new_conn(self) -> socket.socket:
        """Like urllib3's, but for where the names come from and for the deadline over all addresses."""
        failed: OSError = OSError("no address")
        try:
            for family, kind, protocol, _, address in self._addresses():
                try:
                    return self._reached(_Socket(family, kind, protocol), address)
                except OSError as error:
                    failed = error
        except TimeoutError as error:
            failed = error
        if isinstance(failed, TimeoutError):
            raise ConnectTimeoutError(self, f"{self.host} was not reached in time") from failed
        raise NewConnectionError(self, f"{self.host} was not reached: {failed}") from failed

    def _addresses(self) -> list[Address]:
        within_s = self._bounds.deadline.cut(self._connect_s)
        try:
            return self._bounds.names.addresses(self._dns_host, self.port, within_s)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error

    def _reached(self, sock: "_Socket", address: Any) -> socket.socket:
        try:
            sock.bounds = self._bounds
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(self._bounds.deadline.cut(self._connect_s))
            sock.connect(address)
        except BaseException:
            sock.close()
            raise
        return sock

    @property
    def _connect_s(self) -> float:
        return self.timeout if isinstance(self.timeout, int | float) else math.inf


class _TlsConnection(_Connection, HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        if isinstance(self.sock, _TlsSocket):
            self.sock.bounds = self._bounds


def _pool(
    kind: type[HTTPConnectionPool], connections: Callable[..., HTTPConnection], *args: Any, **more: Any
) -> HTTPConnectionPool:
    pool = kind(*args, **more)
    pool.ConnectionCls = connections  # type: ignore[assignment]
    return pool
