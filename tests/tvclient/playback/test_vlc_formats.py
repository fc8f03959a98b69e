"""Every container and codec that a course may have opens, plays, shows its pictures and can be sought."""

from collections.abc import Callable
from pathlib import Path

import pytest

from study.units import Milliseconds
from tests.tvclient.playback.format_media import FORMAT_MS, FORMATS, Format, make_formats
from tests.tvclient.playback.media import MediaServer
from tests.tvclient.playback.player_rig import RealRig, play_until
from tvclient.playback.player import OnEvent
from tvclient.playback.player_event import Ended, Opened, Playing, Position, Seeked
from tvclient.playback.vlc_player import VlcPlayer

START, TARGET = Milliseconds(0), Milliseconds(4_000)
SEGMENT_MS = 2_000
SHOWN_MIN = 25
"""Of nearly ninety: a busy machine loses some."""
LENGTH_LOOSE_MS = 150
"""Sound is coded in frames, and ends a little after the picture."""


@pytest.fixture(scope="module")
def format_folder(media_folder: Path) -> Path:
    folder = media_folder / "formats"
    folder.mkdir()
    make_formats(folder)
    return folder


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_it_opens_plays_shows_and_seeks(
    make_player: Callable[[OnEvent], VlcPlayer], format_folder: Path, media_server: MediaServer, form: Format
) -> None:
    rig = RealRig(make_player)
    path = format_folder / form.name
    url = f"{media_server.url}/media/{format_folder.name}/{form.name}" if form.over_http else str(path)
    rig.player.open(url, START, live=False)
    rig.until(Playing)
    play_until(rig, 1_500)
    rig.player.seek(TARGET)
    assert rig.until(Seeked).to_ms == TARGET
    rig.until(Playing)
    assert TARGET - SEGMENT_MS <= rig.until(Position).media_ms <= TARGET + 1_000
    assert rig.until(Ended).media_ms == pytest.approx(FORMAT_MS, abs=500)
    lengths = [event.length_ms for event in rig.events if isinstance(event, Opened)]
    assert lengths[-1] == pytest.approx(FORMAT_MS, abs=LENGTH_LOOSE_MS)
    assert rig.player.statistics.frames_shown >= SHOWN_MIN
