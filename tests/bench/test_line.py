"""What the line of bench/sync.py counts, and how it is cut."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from bench.line import Connection, Line, passed
from tests.agent.ports import free_port

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@contextmanager
def server() -> Iterator[int]:
    """Answers every whole request; gives its port."""
    listening = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []

    def serve() -> None:
        while True:
            try:
                peer, _ = listening.accept()
            except OSError:
                return
            threads.append(threading.Thread(target=answer, args=(peer,)))
            threads[-1].start()

    thread = threading.Thread(target=serve)
    thread.start()
    yield listening.getsockname()[1]
    listening.shutdown(socket.SHUT_RDWR)
    thread.join(5)
    listening.close()
    for each in threads:
        each.join(5)


def answer(peer: socket.socket) -> None:
    heard = b""
    with peer, suppress(OSError):
        while piece := peer.recv(65_536):
            heard += piece
            head, blank, body = heard.partition(b"\r\n\r\n")
            if blank and len(body) == int(head.rpartition(b":")[2]):
                peer.sendall(ANSWER)
                heard = b""


@pytest.fixture
def line() -> Iterator[Line]:
    with server() as port:
        held = Line(free_port(), port)
        with held.open():
            yield held


def call(line: Line, *pieces: bytes) -> bytes:
    """Say the pieces one after the other on one connection; the last thing heard, nothing after a cut."""
    with socket.create_connection(("127.0.0.1", line.port), timeout=5) as near:
        heard = b""
        for piece in pieces:
            near.sendall(piece)
            try:
                heard = near.recv(1_000)
            except ConnectionResetError:
                return b""
        return heard


def request(path: str, body: bytes = b"") -> bytes:
    return f"POST {path} HTTP/1.1\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def test_bytes_of_both_ways_and_requests_are_counted(line: Line) -> None:
    asked = request("/v1/records", b"x" * 100)

    assert call(line, asked, asked) == ANSWER

    found = passed(line.connections)
    assert found.requests == 2
    assert found.bytes == 2 * (len(asked) + len(ANSWER))
    assert found.seconds > 0


def test_only_the_connections_with_a_path_are_picked_out(line: Line) -> None:
    call(line, request("/v1/records"))
    call(line, request("/v1/catalogue"))

    assert [one.requests for one in line.carried("/v1/records")] == [[("POST", "/v1/records")]]


def test_a_request_line_in_two_pieces_is_one_request() -> None:
    connection = Connection()
    connection.note_up(b"POST /v1/rec", 1.0)
    connection.note_up(b"ords HTTP/1.1\r\nHost: x\r\n\r\n", 2.0)
    connection.note_up(b"body", 3.0)

    assert connection.requests == [("POST", "/v1/records")]
    assert passed([connection]).seconds == 2.0


def test_nothing_passed_is_nothing() -> None:
    assert passed([Connection()]) == passed([])
    assert passed([]).requests == 0


def test_the_line_is_cut_once_after_so_many_bytes(line: Line) -> None:
    line.cut_once_after(150)

    assert call(line, request("/a", b"x" * 60)) == ANSWER
    assert call(line, request("/b", b"x" * 200)) == b""
    assert call(line, request("/c", b"x" * 200)) == ANSWER
    assert line.cuts == 1
    assert sum(one.up_bytes for one in line.connections[:2]) == 150


def test_every_connection_is_cut(line: Line) -> None:
    line.cut_each_after(50)

    assert [call(line, request("/a", b"x" * 200)) for _ in range(3)] == [b"", b"", b""]
    assert line.cuts == 3
    assert [one.up_bytes for one in line.connections] == [50, 50, 50]


def test_nobody_gets_through_a_closed_line() -> None:
    with server() as port:
        line = Line(free_port(), port)
        with line.open():
            assert call(line, request("/a")) == ANSWER
        with pytest.raises(OSError):
            call(line, request("/a"))


def test_what_is_under_way_is_cut_when_the_line_closes() -> None:
    with server() as port:
        line = Line(free_port(), port)
        with line.open(), socket.create_connection(("127.0.0.1", line.port), timeout=5) as near:
            near.sendall(request("/a"))
            assert near.recv(1_000) == ANSWER
            kept = near.dup()
        with kept:
            assert kept.recv(1_000) == b""
