from pathlib import Path

import pytest

from tvclient.__main__ import read_options
from tvclient.keymaps import own_folder, read_keymap
from tvclient.remote.key import Key
from tvclient.remote.own_keymap import OwnKeymap


def test_this_televisions_own_keys_outrank_the_operators_and_those_ours(tmp_path: Path) -> None:
    operators = tmp_path / "operators"
    operators.mkdir()
    (operators / "a.toml").write_text(
        '"evdev:KEY_INFO" = "red"\n"evdev:KEY_MENU" = "blue"\n', encoding="utf-8"
    )
    settings = read_options(["--data-folder", str(tmp_path / "data"), "--keymaps", str(operators)])
    OwnKeymap(own_folder(settings)).assign(["evdev:KEY_MENU"], Key.GREEN)
    keymap = read_keymap(settings)
    codes = ("evdev:KEY_OK", "evdev:KEY_INFO", "evdev:KEY_MENU", "cec:SELECT")
    assert [keymap.lookup(code) for code in codes] == [Key.OK, Key.RED, Key.GREEN, Key.OK]


def test_a_mistake_in_an_own_file_is_said_with_line_and_key_and_the_rest_is_used(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = read_options(["--data-folder", str(tmp_path)])
    own_folder(settings).mkdir()
    (own_folder(settings) / "own.toml").write_text(
        '"evdev:KEY_PROG1" = "ok"\n"evdev:KEY_PROG2" = "okay"\n', encoding="utf-8"
    )
    keymap = read_keymap(settings)
    (record,) = caplog.records
    assert "own.toml 第 2 行" in record.getMessage() and "evdev:KEY_PROG2" in record.getMessage()
    assert keymap.lookup("evdev:KEY_PROG1") is Key.OK
