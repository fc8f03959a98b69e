"""A proxy between box and platform that does to every exchange whatever a network or a server can do.

One request of the box is read whole, then its fate is drawn:

```
box ──▶ request ──▶ │ dropped, cut at any byte, sent twice, sent late, answered here │ ──▶ platform
box ◀── reply   ◀── │ dropped, cut at any byte, trickled                             │ ◀── platform
```
"""

import random
import re
import socket
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
_CHUNK = 65_536
_SOCKET_S = 30.0
_LATE_S = (0.05, 0.6)


class Fate(StrEnum):
    """What becomes of one exchange; the words are the summary's."""

    PASSED = "放行"
    REFUSED = "拒绝连接"
    DROPPED = "请求丢失"
    REQUEST_CUT = "请求中途断开"
    REPLY_DROPPED = "回应丢失"
    REPLY_CUT = "回应中途断开"
    TRICKLED = "回应断续"
    DELAYED = "延迟"
    DOUBLED = "重复送达"
    LATE = "乱序迟到"
    SAID_500 = "500"
    SAID_503 = "503"
    SAID_429 = "429"
    SAID_401 = "401"
    NONSENSE = "胡乱回应"
    DIED_BEFORE = "平台提交前被杀"
    DIED_AFTER = "平台提交后被杀"


FAULTS = tuple(fate for fate in Fate if fate is not Fate.PASSED)

_OWN = b'{"code":"%s","words":"\xe7\xa8\x8d\xe5\x90\x8e\xe5\x86\x8d\xe8\xaf\x95"}'
_SAID = {
    Fate.SAID_500: [(b"500 Internal Server Error", b"", b"Internal Server Error")],
    Fate.SAID_503: [
        (b"503 Service Unavailable", b"Retry-After: 1\r\n", _OWN % b"busy"),
        (b"503 Service Unavailable", b"", b"<html>"),
    ],
    Fate.SAID_429: [(b"429 Too Many Requests", b"Retry-After: 1\r\n", _OWN % b"too_many")],
    Fate.SAID_401: [(b"401 Unauthorized", b"", _OWN % b"unknown_key"), (b"403 Forbidden", b"", b"")],
    Fate.NONSENSE: [
        (b"200 OK", b"", b"<html>\xe8\xaf\xb7\xe5\x85\x88\xe7\x99\xbb\xe5\xbd\x95</html>"),
        (b"200 OK", b"", b"{}"),
        (b"200 OK", b"", b'{"high_water":-1,"refusals":[],"time":"x","call_again_s":0}'),
        (b"204 No Content", b"", b""),
        (b"302 Found", b"Location: http://127.0.0.1:9/login\r\n", b""),
        (b"404 Not Found", b"", b"<h1>nginx</h1>"),
        (b"200 OK", b"Content-Encoding: gzip\r\n", b"\x1f\x8bnot gzip"),
        (b"999 What", b"", b"\x00\xff"),
    ],
}


@dataclass
class Plan:
    """How exchanges end; drawn from the seed, so that a run can be repeated."""

    seed: int
    share: float = 0.6
    """How many of them go wrong."""
    fates: tuple[Fate, ...] = FAULTS
    tried: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._lock = threading.Lock()

    def draw(self) -> tuple[Fate, random.Random]:
        """The next exchange's fate, and chance for its details."""
        with self._lock:
            fate = Fate.PASSED
            if self._chance.random() < self.share:
                fate = self._chance.choice(self.fates)
            self.tried[fate] += 1
            return fate, random.Random(self._chance.random())

    def heal(self) -> None:
        """From now on everything passes."""
        self.share = 0.0


class _GoneError(Exception):
    """One side closed its connection."""


