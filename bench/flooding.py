"""One phone that floods the page: from one address as much as a machine can send."""

import errno
import multiprocessing
import selectors
import socket
import struct
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import Queue

ADDRESS = "127.0.9.9"
PROCESSES = 2
STARTS_S = 0.5
"""Until a process of Python floods; what it sends meanwhile is counted, and the time as well."""
REQUEST = b"GET / HTTP/1.1\r\nHost: box\r\n\r\n"
_RESET = struct.pack("ii", 1, 0)
_BIND_ADDRESS_NO_PORT = 24
"""Ports are chosen by connect(), so that more of them are had than the usual range holds."""
_UNDER_WAY = (errno.EINPROGRESS, errno.EAGAIN)
_READ = 65_536
_PATIENCE_S = 0.01


@dataclass(frozen=True, slots=True)
class Sent:
    """What left the phone, and how much of it the box answered."""

    tried: int
    """Requests that there would have been, had every connection been taken."""
    connections: int
    requests: int
    """Written to connections that the box's kernel had taken."""
    answered_bytes: int


@dataclass(frozen=True, slots=True)
class Flood:
    """How a phone floods."""

    name: str
    pipelined: int
    """Requests that each connection brings at once."""
    at_once: int
    """Connections under way; the box lets one address hold twelve."""


class _Phone:
    """One process's part."""

    def __init__(self, port: int, flood: Flood) -> None:
        self._port = port
        self._requests = REQUEST * flood.pipelined
        self._pipelined = flood.pipelined
        self._at_once = flood.at_once // PROCESSES
        self._selector = selectors.EpollSelector()
        self._tried = self._connections = self._sent = self._answered = 0
        self._waiting: deque[tuple[float, socket.socket]] = deque()

    def flood(self, until_s: float) -> Sent:
        for _ in range(self._at_once):
            self._connect()
        while time.monotonic() < until_s:
            for key, mask in self._selector.select(_PATIENCE_S):
                if not self._goes_on(key.data, mask):
                    self._close(key.data)
                    self._connect()
            self._give_up()
        for key in list(self._selector.get_map().values()):
            self._close(key.data)
        return Sent(self._tried * self._pipelined, self._connections, self._sent, self._answered)

    def _connect(self) -> None:
        connection = socket.socket()
        connection.setblocking(False)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        connection.setsockopt(socket.IPPROTO_IP, _BIND_ADDRESS_NO_PORT, 1)
        connection.bind((ADDRESS, 0))
        if connection.connect_ex(("127.0.0.1", self._port)) in (0, *_UNDER_WAY):
            self._selector.register(connection, selectors.EVENT_WRITE, connection)
            self._waiting.append((time.monotonic() + _PATIENCE_S, connection))
            self._tried += 1
        else:
            connection.close()

    def _give_up(self) -> None:
        """Whoever is not let in tries again sooner than the kernel would."""
        now_s = time.monotonic()
        while self._waiting and self._waiting[0][0] < now_s:
            _until_s, connection = self._waiting.popleft()
            if connection.fileno() >= 0:
                self._close(connection)
                self._connect()

    def _goes_on(self, connection: socket.socket, mask: int) -> bool:
        """False once the box has closed it."""
        try:
            if mask & selectors.EVENT_WRITE:
                connection.send(self._requests)
                self._connections += 1
                self._sent += self._pipelined
                self._selector.modify(connection, selectors.EVENT_READ, connection)
                return True
            data = connection.recv(_READ)
        except OSError:
            return False
        self._answered += len(data)
        return bool(data)

    def _close(self, connection: socket.socket) -> None:
        with suppress(KeyError):
            self._selector.unregister(connection)
        connection.close()


def _flood(port: int, flood: Flood, until_s: float, told: "Queue[Sent]") -> None:
    told.put(_Phone(port, flood).flood(until_s))


@contextmanager
def flooding(port: int, flood: Flood, seconds: float) -> Iterator[list[Sent]]:
    """Has begun and goes on beside the block; what it sent in `seconds` is in the list after the block."""
    context = multiprocessing.get_context("spawn")
    told: Queue[Sent] = context.Queue()
    sent: list[Sent] = []
    until_s = time.monotonic() + STARTS_S + seconds
    held = [context.Process(target=_flood, args=(port, flood, until_s, told)) for _ in range(PROCESSES)]
    for one in held:
        one.start()
    time.sleep(STARTS_S)
    yield sent
    sent += [told.get(timeout=seconds + 30) for _ in held]
    for one in held:
        one.join()
