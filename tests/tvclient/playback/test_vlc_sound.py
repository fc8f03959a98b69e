"""Sound that is really heard: libVLC through real sound servers, ALSA, and none of them."""

import itertools
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import vlc

from study.units import Milliseconds
from tests.tvclient.playback.conftest import boottime
from tests.tvclient.playback.media import make_clip
from tests.tvclient.playback.sound_server import PipeWireServer, SoundServer, running, tone_level_db
from tvclient.playback.output import Output
from tvclient.playback.player_event import Ended, Failed, PlayerEvent, Position, Retrying
from tvclient.playback.sound import VLC_OPTIONS, SoundPlace
from tvclient.playback.video_window import VideoWindow
from tvclient.playback.vlc_player import VlcPlayer
from tvclient.playback.voice import Voice

START = Milliseconds(0)
HEARD_DB, SILENT_DB = -40.0, -80.0
PATIENCE_S = 20.0
LATE_COUNTS = 3
NO_CARD = Path("/nowhere")
ASOUNDRC = """
pcm.!default { type pulse server "unix:%s" }
"""
"""A card for libasound, which keeps time like one and can be heard."""


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A minute of a moving picture and of 440 Hz."""
    path = tmp_path_factory.mktemp("sound") / "tone.mp4"
    make_clip(path, "640x360", 60_000, "-movflags", "+faststart")
    return str(path)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path, as sockets need one."""
    with TemporaryDirectory(prefix="sound-") as name:
        yield Path(name)


class Listener:
    """What the player tells, and how far it came."""

    def __init__(self) -> None:
        self.events: list[PlayerEvent] = []
        self._moved = threading.Condition()

    def hear(self, event: PlayerEvent) -> None:
        with self._moved:
            self.events.append(event)
            self._moved.notify_all()

    @property
    def position_ms(self) -> int:
        return max((event.media_ms for event in self.events if isinstance(event, Position)), default=0)

    def kept_pace(self) -> bool:
        """Nothing was fetched anew, and no second of the film was missed or shown twice."""
        positions = [event for event in self.events if isinstance(event, Position)]
        first, last = positions[0], positions[-1]
        late_ms = (last.at_ms - first.at_ms) - (last.media_ms - first.media_ms)
        return abs(late_ms) < 1_000 and not any(isinstance(event, Retrying) for event in self.events)

    def wait_for_position(self, media_ms: int) -> None:
        with self._moved:
            assert self._moved.wait_for(lambda: self.position_ms >= media_ms, PATIENCE_S)

    def wait_for_end(self) -> PlayerEvent:
        with self._moved:
            assert self._moved.wait_for(
                lambda: self.events and isinstance(self.events[-1], Ended | Failed), PATIENCE_S
            )
            return self.events[-1]


@pytest.fixture
def voice() -> Iterator[Voice]:
    made = Voice()
    yield made
    made.close()


@pytest.fixture
def make_player(
    output: Output, video_window: VideoWindow, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., tuple[VlcPlayer, Listener]]]:
    """Makes players in the window, or without a picture once that is taken; closes them."""
    made: list[VlcPlayer] = []

    def make(environment: dict[str, str], devices: Path = NO_CARD) -> tuple[VlcPlayer, Listener]:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        listener = Listener()
        attach = None if made else video_window.attach
        place = SoundPlace(devices, environment)
        made.append(VlcPlayer(listener.hear, boottime, attach, output, VLC_OPTIONS, place))
        return made[-1], listener

    yield make
    for player in made:
        player.close()


def wait_for_tone(server: SoundServer, at_least_db: float = HEARD_DB) -> float:
    """How strong it is, once it has been heard this strong twice without a gap."""
    until = time.monotonic() + PATIENCE_S
    before, level = -200.0, -200.0
    while level < at_least_db or abs(level - before) > 0.5:
        assert time.monotonic() < until, f"{level} dB"
        before, level = level, tone_level_db(server.hear(0.3))
    return level


def wait_for_silence(server: SoundServer) -> None:
    until = time.monotonic() + PATIENCE_S
    while (level := tone_level_db(server.hear(0.3))) > SILENT_DB:
        assert time.monotonic() < until, f"{level} dB"


def percents(text: str) -> list[int]:
    return [int(percent) for percent in re.findall(r"(\d+)%", text)]


def stream_volumes(server: SoundServer) -> list[int]:
    """The left channel of each stream, in percent of the server's own cubic scale."""
    lines = server.ask("pactl", "list", "sink-inputs").splitlines()
    return sorted(percents(line)[0] for line in lines if line.strip().startswith("Volume:"))


