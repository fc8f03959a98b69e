"""The voice makes sound files that are heard, and says what is wrong where it can't."""

import tempfile
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from tvclient.errors import TvError
from tvclient.playback.voice import Voice

HEARD = 1_000
"""Of 32,767."""


@pytest.fixture
def voice() -> Iterator[Voice]:
    made = Voice()
    yield made
    made.close()


def loudest_and_length_s(file: Path) -> tuple[int, float]:
    with wave.open(str(file)) as sound:
        frames = sound.readframes(sound.getnframes())
        samples = memoryview(frames).cast("h")
        return max(abs(sample) for sample in samples), sound.getnframes() / sound.getframerate()


def test_longer_words_take_longer_and_all_are_heard(voice: Voice) -> None:
    short, long = (loudest_and_length_s(voice.speak(words)) for words in ("好。", "发酵床养猪，垫料要干。"))
    assert short[0] > HEARD and long[0] > HEARD
    assert long[1] > 2 * short[1] > 0.5


def test_words_that_look_like_an_option_are_words(voice: Voice) -> None:
    assert loudest_and_length_s(voice.speak("-w /tmp/x 二"))[0] > HEARD


def test_no_more_than_two_files_are_kept_and_none_at_the_end(voice: Voice) -> None:
    files = [voice.speak("好。") for _n in range(4)]
    assert [file.exists() for file in files] == [False, False, True, True]
    voice.close()
    assert not files[-1].parent.exists()


def test_without_room_for_a_file_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    voice = Voice()
    with pytest.raises(TvError, match="磁盘可能满了"):
        voice.speak("好。")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert voice.speak("好。").exists()
    voice.close()


def test_without_the_program_it_says_so() -> None:
    voice = Voice(program="no-such-voice")
    with pytest.raises(TvError, match="espeak-ng"):
        voice.speak("好。")
    voice.close()
