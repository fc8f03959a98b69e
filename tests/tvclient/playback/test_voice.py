"""The voice is heard on a real loudspeaker, stops when it is told to, and says why it is silent."""

import queue
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.tvclient.playback.sound_server import SoundServer, running
from tvclient.errors import TvError
from tvclient.playback.voice import Voice

WORDS = "发酵床养猪，好。"
LOUD, SOFT = 100, 20
PATIENCE_S = 20.0
HEARD = 0.01
"""Of a full signal."""


class Turns:
    """The drawing thread's turns, taken by the test."""

    def __init__(self) -> None:
        self._calls: queue.Queue = queue.Queue()  # type: ignore[type-arg]  # of calls without arguments
        self.told: list[TvError | None] = []
        self.voice = Voice(self._calls.put)

    def say(self, loudness: int = LOUD, words: str = WORDS) -> None:
        self.voice.say(words, loudness, self.told.append)

    def take_one(self) -> None:
        self._calls.get(timeout=PATIENCE_S)()


@pytest.fixture
def loudspeaker(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    with TemporaryDirectory(prefix="voice-") as name, running(SoundServer(Path(name))) as server:
        for variable, value in server.environment.items():
            monkeypatch.setenv(variable, value)
        yield server


def loudest(server: SoundServer) -> float:
    return max(abs(sample) for sample in server.hear(1.5))


def test_it_is_heard_as_loud_as_it_is_told_and_says_when_it_has_ended(loudspeaker: SoundServer) -> None:
    turns = Turns()
    turns.say()
    loud = loudest(loudspeaker)
    turns.take_one()
    turns.say(SOFT)
    soft = loudest(loudspeaker)
    turns.take_one()
    assert turns.told == [None, None]
    assert HEARD < soft < loud / 2
    assert not turns.voice.speaks


def test_what_was_left_is_silent_at_once_and_tells_nothing(loudspeaker: SoundServer) -> None:
    turns = Turns()
    turns.say(words=WORDS * 20)
    assert loudest(loudspeaker) > HEARD
    turns.voice.stop()
    turns.take_one()
    assert (turns.told, turns.voice.speaks) == ([], False)
    time.sleep(0.5)  # what the server still had of it
    assert loudest(loudspeaker) < HEARD


def test_without_a_loudspeaker_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nobody'}")
    monkeypatch.setenv("HOME", str(tmp_path))
    turns = Turns()
    turns.say()
    turns.take_one()
    [error] = turns.told
    assert error is not None and "没有找到声音设备" in error.words


def test_without_the_program_it_says_so() -> None:
    turns = Turns()
    voice = Voice(lambda call: call(), program="no-such-voice")
    voice.say(WORDS, LOUD, turns.told.append)
    [error] = turns.told
    assert error is not None and "没有装朗读程序" in error.words
    assert not voice.speaks
