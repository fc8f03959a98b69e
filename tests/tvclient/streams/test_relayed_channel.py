"""An HLS channel through the agent's relay, whose platform loses its signal, goes away, and comes back."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.tvclient.streams.broadcaster import picture
from tests.tvclient.streams.channel import hls_channel
from tests.tvclient.streams.nginx import Nginx, running_nginx
from tests.tvclient.streams.relay_server import running_relay
from tests.tvclient.streams.signal_loss import outlive_signal_loss
from tests.tvclient.streams.viewer import Viewer
from tvclient.playback.player_event import Failed, Playing, Position, Retrying


def test_no_minute_is_shown_over_and_over_and_it_plays_on_when_the_signal_is_back(
    nginx: Nginx, make_viewer: Callable[[], Viewer]
) -> None:
    viewer = make_viewer()
    channel = hls_channel(nginx, "relayed", picture())
    with running_relay(nginx.url) as relay:
        outlive_signal_loss(viewer, channel, channel.url.replace(nginx.url, relay))


def test_it_survives_the_platform_itself_going_away(
    streams_folder: Path, make_viewer: Callable[[], Viewer]
) -> None:
    viewer = make_viewer()
    with tempfile.TemporaryDirectory(dir=streams_folder) as name:
        folder = Path(name)
        (folder / "root").mkdir()
        with running_nginx(folder, folder / "root") as platform, running_relay(platform.url) as relay:
            channel = hls_channel(platform, "relayed", picture())
            with channel.on_air():
                viewer.open(channel.url.replace(platform.url, relay))
                viewer.until(Position)
                platform.stop()
                heard = len(viewer.events)
                viewer.until(Retrying, heard)
                heard = len(viewer.events)
                platform.start()
                viewer.until(Playing, heard)
                viewer.until(Position, len(viewer.events))
        viewer.player.close()
    assert not any(isinstance(event, Failed) for event in viewer.events)
