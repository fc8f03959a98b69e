"""The PIN is kept over restarts, and nobody reads it from the disk."""

from pathlib import Path
from stat import S_IMODE

import pytest

from tvclient.errors import TvError
from tvclient.kept_pin import KeptPin


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "of-the-television" / "pin.json"


def test_what_was_chosen_holds_and_nothing_else(file: Path) -> None:
    assert not KeptPin(file).is_set()
    assert not KeptPin(file).holds("123456")
    KeptPin(file).choose("123456")
    assert KeptPin(file).is_set()
    assert KeptPin(file).holds("123456")
    assert not KeptPin(file).holds("123457")
    KeptPin(file).choose("654321")
    assert not KeptPin(file).holds("123456")
    KeptPin(file).forget()
    assert not KeptPin(file).is_set()


def test_the_file_does_not_give_it_away(file: Path) -> None:
    KeptPin(file).choose("123456")
    first = file.read_text()
    assert "123456" not in first
    assert S_IMODE(file.stat().st_mode) == 0o600
    KeptPin(file).choose("123456")
    assert file.read_text() != first
    assert [held.name for held in file.parent.iterdir()] == ["pin.json"]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"salt": "zz", "hash": ""}', '{"salt": 1, "hash": 2}']
)
def test_a_damaged_file_is_no_pin_and_a_new_one_can_be_chosen(file: Path, content: str) -> None:
    file.parent.mkdir()
    file.write_text(content)
    assert not KeptPin(file).is_set()
    KeptPin(file).choose("111111")
    assert KeptPin(file).holds("111111")


def test_a_disk_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "no-folder").write_text("")
    with pytest.raises(TvError, match="密码没有存下来"):
        KeptPin(tmp_path / "no-folder" / "pin.json").choose("123456")
