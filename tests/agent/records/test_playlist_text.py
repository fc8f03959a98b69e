"""The addresses of a playlist lead from anywhere to where they led."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.records.playlist_text import absolute, readdressed
from tests.agent.fuzz.examples import thorough

BASE = "https://tv.example.cn/a/b/index.m3u8?key=/1"


def read(*lines: str, base: str = BASE) -> list[str]:
    text = "\n".join(["#EXTM3U", *lines, ""]).encode()
    return readdressed(text, base, lambda address: f"<{address}>").decode().splitlines()[1:]


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("seg-1.ts", "https://tv.example.cn/a/b/seg-1.ts"),
        ("c/seg-1.ts?x=1&y=2", "https://tv.example.cn/a/b/c/seg-1.ts?x=1&y=2"),
        ("../seg-1.ts", "https://tv.example.cn/a/seg-1.ts"),
        ("/seg-1.ts", "https://tv.example.cn/seg-1.ts"),
        ("//cdn.example.cn/seg-1.ts", "https://cdn.example.cn/seg-1.ts"),
        ("http://cdn.example.cn:81/seg-1.ts", "http://cdn.example.cn:81/seg-1.ts"),
        ("?seg=1", "https://tv.example.cn/a/b/index.m3u8?seg=1"),
        ("直播 1.ts", "https://tv.example.cn/a/b/%E7%9B%B4%E6%92%AD%201.ts"),
        ("a%20b.ts", "https://tv.example.cn/a/b/a%20b.ts"),
        ("data:text/plain;base64,AA==", "data:text/plain;base64,AA=="),
        ("http://[::1", "http://[::1"),
    ],
)
def test_every_form_of_address_is_made_whole(address: str, whole: str) -> None:
    assert absolute(address, BASE) == whole
    assert read("#EXTINF:4,", address) == ["#EXTINF:4,", whole]
    assert read(f'#EXT-X-KEY:METHOD=AES-128,URI="{address}",IV=0x1') == [
        f'#EXT-X-KEY:METHOD=AES-128,URI="{whole}",IV=0x1'
    ]


def test_playlists_are_led_and_nothing_else_is() -> None:
    assert read(
        '#EXT-X-MEDIA:TYPE=AUDIO,URI="sound.m3u8",NAME="a"',
        '#EXT-X-MEDIA:TYPE=AUDIO,NAME="b"',
        '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,URI="frames.m3u8"',
        '#EXT-X-SESSION-KEY:METHOD=AES-128,URI="key"',
        "#EXT-X-STREAM-INF:BANDWIDTH=1",
        "# a word between",
        "",
        "720.m3u8",
        '#EXT-X-MAP:URI="head.mp4"',
        "seg-1.ts",
    ) == [
        '#EXT-X-MEDIA:TYPE=AUDIO,URI="<https://tv.example.cn/a/b/sound.m3u8>",NAME="a"',
        '#EXT-X-MEDIA:TYPE=AUDIO,NAME="b"',
        '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,URI="<https://tv.example.cn/a/b/frames.m3u8>"',
        '#EXT-X-SESSION-KEY:METHOD=AES-128,URI="https://tv.example.cn/a/b/key"',
        "#EXT-X-STREAM-INF:BANDWIDTH=1",
        "# a word between",
        "<https://tv.example.cn/a/b/720.m3u8>",
        '#EXT-X-MAP:URI="https://tv.example.cn/a/b/head.mp4"',
        "https://tv.example.cn/a/b/seg-1.ts",
    ]


def test_an_attribute_that_only_ends_like_it_is_no_address() -> None:
    assert read('#EXT-X-DATERANGE:X-URI="a",X-ASSET-URI="b"') == [
        '#EXT-X-DATERANGE:X-URI="a",X-ASSET-URI="b"'
    ]


def test_titles_stay_as_they_are_in_any_encoding_and_lines_may_end_in_any_way() -> None:
    title = "#EXTINF:4,新闻".encode("gb18030")
    text = b"\xef\xbb\xbf#EXTM3U\r\n" + title + b"\r\nseg.ts"
    assert readdressed(text, "http://a/i.m3u8", str) == b"#EXTM3U\n" + title + b"\nhttp://a/seg.ts\n"


def test_short_lines_do_not_fill_the_boxs_memory() -> None:
    with pytest.raises(ValueError, match="too long"):
        readdressed(b"#EXTM3U\n" + b"a\n" * 10_000, "http://a/" + "x" * 990 + "/", str)


@thorough
@given(
    playlist=st.one_of(
        st.binary(max_size=80),
        st.text(alphabet='#EXT-XURI="/:.?%[]\n\r\x85\u2028a直', max_size=80).map(str.encode),
    )
)
def test_whatever_it_says_it_becomes_a_playlist(playlist: bytes) -> None:
    readdressed(playlist, BASE, str)
