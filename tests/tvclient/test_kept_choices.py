"""Choices come back after a restart, whatever happens to their file."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tvclient.kept_choices import KeptChoices


def at_once(write: Callable[[], None]) -> None:
    write()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "tv" / "choices.json"


def test_what_was_never_chosen_is_none(file: Path) -> None:
    assert KeptChoices(file, at_once).get("volume") is None


def test_a_choice_comes_back_after_a_restart(file: Path) -> None:
    choices = KeptChoices(file, at_once)
    choices.keep("volume", {"level": 55, "muted": True})
    choices.keep("subtitle", "zh")
    choices.keep("volume", {"level": 60, "muted": False})
    again = KeptChoices(file, at_once)
    assert again.get("volume") == {"level": 60, "muted": False}
    assert again.get("subtitle") == "zh"
    assert [path.name for path in file.parent.iterdir()] == ["choices.json"]


def test_choices_in_quick_succession_are_written_together(file: Path) -> None:
    waiting: list[Callable[[], None]] = []
    choices = KeptChoices(file, waiting.append)
    for level in range(20):
        choices.keep("volume", level)
    assert len(waiting) == 1
    waiting.pop()()
    assert json.loads(file.read_text()) == {"volume": 19}
    choices.keep("volume", 20)
    assert len(waiting) == 1


def test_the_same_choice_again_writes_nothing(file: Path) -> None:
    waiting: list[Callable[[], None]] = []
    choices = KeptChoices(file, waiting.append)
    choices.keep("volume", 5)
    waiting.pop()()
    choices.keep("volume", 5)
    assert waiting == []


def test_what_is_not_written_yet_is_written_at_the_end(file: Path) -> None:
    choices = KeptChoices(file, lambda _write: None)
    choices.keep("volume", 5)
    choices.write()
    assert KeptChoices(file, at_once).get("volume") == 5


@pytest.mark.parametrize("content", [b"", b'{"volume": 5', b"[5]", b"\xff\xfe\x00", b"null"])
def test_a_broken_file_is_forgotten_with_a_line(
    file: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    choices = KeptChoices(file, at_once)
    assert choices.get("volume") is None
    assert str(file) in caplog.text
    choices.keep("volume", 5)
    assert KeptChoices(file, at_once).get("volume") == 5


def test_a_cut_while_writing_leaves_the_choices_before_it(file: Path) -> None:
    KeptChoices(file, at_once).keep("volume", 5)
    file.with_suffix(".part").write_text('{"volume": 1')
    assert KeptChoices(file, at_once).get("volume") == 5


def test_a_disk_that_takes_nothing_is_told_and_costs_only_the_keeping(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "tv").write_text("a file where the folder should be")
    choices = KeptChoices(tmp_path / "tv" / "choices.json", at_once)
    choices.keep("volume", 5)
    assert choices.get("volume") == 5
    assert "存不到" in caplog.text
