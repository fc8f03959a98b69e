"""Logs: JSON lines that stay bounded, private and discreet, and never stop anybody."""

import json
import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.log_files import LogFile, hide, log_to_files
from agent.settings import Settings

log = logging.getLogger("agent.of_this_test")


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[tuple[LogFile, Path]]:
    """A log of at most three files of 10 kB."""
    root = logging.getLogger()
    handler = log_to_files(Settings(tmp_path, log_file_bytes=10_000, log_files=3))
    level = root.level
    root.setLevel(logging.INFO)
    yield handler, tmp_path / "log"
    root.setLevel(level)
    root.removeHandler(handler)
    handler.close()


def lines(folder: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (folder / "agent.log").read_text().splitlines()]


def test_each_line_is_an_object_with_its_error(kept: tuple[LogFile, Path]) -> None:
    try:
        raise ValueError("坏了")
    except ValueError:
        log.exception("delivered %s of %s\n第二行", 3, 4)
    [line] = lines(kept[1])
    assert (line["level"], line["part"], line["message"]) == (
        "ERROR",
        "agent.of_this_test",
        "delivered 3 of 4\n第二行",
    )
    assert "ValueError: 坏了" in line["exc_info"]
    assert line["at"] and line["thread"] == "MainThread"


def test_the_files_are_bounded_and_their_owners_only(kept: tuple[LogFile, Path]) -> None:
    for number in range(1_000):
        log.info("line %s %s", number, "x" * 80)
    files = sorted(kept[1].iterdir())
    assert [file.name for file in files] == ["agent.log", "agent.log.1", "agent.log.2"]
    assert sum(file.stat().st_size for file in files) <= 30_000
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(kept[1].stat().st_mode) == 0o700
    assert lines(kept[1])[-1]["message"].startswith("line 999")


def test_a_secret_that_gets_into_a_line_or_a_traceback_is_not_written(kept: tuple[LogFile, Path]) -> None:
    hide(("tok-en", ""))
    try:
        raise ValueError("GET /media/tok-en/x")
    except ValueError:
        log.exception("asked with %s", "Bearer tok-en")
    text = (kept[1] / "agent.log").read_text()
    assert "tok-en" not in text and text.count("***") >= 2


def test_without_room_the_agent_goes_on_and_says_so_once(
    kept: tuple[LogFile, Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    handler, folder = kept
    log.info("before")
    handler.close()
    handler.baseFilename = "/dev/full"
    monkeypatch.setattr(handler, "shouldRollover", lambda record: False)
    for _ in range(3):
        log.info("lost")
    assert capsys.readouterr().err.count("学习照常进行") == 1
    handler.baseFilename = str(folder / "agent.log")
    log.info("after")
    assert [line["message"] for line in lines(folder)] == ["before", "after"]


def test_a_folder_that_cannot_be_made_stops_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "log").write_text("a file in its place")
    handler = log_to_files(Settings(tmp_path))
    try:
        log.error("lost")
        handler.close()
    finally:
        logging.getLogger().removeHandler(handler)
    assert "日志写不进" in capsys.readouterr().err
