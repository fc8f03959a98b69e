"""When a live channel's playlist is said to stand."""

import pytest

from agent.api.live_edge import LiveEdge
from tests.fakes.fake_clock import FakeClock

PATH = "/live/L1/index.m3u8"


def playlist(newest: int, target_s: int = 4, end: str = "") -> bytes:
    segments = "".join(f"#EXTINF:{target_s},\nseg-{number}.ts\n" for number in range(newest - 3, newest + 1))
    return f"#EXTM3U\n#EXT-X-TARGETDURATION:{target_s}\n{segments}{end}".encode()


@pytest.fixture
def edge(clock: FakeClock) -> LiveEdge:
    return LiveEdge(clock)


def test_a_playlist_that_moves_on_lives_however_long(edge: LiveEdge, clock: FakeClock) -> None:
    for newest in range(10, 60):
        assert not edge.stands(PATH, playlist(newest))
        clock.pass_ms(8_000)


def test_one_without_a_new_segment_for_three_targets_stands(edge: LiveEdge, clock: FakeClock) -> None:
    assert not edge.stands(PATH, playlist(10))
    clock.pass_ms(12_000)
    assert not edge.stands(PATH, playlist(10))
    clock.pass_ms(1)
    assert edge.stands(PATH, playlist(10))
    assert not edge.stands(PATH, playlist(11))


def test_short_segments_are_given_six_seconds(edge: LiveEdge, clock: FakeClock) -> None:
    assert not edge.stands(PATH, playlist(10, target_s=1))
    clock.pass_ms(6_000)
    assert not edge.stands(PATH, playlist(10, target_s=1))
    clock.pass_ms(1)
    assert edge.stands(PATH, playlist(10, target_s=1))


def test_each_channel_stands_for_itself(edge: LiveEdge, clock: FakeClock) -> None:
    edge.stands(PATH, playlist(10))
    clock.pass_ms(60_000)
    assert not edge.stands("/live/L2/index.m3u8", playlist(10))


@pytest.mark.parametrize(
    "content",
    [
        playlist(10, end="#EXT-X-ENDLIST\n"),
        b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1000\n720p.m3u8\n",
        b"<html>",
        b"",
    ],
)
def test_what_is_no_live_playlist_never_stands(edge: LiveEdge, clock: FakeClock, content: bytes) -> None:
    assert not edge.stands(PATH, content)
    clock.pass_ms(600_000)
    assert not edge.stands(PATH, content)


def test_only_so_many_are_remembered(edge: LiveEdge, clock: FakeClock) -> None:
    edge.stands(PATH, playlist(10))
    for number in range(300):
        edge.stands(f"/live/{number}/index.m3u8", playlist(10))
    clock.pass_ms(60_000)
    assert not edge.stands(PATH, playlist(10))
    assert edge.stands("/live/299/index.m3u8", playlist(10))
