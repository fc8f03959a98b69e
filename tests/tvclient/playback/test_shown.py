"""Live tells when its picture moved, in both ways to the screen."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from study.units import Milliseconds
from tests.tvclient.playback.media import MediaServer, running_live
from tests.tvclient.playback.player_rig import RealRig
from tvclient.playback.player import OnEvent
from tvclient.playback.player_event import Shown
from tvclient.playback.vlc_player import VlcPlayer

NEAR_MS = 500
COUNTED_S = 2.5
"""libVLC counts when it fetches the next segment."""


def look_after(seconds: float, rig: RealRig) -> int:
    time.sleep(seconds)
    return rig.player.statistics.frames_shown


@pytest.mark.parametrize("way", ["make_player", "make_texture_player"])
def test_live_tells_since_and_until_when_its_picture_moved(
    way: str, request: pytest.FixtureRequest, media_server: MediaServer, media_folder: Path
) -> None:
    make: Callable[[OnEvent], VlcPlayer] = request.getfixturevalue(way)
    rig = RealRig(make, media_folder, media_folder)
    with running_live(media_folder):
        rig.player.open(f"{media_server.url}/media/live/index.m3u8", Milliseconds(0), live=True)
        unseen = rig.until(Shown)
        seen = rig.until(Shown)
        frames = [look_after(COUNTED_S, rig) for _ in range(2)]
    assert frames[0] < frames[1], "its pictures are counted while they come"
    assert unseen.since_ms == unseen.until_ms
    assert unseen.since_ms <= seen.since_ms < seen.until_ms
    assert abs(seen.until_ms - seen.at_ms) <= NEAR_MS
