"""The last home comes back after a restart, or nothing does."""

import json
from pathlib import Path
from typing import Any

import pytest

from study.local_api import HomeReply
from tests.fakes.fake_agent import row, tile
from tvclient.kept_home import KeptHome

HOME: HomeReply = {"rows": [row("continue", "继续学习", tile(1, "甜瓜"), tile(2, "孤独")), row("x", "空")]}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "tv" / "home.json"


def test_what_was_never_seen_is_nothing(file: Path) -> None:
    assert KeptHome(file).read() is None


def test_the_last_home_comes_back(file: Path) -> None:
    kept = KeptHome(file)
    kept.write({"rows": []})
    kept.write(HOME)
    assert KeptHome(file).read() == HOME
    assert [path.name for path in file.parent.iterdir()] == ["home.json"]


@pytest.mark.parametrize(
    "found",
    [
        [],
        {},
        {"rows": None},
        {"rows": [None]},
        {"rows": [{"id": "x"}]},
        {"rows": [row("x", "旧") | {"tiles": [{"id": "course:1", "title": "旧"}]}]},
        {"rows": [row("x", "旧") | {"tiles": {}}]},
    ],
)
def test_what_another_version_kept_is_nothing(file: Path, found: Any) -> None:
    file.parent.mkdir()
    file.write_text(json.dumps(found))
    assert KeptHome(file).read() is None


@pytest.mark.parametrize("spoilt", [b"", b'{"rows": [', b"\xff\xfe", bytes(100)])
def test_what_a_power_cut_spoilt_is_nothing(file: Path, spoilt: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(spoilt)
    assert KeptHome(file).read() is None


def test_a_place_that_can_not_be_written_to_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    KeptHome(tmp_path / "file" / "home.json").write(HOME)
    (tmp_path / "home.json").mkdir()
    KeptHome(tmp_path / "home.json").write(HOME)