class Proxy:
    """Listens on a free port of loopback and leads to `port`; a context manager."""

    def __init__(self, port: int, plan: Plan, kill: Callable[[], None] = lambda: None) -> None:
        """`kill` ends the platform as SIGKILL does; somebody else starts it again."""
        self._to, self._plan, self._kill = port, plan, kill
        self._late: list[threading.Thread] = []
        proxy = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                proxy.serve(self.request)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                """Connections that break are what this is for."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Proxy":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self.wait_for_late()

    def wait_for_late(self) -> None:
        """Everything that was held back has arrived."""
        for thread in self._late:
            thread.join(_SOCKET_S)

    def serve(self, box: socket.socket) -> None:
        """One connection of the box, exchange by exchange."""
        box.settimeout(_SOCKET_S)
        try:
            while (request := _message(box)) is not None:
                fate, chance = self._plan.draw()
                if fate in _SAID:
                    box.sendall(_said(*chance.choice(_SAID[fate])))
                    continue
                self._exchange(box, request, fate, chance)
        except (OSError, _GoneError):
            return

    def _exchange(self, box: socket.socket, request: bytes, fate: Fate, chance: random.Random) -> None:
        match fate:
            case Fate.REFUSED | Fate.DROPPED:
                raise _GoneError
            case Fate.REQUEST_CUT:
                self._send(request[: chance.randrange(1, len(request))])
                raise _GoneError
            case Fate.LATE:
                self._send_late(request, chance.uniform(*_LATE_S))
                raise _GoneError
            case Fate.DOUBLED:
                self._ask(request)
            case Fate.DELAYED:
                time.sleep(chance.uniform(0.05, 0.5))
            case Fate.DIED_BEFORE:
                self._kill()
                raise _GoneError
        reply = self._killed_while_asked(request, chance) if fate is Fate.DIED_AFTER else self._ask(request)
        self._pass_back(box, reply, fate, chance)

    def _pass_back(self, box: socket.socket, reply: bytes, fate: Fate, chance: random.Random) -> None:
        match fate:
            case Fate.REPLY_DROPPED | Fate.DIED_AFTER:
                raise _GoneError
            case Fate.REPLY_CUT:
                box.sendall(reply[: chance.randrange(len(reply))])
                raise _GoneError
            case Fate.TRICKLED:
                for at in range(0, len(reply), max(1, len(reply) // 7)):
                    box.sendall(reply[at : at + max(1, len(reply) // 7)])
                    time.sleep(0.02)
            case _:
                box.sendall(reply)

    def _killed_while_asked(self, request: bytes, chance: random.Random) -> bytes:
        """Killed once the request has arrived: before, during or after the commit."""
        with self._connected() as city:
            city.sendall(request)
            time.sleep(chance.choice((0.0, 0.002, 0.005, 0.01, 0.02, 0.05, 0.2)))
            self._kill()
        raise _GoneError

    def _ask(self, request: bytes) -> bytes:
        with self._connected() as city:
            city.sendall(request)
            reply = _message(city)
        if reply is None:
            raise _GoneError
        return reply

    def _send(self, part: bytes) -> None:
        with self._connected() as city:
            city.sendall(part)

    def _send_late(self, request: bytes, after_s: float) -> None:
        def send() -> None:
            time.sleep(after_s)
            try:
                self._ask(request)
            except (OSError, _GoneError):
                return

        thread = threading.Thread(target=send, daemon=True)
        self._late.append(thread)
        thread.start()

    def _connected(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self._to), _SOCKET_S)


def _message(side: socket.socket) -> bytes | None:
    """One request or reply with its body; None when the side has nothing more to say."""
    held = b""
    while b"\r\n\r\n" not in held:
        more = side.recv(_CHUNK)
        if not more:
            return None
        held += more
    head, _, body = held.partition(b"\r\n\r\n")
    length = _LENGTH.search(head)
    want = int(length[1]) if length is not None else 0
    while len(body) < want:
        more = side.recv(_CHUNK)
        if not more:
            raise _GoneError
        body += more
    return head + b"\r\n\r\n" + body


def _said(status: bytes, headers: bytes, body: bytes) -> bytes:
    length = b"Content-Length: %d\r\n" % len(body)
    return b"HTTP/1.1 " + status + b"\r\n" + headers + length + b"\r\n" + body
