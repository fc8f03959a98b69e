"""A playlist from anywhere comes whole and in time, or a person is told why not."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.clients.playlists import PlaylistClient
from agent.errors import ApiError
from tests.agent.fuzz.examples import thorough
from tests.fakes.dull_server import Conversation, dull_server
from tests.fakes.fake_clock import FakeClock

LIVE = b"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nseg-1.ts\n"
OK = b"HTTP/1.1 200 OK\r\n"
AWAY = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: "


def saying(*answers: bytes) -> Conversation:
    """The answers to one call after the other; the last one to all that follow."""
    left = list(answers)

    def talk(line: socket.socket) -> None:
        line.recv(65_536)
        line.sendall(left.pop(0) if len(left) > 1 else left[0])

    return talk


def without_end(head: bytes, clock: FakeClock | None = None) -> Conversation:
    """Bytes for ever after `head`; with a clock one a second, as it tells them."""

    def talk(line: socket.socket) -> None:
        line.recv(65_536)
        line.sendall(head)
        while True:
            if clock is not None:
                clock.pass_ms(1_000)
            line.sendall(b"#" if clock is not None else b"#" * 100_000)

    return talk


@pytest.fixture
def client(clock: FakeClock) -> Iterator[PlaylistClient]:
    with closing(PlaylistClient(clock)) as held:
        yield held


@contextmanager
def refused(words: str = ".") -> Iterator[None]:
    with pytest.raises(ApiError, match=words) as caught:
        yield
    assert (caught.value.status, caught.value.code) == (502, "no_playlist")
    assert "市平台" not in caught.value.words


@pytest.mark.parametrize("playlist", [LIVE, b"\xef\xbb\xbf" + LIVE, b"#EXTM3U"])
def test_a_playlist_comes_as_it_is(client: PlaylistClient, playlist: bytes) -> None:
    with dull_server(saying(OK + b"\r\n" + playlist)) as server:
        address = f"http://{server.address}/1.m3u8"
        found = client.fetch(address)
    assert (found.content, found.address) == (playlist, address)


def test_redirections_are_followed_and_what_is_found_knows_where_it_was(client: PlaylistClient) -> None:
    hops = ["b/2.m3u8", "/c/3.m3u8?k=1", "../4.m3u8", "直 5.m3u8".encode().decode("latin-1"), "?6"]
    answers = [AWAY + hop.encode("latin-1") + b"\r\n\r\n" for hop in hops]
    with dull_server(saying(*answers, OK + b"\r\n" + LIVE)) as server:
        found = client.fetch(f"http://{server.address}/a/1.m3u8")
        assert found.address == f"http://{server.address}/%E7%9B%B4%205.m3u8?6"
    assert found.content == LIVE


def test_a_circle_of_redirections_is_left_after_the_fifth(client: PlaylistClient) -> None:
    with dull_server(saying(AWAY + b"/1.m3u8\r\n\r\n")) as server:
        with refused(words="地址已经失效"):
            client.fetch(f"http://{server.address}/1.m3u8")
        assert server.calls == 6


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "http://a:b@127.0.0.1/x",
        "http://[::1",
        "rtsp://a/b",
    ],
)
def test_a_redirection_leads_to_the_web_only(client: PlaylistClient, target: str) -> None:
    with dull_server(saying(AWAY + target.encode() + b"\r\n\r\n")) as server:
        with refused():
            client.fetch(f"http://{server.address}/1.m3u8")
        assert server.calls == 1


@pytest.mark.parametrize("body", [b"<html>login</html>", b"", b" #EXTM3U", b"\x00" * 100, b"#EXTM3"])
def test_what_is_no_playlist_is_told(client: PlaylistClient, body: bytes) -> None:
    with dull_server(saying(OK + b"\r\n" + body)) as server, refused(words="不是直播"):
        client.fetch(f"http://{server.address}/1.m3u8")


@pytest.mark.parametrize("status", [b"404 Not Found", b"403 Forbidden", b"500 Oh", b"503 Busy"])
def test_the_no_of_its_server_is_told(client: PlaylistClient, status: bytes) -> None:
    answer = b"HTTP/1.1 " + status + b"\r\n\r\n" + LIVE
    with dull_server(saying(answer)) as server, refused(words=status[:3].decode()):
        client.fetch(f"http://{server.address}/1.m3u8")


def test_a_playlist_that_never_ends_is_left(client: PlaylistClient) -> None:
    with dull_server(without_end(OK + b"\r\n#EXTM3U\n")) as server, refused(words="不是直播"):
        client.fetch(f"http://{server.address}/1.m3u8")


def test_nobody_waits_for_what_comes_with_a_redirection(client: PlaylistClient) -> None:
    def talk(line: socket.socket) -> None:
        line.recv(65_536)
        line.sendall(b"HTTP/1.1 302 Found\r\nLocation: /1.m3u8\r\n\r\n")
        line.recv(1)

    with dull_server(talk) as server:
        with refused(words="不是直播"):
            client.fetch(f"http://{server.address}/1.m3u8")
        assert server.calls == 6


@pytest.mark.parametrize(
    "head", [b"", OK, OK + b"X: ", OK + b"\r\n#EXTM3U\n", OK + b"Transfer-Encoding: chunked\r\n\r\n"]
)
def test_what_trickles_is_left_at_the_deadline(client: PlaylistClient, clock: FakeClock, head: bytes) -> None:
    asked_ms = clock.mono_ms()
    with dull_server(without_end(head, clock)) as server, refused(words="没有应答"):
        client.fetch(f"http://{server.address}/1.m3u8")
    assert clock.mono_ms() - asked_ms >= 20_000


def test_the_deadline_is_one_for_all_redirections(client: PlaylistClient, clock: FakeClock) -> None:
    def talk(line: socket.socket) -> None:
        line.recv(65_536)
        clock.pass_ms(8_000)
        line.sendall(AWAY + b"/1.m3u8\r\n\r\n")

    with dull_server(talk) as server:
        with refused(words="没有应答"):
            client.fetch(f"http://{server.address}/1.m3u8")
        assert server.calls == 3


def test_nobody_there_is_told(client: PlaylistClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    with refused(words="没有应答"):
        client.fetch(f"http://127.0.0.1:{port}/1.m3u8")


def test_a_proxy_has_no_business_on_loopback(client: PlaylistClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with dull_server(saying(OK + b"\r\n" + LIVE)) as server, dull_server(saying(OK + b"\r\nproxy")) as proxy:
        monkeypatch.setenv("http_proxy", f"http://{proxy.address}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        assert client.fetch(f"http://{server.address}/1.m3u8").content == LIVE
        with refused(words="不是直播"):
            client.fetch("http://tv.invalid/1.m3u8")
        assert (server.calls, proxy.calls) == (1, 1)


@thorough
@given(
    head=st.one_of(
        st.binary(max_size=40),
        st.sampled_from(
            [OK, OK + b"Content-Encoding: gzip\r\n", b"HTTP/1.1 301 x\r\nLocation: ", b"HTTP/1.1 999 \r\n"]
        ),
    ),
    rest=st.binary(max_size=60),
)
def test_any_bytes_become_a_playlist_or_a_refusal(head: bytes, rest: bytes) -> None:
    with dull_server(saying(head + rest)) as server, closing(PlaylistClient(FakeClock())) as client:
        try:
            assert client.fetch(f"http://{server.address}/1.m3u8").content
        except ApiError as error:
            assert (error.status, error.code) == (502, "no_playlist")
