from pathlib import Path

import pytest

from tvclient.remote.key import Key
from tvclient.remote.keymap import Keymap
from tvclient.remote.own_keymap import HEADING, OwnKeymap, with_keys


def keys(own: OwnKeymap) -> dict[str, Key | None]:
    return dict(Keymap.from_paths([own.path]).keys)


def test_a_learned_key_stands_in_the_file(tmp_path: Path) -> None:
    own = OwnKeymap(tmp_path / "not" / "yet")
    own.assign(["evdev:KEY_PROG1", "keyboard:100"], Key.BACK)
    assert keys(own) == {"evdev:KEY_PROG1": Key.BACK, "keyboard:100": Key.BACK}
    assert own.path.read_text(encoding="utf-8").startswith(HEADING)
    assert [path.name for path in own.path.parent.iterdir()] == ["own.toml"]


def test_what_people_wrote_stays_but_for_the_line_of_that_key(tmp_path: Path) -> None:
    own = OwnKeymap(tmp_path)
    own.path.write_text('# 我的遥控器\n"k:a" = "up"  # 上\nrubbish\n"k:b" = "ok"\n', encoding="utf-8")
    own.assign(["k:a"], Key.DOWN)
    assert own.path.read_text(encoding="utf-8") == '# 我的遥控器\nrubbish\n"k:b" = "ok"\n"k:a" = "down"\n'


def test_a_key_can_be_switched_off() -> None:
    assert with_keys("", ["k:a"], None) == '"k:a" = ""\n'


def test_assignments_are_undone_one_by_one(tmp_path: Path) -> None:
    own = OwnKeymap(tmp_path)
    assert not own.undo()
    own.assign(["k:a"], Key.UP)
    own.assign(["k:a"], Key.DOWN)
    assert own.undo() and keys(own) == {"k:a": Key.UP}
    assert own.undo() and keys(own) == {}
    assert not own.undo()


def test_what_somebody_wrote_since_is_not_undone(tmp_path: Path) -> None:
    own = OwnKeymap(tmp_path)
    own.assign(["k:a"], Key.UP)
    with own.path.open("a", encoding="utf-8") as file:
        file.write('"k:b" = "ok"\n')
    assert not own.undo()
    assert keys(own) == {"k:a": Key.UP, "k:b": Key.OK}


def test_a_file_that_can_not_be_read_or_written_stays_as_it_is(tmp_path: Path) -> None:
    own = OwnKeymap(tmp_path)
    own.path.write_bytes(b"\xff\xfe")
    with pytest.raises(UnicodeDecodeError):
        own.assign(["k:a"], Key.UP)
    assert own.path.read_bytes() == b"\xff\xfe"
    own.path.unlink()
    own.path.with_suffix(".part").mkdir()
    with pytest.raises(OSError, match="directory"):
        own.assign(["k:a"], Key.UP)
    assert not own.path.exists() and not own.undo()
