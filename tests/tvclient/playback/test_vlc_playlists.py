"""HLS on demand: the picture begins where the film was left, not where its segment begins."""

from collections.abc import Callable
from pathlib import Path

import pytest
from Xlib import X
from Xlib.display import Display

from study.units import Milliseconds
from tests.tvclient.playback.media import run_ffmpeg
from tests.tvclient.playback.player_rig import RealRig, play_until
from tvclient.playback.player import OnEvent
from tvclient.playback.player_event import Playing, Position
from tvclient.playback.vlc_player import VlcPlayer

LENGTH_S, SEGMENT_S, STEP = 20, 5, 8
START_MS, LOOK_MS = 13_000, 14_500


@pytest.fixture
def rig(make_player: Callable[[OnEvent], VlcPlayer]) -> RealRig:
    return RealRig(make_player)


@pytest.fixture
def playlist(tmp_path: Path) -> Path:
    """A film that grows brighter by a step each second, with one key frame in each segment."""
    brighter = f"geq=lum='16+floor(T)*{STEP}':cb=128:cr=128"
    run_ffmpeg(
        *("-f", "lavfi", "-i", "color=black:size=320x180:rate=25", "-t", str(LENGTH_S), "-vf", brighter),
        *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", str(25 * SEGMENT_S)),
        *("-hls_time", str(SEGMENT_S), "-hls_playlist_type", "vod", str(tmp_path / "index.m3u8")),
    )
    return tmp_path / "index.m3u8"


def second_on(display: Display) -> int:
    """Which second of the film is on the screen."""
    green = display.screen().root.get_image(960, 540, 1, 1, X.ZPixmap, 0xFFFFFFFF).data[1]
    return round(green * 219 / 255 / STEP)


def test_it_begins_where_it_was_left_and_says_so(rig: RealRig, display: Display, playlist: Path) -> None:
    rig.player.open(str(playlist), Milliseconds(START_MS), live=False)
    assert rig.until(Playing).media_ms == START_MS
    play_until(rig, LOOK_MS)
    assert abs(second_on(display) - LOOK_MS // 1000) <= 1


def test_a_jump_before_it_has_begun_is_where_it_begins(
    rig: RealRig, display: Display, playlist: Path
) -> None:
    rig.player.open(str(playlist), Milliseconds(2_000), live=False)
    rig.player.seek(Milliseconds(START_MS))
    play_until(rig, LOOK_MS)
    assert abs(second_on(display) - LOOK_MS // 1000) <= 1
    assert all(event.media_ms >= START_MS for event in rig.events if isinstance(event, Position))
