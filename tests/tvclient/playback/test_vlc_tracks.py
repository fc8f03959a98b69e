"""Sounds and subtitles of real media in every container, heard and seen."""

import wave
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest

from study.units import Milliseconds
from tests.tvclient.playback.conftest import boottime
from tests.tvclient.playback.media import MediaServer
from tests.tvclient.playback.player_rig import RealRig, play_until, until_tracks
from tests.tvclient.playback.track_media import CANTONESE_HZ, CONTAINERS, MANDARIN_HZ
from tvclient.playback.output import Output
from tvclient.playback.player import OnEvent, SubtitleFile
from tvclient.playback.player_event import Playing, Position, Retrying, Tracks
from tvclient.playback.sound import SoundOutput, SoundPlace
from tvclient.playback.vlc_player import VlcPlayer

START = Milliseconds(0)
LOOSE_MS = 300
"""libVLC's positions step by up to half a second of the clock."""


class IntoAFile(SoundPlace):
    """A place where one can listen to it later."""

    def choose(self) -> SoundOutput:
        return cast(SoundOutput, "afile")

    def is_connected(self) -> bool:
        return True


@pytest.fixture
def heard(tmp_path: Path) -> Path:
    return tmp_path / "heard.wav"


@pytest.fixture
def rig(output: Output, heard: Path) -> Iterator[RealRig]:
    """No picture; the sound goes into a file, as it is played."""
    made = []

    def make(on_event: OnEvent) -> VlcPlayer:
        options = (f"--audiofile-file={heard}", "--vout=dummy")
        made.append(VlcPlayer(on_event, boottime, lambda *_: None, output, options, IntoAFile()))
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


@pytest.mark.parametrize("rate", [0.5, 1.5, 2.0])
def test_sound_keeps_its_pitch_at_every_speed(
    rig: RealRig, heard: Path, track_folder: Path, rate: float
) -> None:
    rig.player.set_rate(rate)
    rig.player.open(str(track_folder / "sounds.mp4"), START, live=False)
    playing = rig.until(Playing)
    play_until(rig, 2_000)
    position = [rig.until(Position) for _ in range(4)][-1]
    rig.player.close()
    media_ms = position.media_ms - playing.media_ms
    assert media_ms == pytest.approx(rate * (position.at_ms - playing.at_ms), abs=LOOSE_MS)
    assert last_pitch_hz(heard) == pytest.approx(MANDARIN_HZ, rel=0.05)


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
    play_until(rig, 4_500)
    rig.player.close()
    assert last_pitch_hz(heard) == pytest.approx(CANTONESE_HZ, rel=0.05)


@pytest.mark.parametrize("container", ["srt.mkv", "text.mp4"])
def test_what_is_chosen_holds_when_the_connection_breaks(
    rig: RealRig, heard: Path, media_server: MediaServer, track_folder: Path, container: str
) -> None:
    media_server.die_with(503)
    beside = SubtitleFile(str(track_folder / "chinese.srt"), "zh", "讲稿")
    url = f"{media_server.url}/dying/{track_folder.name}/{container}"
    rig.player.open(url, START, live=False, subtitles=[beside])
    tracks = until_tracks(rig, lambda now: len(now.sounds) == 2 and now.sound is not None)
    sound, subtitle = tracks.sounds[1].track_id, tracks.subtitles[-1].track_id
    rig.player.choose_sound(sound)
    rig.player.choose_subtitle(subtitle)
    rig.player.set_rate(1.5)
    until_tracks(rig, lambda now: (now.sound, now.subtitle) == (sound, subtitle))
    rig.until(Retrying)
    media_server.mend()
    assert rig.until(Playing).rate == 1.5
    play_until(rig, 10_000)
    rig.player.close()
    last = [event for event in rig.events if isinstance(event, Tracks)][-1]
    assert (last.sound, last.subtitle) == (sound, subtitle)
    assert last_pitch_hz(heard) == pytest.approx(CANTONESE_HZ, rel=0.05)