@pytest.mark.parametrize("kind", [SoundServer, PipeWireServer])
def test_the_tone_is_heard_as_loud_as_wanted_and_the_systems_volume_is_left_alone(
    kind: type[SoundServer], folder: Path, clip: str, make_player: Callable
) -> None:
    with running(kind(folder)) as server:
        system = server.ask("pactl", "get-sink-volume", "loudspeaker")
        player, _ = make_player(server.environment)
        player.open(clip, START, live=False)
        full_db = wait_for_tone(server)
        player.set_volume(0)
        wait_for_silence(server)
        player.set_volume(5)
        assert wait_for_tone(server, full_db - 39.5) < full_db - 36.5
        player.set_volume(50)
        assert wait_for_tone(server, full_db - 21.5) < full_db - 18.5
        assert server.ask("pactl", "get-sink-volume", "loudspeaker") == system


def test_the_next_film_begins_as_loud_as_the_last_one_was(
    folder: Path, clip: str, make_player: Callable
) -> None:
    with running(SoundServer(folder)) as server:
        player, listener = make_player(server.environment)
        player.set_volume(50)
        for _ in range(2):
            player.open(clip, START, live=False)
            wait_for_tone(server, -60)
            assert stream_volumes(server) == [46]
            listener.events.clear()


def test_two_televisions_do_not_fight(folder: Path, clip: str, make_player: Callable) -> None:
    with running(SoundServer(folder)) as server:
        loud, loud_listener = make_player(server.environment)
        quiet, quiet_listener = make_player(server.environment)
        quiet.set_volume(20)
        for player, listener in ((loud, loud_listener), (quiet, quiet_listener)):
            player.open(clip, START, live=False)
            listener.wait_for_position(500)
        wait_for_tone(server)
        assert stream_volumes(server) == [29, 100]


@pytest.mark.parametrize("kind", [SoundServer, PipeWireServer])
def test_a_server_that_crashes_costs_its_sound_only_until_it_is_back(
    kind: type[SoundServer], folder: Path, clip: str, make_player: Callable
) -> None:
    with running(kind(folder)) as server:
        player, listener = make_player(server.environment)
        player.set_volume(50)
        player.open(clip, START, live=False)
        before_db = wait_for_tone(server, -60)
        server.kill()
        gone_at_ms, frames = listener.position_ms, player.statistics.frames_shown
        listener.wait_for_position(gone_at_ms + 1_000)
        server.start()
        assert wait_for_tone(server, before_db - 1.5) < before_db + 1.5
        listener.wait_for_position(listener.position_ms + 1_000)
        assert player.statistics.frames_shown > frames + 25
        assert listener.kept_pace()


def test_a_card_without_a_server_is_heard_through_alsa_and_again_after_it_was_gone(
    folder: Path, clip: str, make_player: Callable
) -> None:
    card = folder / "snd" / "pcmC0D0p"
    card.parent.mkdir()
    card.touch()
    server = SoundServer(folder / "far")
    server.folder.mkdir()
    (folder / ".asoundrc").write_text(ASOUNDRC % server.socket)
    with running(server):
        player, listener = make_player(
            {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "PULSE_SERVER": ""}, card.parent
        )
        player.set_volume(50)
        player.open(clip, START, live=False)
        before_db = wait_for_tone(server, -60)
        server.kill()
        card.unlink()
        gone_at_ms = listener.position_ms
        listener.wait_for_position(gone_at_ms + 1_000)
        server.start()
        card.touch()
        assert wait_for_tone(server, before_db - 1.5) < before_db + 1.5
    assert listener.kept_pace()


def test_without_any_sound_device_it_plays_in_silence(folder: Path, clip: str, make_player: Callable) -> None:
    player, listener = make_player({"XDG_RUNTIME_DIR": str(folder), "PULSE_SERVER": ""})
    player.open(clip, START, live=False)
    listener.wait_for_position(2_000)
    assert listener.kept_pace()


def test_words_end_where_nothing_sounds_and_the_counts_come_only_after_their_end(
    folder: Path, make_player: Callable, voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As libVLC does on a busy box."""
    asked, count = itertools.count(), vlc.Media.get_stats

    def counted_late(media: vlc.Media, counts: vlc.MediaStats) -> bool:
        return media.get_state() == vlc.State.Ended and next(asked) >= LATE_COUNTS and count(media, counts)

    monkeypatch.setattr(vlc.Media, "get_stats", counted_late)
    player, listener = make_player({"XDG_RUNTIME_DIR": str(folder), "PULSE_SERVER": ""})
    player.open(str(voice.speak("发酵床养猪。")), START, live=False)
    assert isinstance(listener.wait_for_end(), Ended)
