"""Every call ends: whichever part of it stalls or trickles, and whoever is to blame."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.clients.municipal import MunicipalClient
from agent.clients.names import Address, Names
from agent.clients.signing import Signer
from agent.clock import BootClock
from agent.errors import NoAnswerError
from agent.records.outcome import Outcome, TryLater
from agent.records.telling import Telling
from study.wire import RUN_BYTES_MAX
from tests.fakes.dull_server import Conversation, dull_server
from tests.fakes.fake_clock import FakeClock

SOON_S = 3.0
"""Every call below has to end within; its time-outs are a tenth of it."""


@contextmanager
def client_of(url: str, names: Names | None = None, read_s: float = 0.3) -> Iterator[MunicipalClient]:
    client = MunicipalClient(url, BootClock(), connect_s=0.3, read_s=read_s, names=names)
    started = time.monotonic()
    yield client
    client.close()
    assert time.monotonic() - started < SOON_S


def delivery(client: MunicipalClient, size: int = 400) -> Outcome:
    signer = Signer(Ed25519PrivateKey.generate(), "key-1", datetime.now(UTC))
    return client.send_run(bytes(size), signer, Telling(0))


def trickling(start: bytes, clock: FakeClock) -> Conversation:
    """Sends `start`, then a byte for each second of the caller's clock, for ever."""

    def talk(line: socket.socket) -> None:
        line.recv(65_536)
        line.sendall(start)
        while True:
            clock.pass_ms(1_000)
            line.sendall(b"a")

    return talk


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_says_nothing_is_left_in_the_handshake_and_after_it(scheme: str) -> None:
    with dull_server() as server, client_of(f"{scheme}://{server.address}") as client:
        outcome = delivery(client)
    assert isinstance(outcome, TryLater)
    assert server.calls == 1


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX-Trickle: ",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
    ],
    ids=["status line", "header", "length of a chunk", "body"],
)
def test_whatever_trickles_byte_by_byte_ends_at_the_deadline(start: bytes, clock: FakeClock) -> None:
    asked_ms = clock.mono_ms()
    with dull_server(trickling(start, clock)) as server:
        client = MunicipalClient(f"http://{server.address}", clock)
        outcome = delivery(client)
        client.close()
    assert isinstance(outcome, TryLater)
    assert outcome.timed_out
    assert clock.mono_ms() - asked_ms >= 60_000


def test_a_server_that_takes_nothing_in_ends_the_sending_and_halves_the_batch() -> None:
    with dull_server(receive_bytes=4_096) as server, client_of(f"http://{server.address}") as client:
        outcome = delivery(client, 20_000_000)
    assert isinstance(outcome, TryLater)
    assert outcome.timed_out


def test_a_slow_taker_may_take_longer_than_any_one_wait() -> None:
    """64 kB in 32 pieces with pauses, as a thin line takes them; each pause is shorter than the time-out."""

    def taker(line: socket.socket) -> None:
        left = RUN_BYTES_MAX
        pause = threading.Event()
        while left > 0:
            left -= len(line.recv(min(left, 2_048)))
            pause.wait(0.04)
        line.sendall(b"HTTP/1.1 503 Busy\r\nContent-Length: 2\r\n\r\n{}")

    with dull_server(taker, receive_bytes=4_096) as server:
        client = MunicipalClient(f"http://{server.address}", BootClock(), connect_s=0.3, read_s=0.3)
        started = time.monotonic()
        outcome = delivery(client, RUN_BYTES_MAX)
        client.close()
    assert isinstance(outcome, TryLater)
    assert outcome.heard
    assert time.monotonic() - started > 1.0


def test_a_host_whose_door_is_shut_to_new_callers_is_left() -> None:
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    door.listen(0)
    address = door.getsockname()
    # Its queue is full with these, so that a further one hears nothing at all.
    waiting = [socket.socket() for _ in range(4)]
    for one in waiting:
        one.setblocking(False)
        one.connect_ex(address)
    with client_of(f"http://127.0.0.1:{address[1]}") as client, pytest.raises(NoAnswerError) as caught:
        client.health()
    assert not caught.value.timed_out
    for one in (door, *waiting):
        one.close()


def test_a_name_that_is_never_found_is_asked_for_once_and_left() -> None:
    found = threading.Event()
    asked: list[str] = []

    def stalled(host: str, _: int) -> list[Address]:
        asked.append(host)
        found.wait(10)
        return []

    with client_of("http://city.invalid", Names(stalled)) as client:
        for _ in range(2):
            with pytest.raises(NoAnswerError):
                client.health()
    found.set()
    assert asked == ["city.invalid"]


def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    def talk(line: socket.socket) -> None:
        line.recv(65_536)
        line.sendall(b"HTTP/1.1 503 Busy\r\nContent-Length: 2\r\n\r\n{}")

    with dull_server(talk) as server:
        port = int(server.address.rpartition(":")[2])
        ways: list[Address] = [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 9)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)),
        ]
        with client_of("http://city.invalid", Names(lambda *_: ways)) as client:
            outcome = delivery(client)
    assert isinstance(outcome, TryLater)
    assert outcome.heard


def test_a_reader_may_pause_for_longer_than_the_deadline(clock: FakeClock) -> None:
    def talk(line: socket.socket) -> None:
        line.recv(65_536)
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc")
        line.sendall(b"def")

    with dull_server(talk) as server:
        client = MunicipalClient(f"http://{server.address}", clock)
        with client.stream("/media/5.mp4") as stream:
            came = b""
            for piece in stream.chunks:
                came += piece
                clock.pass_ms(3_600_000)
        client.close()
    assert came == b"abcdef"
