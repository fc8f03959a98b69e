"""Another server in the platform's place: every call ends, in words, and nothing it says is believed."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from agent.clients.municipal import MunicipalClient
from agent.errors import CityError, NoAnswerError, NonsenseError
from tests.fakes.fake_clock import FakeClock

DATED = b"HTTP/1.1 200 OK\r\nDate: Sat, 21 Nov 2026 22:00:00 GMT\r\n"
BODIES = [b"<html>login</html>", b"\xff\x00\x1f", b"[1, 2]", b"null", b'{"revision": "x"}', b"[" * 100_000]
SECOND_MS = 1_000


class Stranger:
    """Answers one call with the pieces it was given; each takes a second on the caller's clock."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self._thread = threading.Thread(target=lambda: None)

    def will_say(self, pieces: Iterator[bytes]) -> None:
        self._thread = threading.Thread(target=self._say, args=(pieces,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._thread.join(5)
        self._door.close()

    def _say(self, pieces: Iterator[bytes]) -> None:
        line, _ = self._door.accept()
        with closing(line):
            line.recv(65_536)
            try:
                for piece in pieces:
                    line.sendall(piece)
                    self._clock.pass_ms(SECOND_MS)
            except OSError:
                return


@pytest.fixture
def stranger(clock: FakeClock) -> Iterator[Stranger]:
    held = Stranger(clock)
    yield held
    held.close()


@pytest.fixture
def client(stranger: Stranger, clock: FakeClock) -> Iterator[MunicipalClient]:
    held = MunicipalClient(stranger.url, clock)
    yield held
    held.close()


@pytest.mark.parametrize("body", BODIES)
def test_another_servers_200_is_not_the_platform_and_its_date_is_not_the_platforms_time(
    stranger: Stranger, client: MunicipalClient, body: bytes
) -> None:
    stranger.will_say(iter([DATED + b"Content-Length: %d\r\n\r\n" % len(body) + body]))
    with pytest.raises(NonsenseError) as caught:
        client.health()
    assert "不是市平台" in caught.value.words


def test_a_200_that_tells_no_time_at_all_is_not_the_platform(
    stranger: Stranger, client: MunicipalClient
) -> None:
    stranger.will_say(iter([b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"]))
    with pytest.raises(NonsenseError):
        client.health()


def test_a_body_that_never_ends_is_left(stranger: Stranger, client: MunicipalClient) -> None:
    def endless() -> Iterator[bytes]:
        yield DATED + b"\r\n"
        while True:
            yield b" " * 4_000_000

    stranger.will_say(endless())
    with pytest.raises(CityError):
        client.catalogue(0)


def test_a_reply_that_trickles_is_waited_for_no_longer_than_somebody_would(
    stranger: Stranger, client: MunicipalClient, clock: FakeClock
) -> None:
    def trickle() -> Iterator[bytes]:
        yield DATED + b"Content-Length: 100000\r\n\r\n"
        while True:
            yield b" "

    asked_ms = clock.mono_ms()
    stranger.will_say(trickle())
    with pytest.raises(NoAnswerError) as caught:
        client.health()
    assert "没有及时回应" in caught.value.words
    assert clock.mono_ms() - asked_ms > 20 * SECOND_MS


def test_a_redirection_is_not_followed(stranger: Stranger, client: MunicipalClient) -> None:
    stranger.will_say(iter([b"HTTP/1.1 302 Found\r\nLocation: /v1/health\r\nContent-Length: 0\r\n\r\n"]))
    with pytest.raises(NonsenseError):
        client.health()


def test_what_comes_with_a_redirection_is_measured_like_every_body(
    stranger: Stranger, client: MunicipalClient
) -> None:
    def endless() -> Iterator[bytes]:
        yield b"HTTP/1.1 302 Found\r\nLocation: /v1/health\r\n\r\n"
        while True:
            yield b" " * 4_000_000

    stranger.will_say(endless())
    with pytest.raises(NonsenseError, match="过大"):
        client.health()
