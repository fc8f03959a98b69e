"""A thin line between box and platform: so many bits a second, late, and cut every so many seconds."""

import heapq
import itertools
import selectors
import socket
import threading
import time
from dataclasses import dataclass

_PIECE = 256
_TICK_S = 0.02


@dataclass(frozen=True, slots=True)
class Shape:
    """The line's properties; `latency_s` is the way in one direction."""

    bits_s: float = 16_000
    latency_s: float = 2.0
    cut_every_s: float = 20.0
    first_cut_s: float = 20.0
    """After the first connection."""


@dataclass(slots=True)
class Traffic:
    """What went over the line."""

    up_bytes: int = 0
    down_bytes: int = 0
    connections: int = 0
    cuts: int = 0


@dataclass(eq=False, slots=True)
class _Way:
    """One direction of one connection."""

    source: socket.socket
    target: socket.socket
    up: bool


class SlowLine:
    """Listens on a free port of loopback and leads to `port`; a context manager.

    Both directions have the line's whole speed, shared by all connections. A cut ends every connection
    that is there, in the middle of whatever is on its way.
    """

    def __init__(self, port: int, shape: Shape = Shape()) -> None:
        self._to, self._shape = port, shape
        self.traffic = Traffic()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.setblocking(False)
        self.port = int(self._listening.getsockname()[1])
        self._ended = threading.Event()
        self._ways: list[_Way] = []
        self._on_way: list[tuple[float, int, _Way, bytes]] = []
        self._order = itertools.count()
        self._free_at = {True: 0.0, False: 0.0}
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "SlowLine":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self._cut()
        self._listening.close()

    def _run(self) -> None:
        next_cut = None
        with selectors.DefaultSelector() as selector:
            selector.register(self._listening, selectors.EVENT_READ)
            while not self._ended.is_set():
                for key, _ in selector.select(_TICK_S):
                    if key.fileobj is self._listening:
                        self._accept(selector)
                    else:
                        self._read(key.data, selector)
                self._arrive(time.monotonic())
                if next_cut is None and self._ways:
                    next_cut = time.monotonic() + self._shape.first_cut_s
                if next_cut is not None and time.monotonic() >= next_cut:
                    next_cut += self._shape.cut_every_s
                    self.traffic.cuts += bool(self._ways)
                    self._cut(selector)

    def _accept(self, selector: selectors.BaseSelector) -> None:
        box, _ = self._listening.accept()
        try:
            city = socket.create_connection(("127.0.0.1", self._to), 5)
        except OSError:
            box.close()
            return
        self.traffic.connections += 1
        for source, target, up in ((box, city, True), (city, box, False)):
            way = _Way(source, target, up)
            self._ways.append(way)
            selector.register(source, selectors.EVENT_READ, way)

    def _read(self, way: _Way, selector: selectors.BaseSelector) -> None:
        try:
            data = way.source.recv(_PIECE)
        except OSError:
            data = b""
        now = time.monotonic()
        start = max(now, self._free_at[way.up])
        self._free_at[way.up] = start + len(data) * 8 / self._shape.bits_s
        arrives = self._free_at[way.up] + self._shape.latency_s
        heapq.heappush(self._on_way, (arrives, next(self._order), way, data))
        if way.up:
            self.traffic.up_bytes += len(data)
        else:
            self.traffic.down_bytes += len(data)
        if not data:
            selector.unregister(way.source)

    def _arrive(self, now: float) -> None:
        while self._on_way and self._on_way[0][0] <= now:
            _, _, way, data = heapq.heappop(self._on_way)
            if way not in self._ways:
                continue
            try:
                if data:
                    way.target.sendall(data)
                else:
                    way.target.shutdown(socket.SHUT_WR)
            except OSError:
                continue

    def _cut(self, selector: selectors.BaseSelector | None = None) -> None:
        for way in self._ways:
            if selector is not None and way.source in selector.get_map():
                selector.unregister(way.source)
        for way in self._ways:
            way.source.close()
        self._ways, self._on_way = [], []
