"""An address of a live channel leads to a stream, or is refused."""

import os
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from study.address import LENGTH_MAX, SCHEMES, AddressFault, fault_of, is_full, is_playlist

EXAMPLES = int(os.environ.get("ZHANXUE_FUZZ_EXAMPLES", "300"))
PIECES = st.sampled_from(
    [
        *SCHEMES,
        *("file", "smb", "javascript", "concat", "UDP", "user", "user:pass@"),
        *("://", ":", "/", "//", "///", "@", "\\", "#", "?", "|", "'", "[", "]"),
        *("239.1.1.1", "[ff02::1]", "::1", "tv.example.cn", "localhost", "直播", "．", "１"),
        *(":5000", ":0", ":99999", ":x"),
        *(" ", "\n", "\r\n", "\t", "\0", "\u2028", "%0a", "%00"),
    ]
)
written = st.one_of(st.lists(PIECES, max_size=8).map("".join), st.text(max_size=40))


@pytest.mark.parametrize(
    "address",
    [
        "udp://@239.1.1.1:5000",
        "udp://@:5000",
        "rtp://239.1.1.1:5004",
        "udp://10.0.0.7@239.1.1.1:5000",
        "rtp://@[ff15::1]:5004",
        "rtsp://10.0.0.9/live/1",
        "rtsp://camera_3.village.example:8554/ch1?profile=main",
        "http://tv.example.cn/a%20b/index.m3u8?key=1",
        "HTTPS://tv.example.cn./x.m3u8",
        "https://[2001:db8::1]:8443/x",
    ],
)
def test_a_stream_on_the_line_or_the_internet_is_one(address: str) -> None:
    assert is_full(address)
    assert fault_of(address) is None


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://tv.example.cn/1.m3u8", True),
        ("HTTPS://[2001:db8::1]:8443/a/b/Index.M3U8?key=/1.ts", True),
        ("http://tv.example.cn/1.ts", False),
        ("http://tv.example.cn/1.m3u8.ts", False),
        ("http://tv.example.cn/?1.m3u8", False),
        ("http://tv.example.cn?a/1.m3u8", False),
        ("http://tv.m3u8", False),
        ("/live/L1/index.m3u8", True),
        ("http://127.0.0.1:8700/media/a/Index.M3U8?x=1", True),
        ("http://127.0.0.1:8700/m3u8/a.mp4", False),
        ("/media/m3u8/a.mp4", False),
        ("1.m3u8", False),
    ],
)
def test_a_playlist_is_told_by_the_path_of_its_address(address: str, told: bool) -> None:
    assert is_playlist(address) is told


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("", AddressFault.EMPTY),
        ("http://a/" + "x" * LENGTH_MAX, AddressFault.TOO_LONG),
        ("file:///etc/passwd", AddressFault.SCHEME),
        ("file:/etc/passwd", AddressFault.SCHEME),
        ("smb://server/share/a.mp4", AddressFault.SCHEME),
        ("javascript:alert(1)", AddressFault.SCHEME),
        ("http/ts://a/b", AddressFault.SCHEME),
        ("http:a", AddressFault.SCHEME),
        ("udp:@239.1.1.1:5000", AddressFault.SCHEME),
        ("/live/L1/index.m3u8", AddressFault.SCHEME),
        ("udp://@239.1.1.1:5000 --sout=x", AddressFault.CHARACTERS),
        ("http://a/b\nc", AddressFault.CHARACTERS),
        ("\thttp://a/b", AddressFault.CHARACTERS),
        ("http://a/b#c", AddressFault.CHARACTERS),
        ("http://a\\b", AddressFault.CHARACTERS),
        ("http://电视/1", AddressFault.CHARACTERS),
        ("rtsp://admin:12345@10.0.0.9/1", AddressFault.CREDENTIALS),
        ("http://admin@tv.example.cn/1", AddressFault.CREDENTIALS),
        ("http://@tv.example.cn/1", AddressFault.CREDENTIALS),
        ("udp://admin:12345@239.1.1.1:5000", AddressFault.CREDENTIALS),
        ("http://", AddressFault.HOST),
        ("http:///x", AddressFault.HOST),
        ("udp://:5000", AddressFault.HOST),
        ("http://-a-/x", AddressFault.HOST),
        ("http://300.1.1.1/x", AddressFault.HOST),
        ("http://[::1/x", AddressFault.HOST),
        ("http://a..b/x", AddressFault.HOST),
        ("http://" + "a" * 64 + "/x", AddressFault.HOST),
        ("udp://239.1.1.1:5000", AddressFault.UNRECEIVED),
        ("udp://@239.1.1.1", AddressFault.PORT),
        ("rtp://@239.1.1.1:0", AddressFault.PORT),
        ("http://a:/x", AddressFault.PORT),
        ("http://a:65536/x", AddressFault.PORT),
        ("http://a:x/x", AddressFault.PORT),
    ],
)
def test_anything_else_is_refused_with_its_fault(address: str, fault: AddressFault) -> None:
    assert fault_of(address) is fault


@settings(max_examples=EXAMPLES, database=None, suppress_health_check=list(HealthCheck))
@given(address=written)
@example(address="http://a\n@b/")
@example(address="udp://@1.1.1.1:5000@2")
def test_whatever_is_written_there_is_let_through_only_as_a_stream_of_a_host(address: str) -> None:
    if fault_of(address) is not None:
        return
    assert is_full(address)
    assert address.isascii() and address.isprintable() and not set(address) & set(' "#<>\\^`{|}')
    parts = urlsplit(address)
    assert parts.scheme in SCHEMES
    assert parts.password is None
    assert parts.scheme != "udp" or "@" in parts.netloc
    assert parts.hostname or parts.scheme in ("udp", "rtp")
    assert parts.username is None or parts.scheme in ("udp", "rtp")
