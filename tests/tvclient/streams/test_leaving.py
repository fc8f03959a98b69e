"""Leaving a channel whose server has fallen silent."""

from collections.abc import Callable

from tests.tvclient.streams.broadcaster import picture
from tests.tvclient.streams.channel import hls_channel, udp_channel
from tests.tvclient.streams.nginx import Nginx
from tests.tvclient.streams.silent_server import running_silent_server
from tests.tvclient.streams.viewer import Viewer, boottime
from tvclient.playback.player_event import Position, Retrying


def test_a_silent_server_keeps_nobody_from_another_channel(
    nginx: Nginx, make_viewer: Callable[[], Viewer]
) -> None:
    viewer, other = make_viewer(), udp_channel(picture())
    channel = hls_channel(nginx, "silent", picture())
    with channel.on_air(), other.on_air(), running_silent_server(nginx.root) as server:
        viewer.open(f"{server.url}/silent/index.m3u8")
        viewer.until(Position)
        server.silent.set()
        viewer.until(Retrying)
        viewer.watch(2)
        heard = len(viewer.events)
        viewer.open(other.url)
        viewer.until(Position, heard)
        took_ms = boottime() - viewer.opened_at_ms
        print(f"from a silent server to another channel: {took_ms} ms")
        viewer.watch(2)
        assert took_ms < 8_000
        assert {event.opening for event in viewer.events[heard:]} == {2}
        assert viewer.seen[-1].end_ms > boottime() - 1_000
        leaving_at_ms = boottime()
        viewer.player.close()
        assert boottime() - leaving_at_ms < 4_000
