"""What libVLC is given for the addresses of courses and channels."""

import pytest

from tvclient.playback.media_source import open_source


@pytest.mark.parametrize(
    ("url", "location"),
    [
        ("udp://239.1.1.1:5000", "udp://@239.1.1.1:5000"),
        ("UDP://239.1.1.1:5000", "udp://@239.1.1.1:5000"),
        ("udp://@239.1.1.1:5000", "udp://@239.1.1.1:5000"),
        ("udp://10.0.0.7@232.1.1.1:5000", "udp://10.0.0.7@232.1.1.1:5000"),
        ("rtp://239.1.1.1:5000", "rtp://239.1.1.1:5000"),
        ("http://10.0.0.7:4022/udp/239.1.1.1:5000", "http://10.0.0.7:4022/udp/239.1.1.1:5000"),
        ("/media/课程一.mp4", "/media/课程一.mp4"),
        ("/media/课程一.TS", "file/avformat:///media/%E8%AF%BE%E7%A8%8B%E4%B8%80.TS"),
        ("http://127.0.0.1:8700/media/a.ts?x=1", "http/avformat://127.0.0.1:8700/media/a.ts?x=1"),
    ],
)
def test_an_address_is_given_as_libvlc_wants_it(url: str, location: str) -> None:
    assert open_source(url, live=False).location == location


def test_a_live_transport_stream_is_read_by_libvlc_itself() -> None:
    assert open_source("http://10.0.0.7/one.ts", live=True).location == "http://10.0.0.7/one.ts"


@pytest.mark.parametrize(
    ("url", "moves"),
    [("http://127.0.0.1:8700/a.mp4", True), ("/media/a.ts", True), ("udp://@1.2.3.4:5", False)],
)
def test_only_what_is_fetched_may_come_late(url: str, moves: bool) -> None:
    assert bool(open_source(url, live=False).options) is moves


def test_only_rtp_has_to_be_woken() -> None:
    assert open_source("rtp://239.1.1.1:5000", live=True).needs_waking
    assert not open_source("udp://239.1.1.1:5000", live=True).needs_waking


def test_rtsp_comes_through_a_carrier_that_is_gone_after_close() -> None:
    source = open_source("rtsp://127.0.0.1:9/live", live=True)
    assert source.location.startswith("stream:///proc/self/fd/")
    assert source.carrier is not None
    source.close()
    assert source.carrier.returncode is not None


def test_without_a_carrier_the_address_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert open_source("rtsp://127.0.0.1:9/live", live=True).location == "rtsp://127.0.0.1:9/live"
    assert "ffmpeg is needed" in caplog.text
