"""The command says in one sentence why it can't start, and ends with 2."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tvclient.__main__ import read_options
from tvclient.errors import CannotStart
from tvclient.widgets.fonts import FONT_NAMES, find_fonts


def test_options_are_understood() -> None:
    settings = read_options(["--size", "1280x720", "--terminal", "tv-2", "--events-file", "e.jsonl"])
    assert (settings.size_px, settings.terminal, settings.events_file) == (
        (1280, 720),
        "tv-2",
        Path("e.jsonl"),
    )
    assert read_options(["--size", "fullscreen"]).size_px is None
    assert settings.agent_url == "http://127.0.0.1:8431"


@pytest.mark.parametrize("size", ["big", "0x0", "1920", "1920x", "-1920x1080"])
def test_a_size_that_is_none_is_refused(size: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        read_options([f"--size={size}"])
    assert ended.value.code == 2
    assert "1920x1080" in capsys.readouterr().err


def test_without_a_display_it_ends_with_a_sentence(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tvclient", "--data-folder", str(tmp_path)],
        env={**os.environ, "DISPLAY": ":987"},
        check=False,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert ended.returncode == 2
    assert "连不上显示器 :987" in ended.stderr and "Traceback" not in ended.stderr


def test_without_the_font_it_says_where_it_looked(tmp_path: Path) -> None:
    (tmp_path / FONT_NAMES[False]).touch()
    with pytest.raises(CannotStart, match="找不到字体") as raised:
        find_fonts((tmp_path,))
    assert str(tmp_path) in raised.value.words
