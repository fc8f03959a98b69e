"""The HTTP server: a bound port and what is answered there."""

import errno
import signal
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn
from fastapi import FastAPI

from municipal.clock import Clock, system_clock
from municipal.errors import StartError
from municipal.fresh_date import FreshDate

PORT_MAX = 65535
_STOP_TIMEOUT_S = 5


@dataclass(frozen=True, slots=True)
class Certificate:
    """What TLS is spoken with."""

    certfile: Path
    keyfile: Path | None


def bound_socket(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises StartError when that cannot be had."""
    if not 0 <= port <= PORT_MAX:
        raise StartError(f"端口 {port} 不存在，应为 0 到 {PORT_MAX}。")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            words = f"端口 {port} 已被别的程序占用，平台没有启动；请关闭那个程序，或用 --port 换一个端口。"
        else:
            words = f"不能在 {host} 的端口 {port} 上启动（{error.strerror}）；请检查 --host 和 --port。"
        raise StartError(words) from error
    # Inherited by every connection. asyncio sets it only on sockets that name their protocol; without
    # it an answer's second part waits 40 ms for the acknowledgement of the first.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def stop_on_signals(server: uvicorn.Server) -> None:
    """Let SIGINT and SIGTERM end `server.run` and nothing else, so that its caller can clean up.

    The server hands on each signal that it received to whoever handled it before; by default
    that would end the process on the spot.
    """

    def stop(_number: int, _frame: FrameType | None) -> None:
        server.should_exit = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def http_server(app: FastAPI, certificate: Certificate | None, clock: Clock = system_clock) -> uvicorn.Server:
    """A server for `app`, to be run on a bound socket. Raises StartError for an unusable certificate."""
    config = uvicorn.Config(
        FreshDate(app, clock),
        date_header=False,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_STOP_TIMEOUT_S,
        ssl_certfile=str(certificate.certfile) if certificate else None,
        ssl_keyfile=str(certificate.keyfile) if certificate and certificate.keyfile else None,
    )
    try:
        config.load()
    except (OSError, ssl.SSLError) as error:
        raise StartError("TLS 证书或私钥打不开，平台没有启动；请检查 --certfile 和 --keyfile。") from error
    return uvicorn.Server(config)
