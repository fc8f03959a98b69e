"""Whatever the city sends in place of a film, a playlist or a cover, the player hears of it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from agent.api.relay import Relay
from agent.clients.municipal import MunicipalClient
from agent.errors import CityError
from agent.stores.courses.covers import Covers, media_type
from tests.agent.fuzz.box import Box
from tests.agent.fuzz.examples import thorough
from tests.fakes.fake_clock import FakeClock

OK = b"HTTP/1.1 200 OK\r\n"


@contextmanager
def stranger(answer: bytes) -> Iterator[str]:
    """Says these bytes to whoever comes, and hangs up."""
    door = socket.create_server(("127.0.0.1", 0))

    def say() -> None:
        line, _ = door.accept()
        with closing(line):
            line.recv(65_536)
            line.sendall(answer)

    thread = threading.Thread(target=say, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{door.getsockname()[1]}"
    thread.join(5)
    door.close()


def relayed(answer: bytes) -> tuple[int, dict[str, str]] | None:
    """Status and headers as the player gets them; None for a refusal in words."""
    with stranger(answer) as url:
        relay = Relay(lambda: MunicipalClient(url, FakeClock()), FakeClock())
        try:
            response = relay.respond("/live/L1/index.m3u8", None)
        except CityError as error:
            assert error.words
            return None
        return response.status_code, dict(response.headers)


@thorough
@given(
    head=st.one_of(
        st.binary(max_size=40), st.sampled_from([OK, b"HTTP/1.1 206 x\r\n", b"HTTP/1.1 999 \r\n", b""])
    ),
    rest=st.binary(max_size=80),
)
def test_any_bytes_become_an_answer_or_a_refusal(head: bytes, rest: bytes) -> None:
    relayed(head + rest)


@pytest.mark.parametrize(
    "header", [b"Set-Cookie: a=b", b"Location: http://x/", b"X-Accel-Redirect: /etc/passwd"]
)
def test_no_more_of_the_citys_headers_than_a_player_needs_is_passed_on(header: bytes) -> None:
    told = relayed(OK + header + b"\r\nContent-Length: 0\r\n\r\n")
    assert told is not None
    assert header.split(b":")[0].decode().lower() not in told[1]


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: -1",
        b"Content-Length: nonsense",
        b"Content-Length: 5\r\nContent-Length: 6",
        b"Content-Length: 99999999999999999999999",
        b"Content-Length: 10",
        b"Content-Type: \xff\xfe\x01",
        b"Content-Type: a\r\n b",
        b"Content-Range: bytes 9-0/x",
        b"Transfer-Encoding: chunked",
        b"Content-Encoding: gzip",
        b"Content-Encoding: br\r\nContent-Length: 5",
    ],
)
def test_headers_that_make_no_sense_never_break_the_box(box: Box, headers: bytes) -> None:
    """The real box relays for them, so its server has to put up with what was passed on."""
    answer = OK + headers + b"\r\n\r\nxxxxx"
    box.city.raw["/live/L1/odd.ts"] = answer
    url = f"http://127.0.0.1:{box.agent.port}/media/{box.media_pass}/live/L1/odd.ts"
    with suppress(requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
        assert requests.get(url, timeout=10).status_code in (200, 502, 503)
    box.is_well()


@thorough
@given(
    image=st.one_of(st.binary(max_size=60), st.binary(max_size=9).map(lambda end: b"\x89PNG\r\n\x1a\n" + end))
)
def test_a_cover_is_kept_as_a_picture_or_not_at_all(
    image: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    covers = Covers(tmp_path_factory.getbasetemp() / "covers")
    try:
        covers.put("/covers/x.png", image)
    except ValueError:
        assert media_type(image) is None
        return
    assert media_type(covers.file("/covers/x.png").read_bytes()) is not None
