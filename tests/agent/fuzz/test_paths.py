"""Paths that an operator, or whoever has the token, can name to the running agent."""

import os
from pathlib import Path

import pytest

from agent.errors import StickError
from agent.stores.stick.files import write_whole
from study.local_api import EXPORT, IMPORT
from study.parcel import FOLDER
from tests.agent.fuzz.box import Box


@pytest.mark.parametrize(
    "path",
    [
        "/" + "a" * 3_000,
        "/a" * 1_500,
        "/dev/null",
        "/proc/self/mem",
        "/dev/zero",
        "/\n",
        "/etc/passwd",
        "/../..",
    ],
)
@pytest.mark.parametrize("route", [EXPORT, IMPORT])
def test_a_place_that_is_none_is_told_in_words(box: Box, route: str, path: str) -> None:
    told = box.agent.call("POST", route, json={"folder" if route == EXPORT else "path": path})
    assert told.status_code in (200, 409)
    box.is_well()


def test_a_pipe_in_the_place_of_a_receipt_holds_nobody_up(box: Box, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ZX.ZXR")
    for path in (tmp_path, tmp_path / "ZX.ZXR"):
        told = box.agent.call("POST", IMPORT, json={"path": str(path)})
        assert [entry["fate"] for entry in told.json()["receipts"]] == ["unreadable"]
    box.is_well()


def test_a_link_on_a_stick_does_not_lead_onto_the_box(tmp_path: Path) -> None:
    box, stick = tmp_path / "box", tmp_path / "stick"
    box.mkdir()
    stick.mkdir()
    (stick / FOLDER).symlink_to(box)
    with pytest.raises(StickError):
        write_whole(stick / FOLDER, "ZX.ZXP", b"x")
    assert list(box.iterdir()) == []
