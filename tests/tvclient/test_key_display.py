"""What the command prints for remote support; on a machine without devices it waits for one."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tvclient.key_display import BEGINNING, key_line
from tvclient.remote.key import Key
from tvclient.remote.key_signal import KeySignal, Phase, Standby
from tvclient.remote.keymap import Keymap

KEYMAP = Keymap({"evdev:KEY_BACK": Key.BACK, "evdev:KEY_A": None})
REMOTE = "/dev/input/event3"


def test_a_known_key_is_told_with_its_meaning() -> None:
    line = key_line(KeySignal(REMOTE, "evdev:KEY_BACK", Phase.DOWN), KEYMAP)
    assert line == '/dev/input/event3  按下  "evdev:KEY_BACK" = "back"（返回）'


def test_an_unknown_or_switched_off_key_has_none() -> None:
    for code in ("evdev:SCAN_0x81b", "evdev:KEY_A"):
        line = key_line(KeySignal(REMOTE, code, Phase.UP), KEYMAP)
        assert line == f'/dev/input/event3  松开  "{code}" = ""（没有对应的键）'


def test_what_is_printed_can_be_copied_into_a_keymap() -> None:
    line = key_line(KeySignal(REMOTE, "evdev:KEY_BACK", Phase.DOWN), KEYMAP)
    pasted = line[line.index('"') : line.index("（")]
    assert Keymap.from_text(pasted, "own.toml") == Keymap({"evdev:KEY_BACK": Key.BACK})


def test_standby_is_told() -> None:
    assert key_line(Standby("/dev/cec0"), KEYMAP) == "/dev/cec0  电视机待机"


def test_the_command_needs_no_display_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    own = tmp_path / "keymaps" / "own.toml"
    own.parent.mkdir()
    own.write_text('"evdev:KEY_OKAY" = "ok"\n', encoding="utf-8")
    command = [sys.executable, "-m", "tvclient", "--show-keys", "--data-folder", str(tmp_path)]
    environment = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    # A terminal does not have Ctrl-C ignored, as whoever runs these tests in the background may have.
    with subprocess.Popen(
        ["env", "--default-signal=INT", *command],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline() == BEGINNING + "\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0
        said = process.stderr.read()
    assert "own.toml 第 1 行" in said and "evdev:KEY_OKAY" in said and "Traceback" not in said
