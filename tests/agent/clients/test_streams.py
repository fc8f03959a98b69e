"""A stream's next piece comes over the connection of the last, while that one stands."""

import socket
from collections.abc import Iterator

import pytest

from agent.clients.municipal import MunicipalClient
from agent.clients.streams import Streams
from agent.errors import DeclinedError, NoAnswerError
from tests.fakes.dull_server import Conversation, dull_server
from tests.fakes.fake_clock import FakeClock

SEGMENT = b"segment" * 100
REPLY = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(SEGMENT), SEGMENT)
NO = b"HTTP/1.1 404 x\r\nContent-Length: 0\r\n\r\n"


def asked(line: socket.socket) -> Iterator[bytes]:
    """Each request on a line, until it is hung up."""
    held = b""
    while piece := line.recv(65_536):
        held += piece
        while b"\r\n\r\n" in held:
            request, held = held.split(b"\r\n\r\n", 1)
            yield request


def answering(*replies: bytes, then: bytes | None = REPLY) -> Conversation:
    """These replies on each line, and then `then` for ever; without it the line is hung up."""

    def talk(line: socket.socket) -> None:
        left = list(replies)
        for _ in asked(line):
            reply = left.pop(0) if left else then
            if reply is None:
                line.shutdown(socket.SHUT_RDWR)
                return
            line.sendall(reply)

    return talk


def streams_of(address: str, clock: FakeClock | None = None) -> Streams:
    clock = clock or FakeClock()
    return Streams(lambda: MunicipalClient(f"http://{address}", clock, connect_s=1, read_s=0.3), clock)


def fetched(streams: Streams) -> bytes:
    with streams.stream("/live/L1/seg-1.ts") as stream:
        return b"".join(stream.chunks)


def test_a_live_streams_pieces_come_over_one_connection() -> None:
    with dull_server(answering()) as server:
        streams = streams_of(server.address)
        assert [fetched(streams) for _ in range(10)] == [SEGMENT] * 10
        assert server.calls == 1


def test_two_at_once_have_a_connection_each() -> None:
    with dull_server(answering()) as server:
        streams = streams_of(server.address)
        for _ in range(3):
            with streams.stream("/a.mp4") as one, streams.stream("/b.mp4") as other:
                assert b"".join(other.chunks) == b"".join(one.chunks) == SEGMENT
        assert server.calls == 2


def test_a_connection_that_the_platform_has_closed_meanwhile_is_made_anew() -> None:
    with dull_server(answering(REPLY, then=None)) as server:
        streams = streams_of(server.address)
        assert [fetched(streams) for _ in range(3)] == [SEGMENT] * 3
        assert server.calls == 3


def test_a_connection_is_not_trusted_for_long() -> None:
    clock = FakeClock()
    with dull_server(answering()) as server:
        streams = streams_of(server.address, clock)
        fetched(streams)
        clock.pass_ms(14_000)
        fetched(streams)
        assert server.calls == 1
        clock.pass_ms(16_000)
        fetched(streams)
        assert server.calls == 2


@pytest.mark.parametrize("reply", [NO, REPLY[:-1], b"what?\r\n\r\n"])
def test_after_a_no_a_broken_or_a_senseless_answer_the_next_piece_comes_all_the_same(reply: bytes) -> None:
    def talk(line: socket.socket) -> None:
        for _ in asked(line):
            line.sendall(reply if server.calls == 1 else REPLY)
            if server.calls == 1:
                line.shutdown(socket.SHUT_RDWR)
                return

    with dull_server(talk) as server:
        streams = streams_of(server.address)
        with pytest.raises((DeclinedError, NoAnswerError)):
            fetched(streams)
        assert fetched(streams) == SEGMENT


def test_who_leaves_in_the_middle_leaves_no_rest_to_the_next() -> None:
    with dull_server(answering()) as server:
        streams = streams_of(server.address)
        with streams.stream("/a.mp4") as stream:
            assert stream.status == 200
        assert fetched(streams) == SEGMENT


def test_a_platform_that_falls_silent_is_waited_for_once() -> None:
    def talk(line: socket.socket) -> None:
        for number, _ in enumerate(asked(line)):
            if number == 0:
                line.sendall(REPLY)

    with dull_server(talk) as server:
        streams = streams_of(server.address)
        fetched(streams)
        with pytest.raises(NoAnswerError):
            fetched(streams)
        assert server.calls == 1
