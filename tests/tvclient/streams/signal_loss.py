"""A channel that loses its signal and gets it back, watched from the first picture to the next."""

from tests.tvclient.streams.channel import Channel
from tests.tvclient.streams.viewer import Viewer
from tvclient.playback.player_event import Failed, Playing, Position, Retrying, Stalled


def outlive_signal_loss(viewer: Viewer, channel: Channel, url: str) -> None:
    """No minute is shown and counted over and over meanwhile, and it plays on by itself."""
    with channel.on_air():
        viewer.open(url)
        viewer.until(Position)
        viewer.watch(4)
        heard = len(viewer.events)
    viewer.until(Stalled, heard)
    viewer.until(Retrying, heard)  # what libVLC had in store is shown, and counts, until then
    counted_ms = viewer.recorded_ms
    viewer.watch(5)
    assert viewer.recorded_ms == counted_ms, f"{viewer.story()}"
    with channel.on_air():
        heard = len(viewer.events)
        viewer.until(Playing, heard)
        viewer.until(Position, len(viewer.events))
    assert not any(isinstance(event, Failed) for event in viewer.events)
