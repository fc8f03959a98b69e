"""The door for live playlists."""

import pytest
import requests


def get(city, path: str) -> requests.Response:
    return requests.get(city.url + path, timeout=10)


def test_a_playlist_is_never_kept_and_its_segments_are_video(city):
    (city.playlists / "L1").mkdir()
    (city.playlists / "L1" / "index.m3u8").write_text("#EXTM3U\nseg-1.ts\n")
    (city.playlists / "L1" / "seg-1.ts").write_bytes(b"\x47")
    playlist = get(city, "/live/L1/index.m3u8")
    assert (playlist.status_code, playlist.text) == (200, "#EXTM3U\nseg-1.ts\n")
    assert playlist.headers["Content-Type"] == "application/vnd.apple.mpegurl"
    assert playlist.headers["Cache-Control"] == "no-store"
    segment = get(city, "/live/L1/seg-1.ts")
    assert (segment.content, segment.headers["Content-Type"]) == (b"\x47", "video/mp2t")


@pytest.mark.parametrize("channel", ["L2", "..", "%2e%2e", "L1%00", "x" * 300])
def test_a_channel_that_is_not_on_the_air_is_404(city, channel):
    assert get(city, f"/live/{channel}/index.m3u8").status_code == 404
