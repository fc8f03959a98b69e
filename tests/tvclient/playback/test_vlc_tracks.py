"""Sounds and subtitles of real media in every container, heard and seen."""

import wave
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from study.units import Milliseconds
from tests.tvclient.playback.conftest import boottime
from tests.tvclient.playback.media import MediaServer
from tests.tvclient.playback.player_rig import RealRig, play_until, until_tracks
from tests.tvclient.playback.track_media import CANTONESE_HZ, CONTAINERS
from tvclient.playback.output import Output
from tvclient.playback.player import OnEvent
from tvclient.playback.vlc_player import VlcPlayer

START = Milliseconds(0)


@pytest.fixture
def heard(tmp_path: Path) -> Path:
    return tmp_path / "heard.wav"


@pytest.fixture
def rig(output: Output, heard: Path) -> Iterator[RealRig]:
    """No picture; the sound goes into a file, as it is played."""
    made = []

    def make(on_event: OnEvent) -> VlcPlayer:
        options = ("--aout=afile", f"--audiofile-file={heard}", "--vout=dummy")
        made.append(VlcPlayer(on_event, boottime, lambda *_: None, output, options))
        return made[-1]

    yield RealRig(make)
    for player in made:
        player.close()


def last_pitch_hz(heard: Path, seconds: float = 0.5) -> float:
    """By how often the last of it crosses zero."""
    with wave.open(str(heard)) as sound:
        rate, count = sound.getframerate(), sound.getnframes()
        wanted = round(seconds * rate)
        sound.setpos(count - wanted)
        step = sound.getnchannels() * sound.getsampwidth()
        content = sound.readframes(wanted)
        samples = [
            int.from_bytes(content[place : place + 2], "little", signed=True)
            for place in range(0, len(content), step)
        ]
    return sum(a < 0 <= b for a, b in pairwise(samples)) / seconds


@pytest.mark.parametrize("container", CONTAINERS)
def test_the_chosen_sound_is_heard(
    rig: RealRig, heard: Path, media_server: MediaServer, track_folder: Path, container: str
) -> None:
    rig.player.open(f"{media_server.url}/media/{track_folder.name}/{container}", START, live=False)
    tracks = until_tracks(rig, lambda now: len(now.sounds) == 2 and now.sound is not None)
    assert {sound.language for sound in tracks.sounds} == {"chi", "yue"}
    yue = next(sound for sound in tracks.sounds if sound.language == "yue")
    play_until(rig, 1_500)
    rig.player.choose_sound(yue.track_id)
    play_until(rig, 7_000)
    rig.player.close()
    assert last_pitch_hz(heard) == pytest.approx(CANTONESE_HZ, rel=0.05)
