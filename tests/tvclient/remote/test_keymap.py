from pathlib import Path

import pytest

from tvclient.key_sources.source_codes import told_code
from tvclient.remote.key import Key
from tvclient.remote.keymap import Keymap

KEYMAPS = sorted((Path(__file__).parents[3] / "assets" / "keymaps").glob("*.toml"))

SAME_KEYS = {
    **{name: name.lower() for name in ("UP", "DOWN", "LEFT", "RIGHT")},
    **{f"F{number}": f"f{number}" for number in range(1, 9)},
    **{str(digit): str(digit) for digit in range(10)},
    **{f"KP{digit}": f"numpad{digit}" for digit in range(10)},
    **{name: name.lower() for name in ("HOME", "END", "PAGEUP", "PAGEDOWN", "BACKSPACE")},
    "ENTER": "enter",
    "KPENTER": "numpadenter",
    "KPPLUS": "numpadadd",
    "KPMINUS": "numpadsubstract",
    "ESC": "escape",
    "SPACE": "spacebar",
    "EQUAL": "=",
    "MINUS": "-",
    "COMPOSE": "compose",
    "BACK": "1073742094",
    "HOMEPAGE": "1073742093",
    "PLAYPAUSE": "1073742085",
    "STOPCD": "1073742084",
    "NEXTSONG": "1073742082",
    "PREVIOUSSONG": "1073742083",
    "REWIND": "1073742109",
    "FASTFORWARD": "1073742110",
    "VOLUMEUP": "1073741952",
    "VOLUMEDOWN": "1073741953",
    "MUTE": "1073742086",
}
"""The kernel's name → the window's for one and the same key; both are told of one press."""


def test_it_finds_the_logical_key_of_a_source_code() -> None:
    keymap = Keymap.from_text('# remark\n"keyboard:up" = "up"\r\n\n"cec:0x00" = "ok"  # select\n', "a.toml")
    assert keymap.lookup("keyboard:up") is Key.UP
    assert keymap.lookup("cec:0x00") is Key.OK
    assert keymap.lookup("keyboard:q") is None
    assert keymap.problems == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('"k:x" = "uup"', "uup"),
        ('"k:x" = 3', "k:x"),
        ('"k:x" = "up', "看不懂"),
        ("[keys]", "keys"),
        ("k.x = 'up'", "“k”"),
        ("rubbish", "看不懂"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_usable(line: str, said: str) -> None:
    keymap = Keymap.from_text(f'"k:a" = "up"\n{line}\n"k:b" = "down"\n', "mine.toml")
    assert (keymap.lookup("k:a"), keymap.lookup("k:x"), keymap.lookup("k:b")) == (Key.UP, None, Key.DOWN)
    (problem,) = keymap.problems
    assert (problem.name, problem.line) == ("mine.toml", 2)
    assert "mine.toml 第 2 行" in str(problem)
    assert said in str(problem)


def test_a_key_written_twice_is_told_and_the_later_line_holds() -> None:
    keymap = Keymap.from_text('"k:a" = "up"\n"k:a" = "down"\n', "a.toml")
    assert keymap.lookup("k:a") is Key.DOWN
    assert [problem.line for problem in keymap.problems] == [2]


def test_the_operators_map_outranks_ours_and_can_switch_a_key_off() -> None:
    ours = Keymap.from_text('"k:a" = "up"\n"k:b" = "red"\n"k:c" = "ok"\n', "ours")
    merged = ours.merged(Keymap.from_text('"k:a" = "menu"\n"k:b" = ""\n', "theirs"))
    assert [merged.lookup(code) for code in ("k:a", "k:b", "k:c")] == [Key.MENU, None, Key.OK]


def test_files_are_merged_in_order_and_an_unreadable_one_costs_only_itself(tmp_path: Path) -> None:
    first, last, binary = tmp_path / "1.toml", tmp_path / "2.toml", tmp_path / "3.toml"
    first.write_text('"k:a" = "up"\n"k:b" = "ok"\n', encoding="utf-8")
    last.write_text('\ufeff"k:a" = "down"\n', encoding="utf-8")
    binary.write_bytes(b"\xff\xfe\x00")
    keymap = Keymap.from_paths([first, tmp_path / "missing.toml", binary, last])
    assert (keymap.lookup("k:a"), keymap.lookup("k:b")) == (Key.DOWN, Key.OK)
    assert [(problem.name, problem.line) for problem in keymap.problems] == [
        ("missing.toml", None),
        ("3.toml", None),
    ]


def test_a_problem_says_which_key_it_is_about_and_what_is_wrong_with_it() -> None:
    (problem,) = Keymap.from_text('"evdev:KEY_OK" = "okay"\n', "own.toml").problems
    assert "own.toml 第 1 行" in str(problem) and "evdev:KEY_OK" in str(problem) and "okay" in str(problem)


@pytest.mark.parametrize("code", ["evdev:KEY_OKAY", "evdv:KEY_OK", "cec:OK", "KEY_OK", "evdev:", "keyboard:"])
def test_a_key_that_no_remote_sends_is_told(code: str) -> None:
    keymap = Keymap.from_text(f'"{code}" = "ok"\n"evdev:KEY_UP" = "up"\n', "own.toml", told_code)
    assert keymap.keys == {"evdev:KEY_UP": Key.UP}
    (problem,) = keymap.problems
    assert problem.line == 1 and f"“{code}”" in str(problem) and "--show-keys" in str(problem)


def test_a_key_is_known_by_its_second_name_and_by_its_number() -> None:
    written = {
        "evdev:KEY_MIN_INTERESTING": "mute",
        "cec:0x00": "ok",
        "cec:0x9f": "red",
        "evdev:SCAN_0x81b": "up",
    }
    text = "\n".join(f'"{code}" = "{key}"' for code, key in written.items())
    keymap = Keymap.from_text(text, "own.toml", told_code)
    assert keymap.problems == ()
    assert keymap.keys == {
        "evdev:KEY_MUTE": Key.MUTE,
        "cec:SELECT": Key.OK,
        "cec:0x9f": Key.RED,
        "evdev:SCAN_0x81b": Key.UP,
    }


def test_a_key_that_the_window_hears_too_means_the_same_there() -> None:
    keymap = Keymap.from_paths(KEYMAPS, told_code)
    for kernel, window in SAME_KEYS.items():
        meaning = keymap.lookup(f"evdev:KEY_{kernel}")
        assert meaning is not None and meaning is keymap.lookup(f"keyboard:{window}"), kernel


@pytest.mark.parametrize("path", KEYMAPS, ids=lambda path: path.name)
def test_every_map_that_comes_along_is_sound_and_reaches_every_key(path: Path) -> None:
    keymap = Keymap.from_paths([path], told_code)
    assert keymap.problems == ()
    assert set(keymap.keys.values()) == set(Key)
    assert all(code.startswith(f"{path.stem}:") for code in keymap.keys)
