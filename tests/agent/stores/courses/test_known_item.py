"""Which channels lead through the agent by their playlist."""

import pytest

from agent.stores.courses.catalogue import KnownItem
from study.rules import Kind
from study.units import Milliseconds


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://tv.example.cn/1.m3u8", True),
        ("HTTPS://[2001:db8::1]:8443/a/b/Index.M3U8?key=/1.ts", True),
        ("http://tv.example.cn/1.ts", False),
        ("http://somebody@tv.example.cn/1.m3u8", False),
        ("rtsp://10.0.0.9/1.m3u8", False),
        ("/live/L1/index.m3u8", False),
    ],
)
def test_the_playlist_of_a_channel_elsewhere_is_fetched_over_http_alone(address: str, told: bool) -> None:
    def known(kind: Kind) -> KnownItem:
        return KnownItem(kind, "频道一", "", None, Milliseconds(0), address, "")

    assert known(Kind.LIVE).is_channel_by_playlist is told
    assert not known(Kind.VOD).is_channel_by_playlist
