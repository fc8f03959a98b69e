"""A line between two programs on loopback: it counts what passes, and is cut on request."""

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_REQUEST = re.compile(rb"(GET|POST|PUT|PATCH|DELETE|HEAD) (\S{1,300}) HTTP/1\.1\r\n")
_TAIL_BYTES = 320
"""A request line may come in two pieces."""
_CHUNK_BYTES = 65_536


@dataclass
class Connection:
    """One connection as it passed: bytes either way, requests in their order, first and last moment."""

    up_bytes: int = 0
    down_bytes: int = 0
    requests: list[tuple[str, str]] = field(default_factory=list)
    """Method and path."""
    began_s: float = 0.0
    ended_s: float = 0.0
    _tail: bytes = b""

    def note_up(self, data: bytes, now_s: float) -> None:
        self.began_s = self.began_s or now_s
        self.ended_s = now_s
        self.up_bytes += len(data)
        held = self._tail + data
        end = 0
        for found in _REQUEST.finditer(held):
            self.requests.append((found[1].decode("ascii"), found[2].decode("latin-1")))
            end = found.end()
        self._tail = held[end:][-_TAIL_BYTES:]

    def note_down(self, data: bytes, now_s: float) -> None:
        self.ended_s = now_s
        self.down_bytes += len(data)


@dataclass(frozen=True, slots=True)
class Passed:
    """What several connections add up to."""

    requests: int
    bytes: int
    """Both ways, HTTP's own words included, those of TCP and IP not."""
    seconds: float
    """From the first byte to the last."""


def passed(connections: list[Connection]) -> Passed:
    """Add up; nothing at all is zero of everything."""
    used = [one for one in connections if one.began_s]
    return Passed(
        requests=sum(len(one.requests) for one in used),
        bytes=sum(one.up_bytes + one.down_bytes for one in used),
        seconds=max(one.ended_s for one in used) - min(one.began_s for one in used) if used else 0.0,
    )


class Line:
    """Listens on `port` of loopback and passes everything on to `target_port`."""

    def __init__(
        self, port: int, target_port: int, connection: Callable[[], Connection] = Connection
    ) -> None:
        """`connection` makes what each one notes of itself."""
        self.port = port
        self._target_port = target_port
        self._connection = connection
        self._lock = threading.Lock()
        self._cut_bytes: int | None = None
        self._cut_each_bytes: int | None = None
        self._ends: set[socket.socket] = set()
        self._carrying: list[threading.Thread] = []
        self.cuts = 0
        self.connections: list[Connection] = []

    @contextmanager
    def open(self) -> Iterator["Line"]:
        """Up until the block ends; then nobody gets through, and what is under way is cut."""
        listening = socket.create_server(("127.0.0.1", self.port), backlog=64)
        accepting = threading.Thread(target=self._accept, args=(listening,), daemon=True)
        accepting.start()
        try:
            yield self
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            accepting.join()
            listening.close()
            for end in tuple(self._ends):
                _shut(end)
            for thread in self._carrying:
                thread.join()

    def carried(self, path: str) -> list[Connection]:
        """The connections on which `path` was asked for."""
        return [one for one in self.connections if any(path == asked for _, asked in one.requests)]

    def forget(self) -> None:
        """Count from here on; only while nothing is under way."""
        self.connections = []

    def cut_once_after(self, up_bytes: int) -> None:
        """Cut the connection that carries the byte of this number upwards, counted over all from now on."""
        self._cut_bytes = up_bytes

    def cut_each_after(self, up_bytes: int | None) -> None:
        """Cut every connection that has carried so much upwards; None for no more."""
        self._cut_each_bytes = up_bytes

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                near, _ = listening.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._target_port), timeout=5)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            for end in (near, far):
                # What either side sends must not wait here for the acknowledgement of what went before.
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection = self._connection()
            self.connections.append(connection)
            carrying = threading.Thread(target=self._carry, args=(connection, near, far), daemon=True)
            self._carrying.append(carrying)
            carrying.start()

    def _carry(self, connection: Connection, near: socket.socket, far: socket.socket) -> None:
        with near, far:
            self._ends |= {near, far}
            down = threading.Thread(target=self._pass, args=(connection, far, near, False), daemon=True)
            down.start()
            self._pass(connection, near, far, True)
            down.join()
            self._ends -= {near, far}

    def _pass(self, connection: Connection, here: socket.socket, there: socket.socket, up: bool) -> None:
        try:
            while data := here.recv(_CHUNK_BYTES):
                kept = data[: self._room(connection, len(data))] if up else data
                (connection.note_up if up else connection.note_down)(kept, time.monotonic())
                there.sendall(kept)
                if len(kept) < len(data):
                    self.cuts += 1
                    break
        except OSError:
            pass
        for end in (here, there):
            _shut(end)

    def _room(self, connection: Connection, size: int) -> int:
        """How many of the next bytes upwards still pass before a cut."""
        with self._lock:
            room = size
            if self._cut_each_bytes is not None:
                room = min(room, max(0, self._cut_each_bytes - connection.up_bytes))
            if self._cut_bytes is not None:
                if self._cut_bytes < size:
                    room, self._cut_bytes = min(room, self._cut_bytes), None
                else:
                    self._cut_bytes -= size
            return room


def _shut(end: socket.socket) -> None:
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
