"""The table against the kernel's own header, where the machine has it."""

import re
from pathlib import Path

import pytest

from tvclient.key_sources.command_names import COMMANDS, command_code, told_command
from tvclient.key_sources.key_names import CODES, NAMES, is_key, key_code, told_name

HEADERS = Path("/usr/include/linux")


def header(name: str) -> str:
    path = HEADERS / name
    if not path.exists():
        pytest.skip(f"{path} is not there: Debian's linux-libc-dev is not installed")
    return path.read_text()


def test_every_key_has_the_kernels_number() -> None:
    text = header("input-event-codes.h")
    numbers = {
        name: int(value, 0)
        for name, value in re.findall(r"#define\s+(KEY_\w+)\s+(0x[0-9a-fA-F]+|\d+)\b", text)
    }
    wrong = {name: code for name, code in CODES.items() if numbers.get(name, code) != code}
    assert not wrong
    assert len(CODES.keys() & numbers.keys()) > 450


def test_every_command_has_the_kernels_number() -> None:
    numbers = re.findall(r"#define\s+CEC_OP_UI_CMD_(\w+)\s+(0x\w+)", header("cec.h"))
    assert {name: int(value, 16) for name, value in numbers} == dict(COMMANDS)


def test_of_two_names_the_first_is_told() -> None:
    assert NAMES[113] == "KEY_MUTE"
    assert told_name("KEY_MIN_INTERESTING") == told_name("KEY_MUTE") == "KEY_MUTE"
    assert told_name("KEY_OKAY") is None
    assert [key_code(0x160), key_code(0x2F0), told_name("KEY_0x2f0")] == [
        "evdev:KEY_OK",
        "evdev:KEY_0x2f0",
        "KEY_0x2f0",
    ]


def test_commands_have_names_and_numbers() -> None:
    assert [command_code(0), command_code(0x9F)] == ["cec:SELECT", "cec:0x9f"]
    assert [told_command(name) for name in ("SELECT", "0x00", "0x9f", "OK")] == [
        "SELECT",
        "SELECT",
        "0x9f",
        None,
    ]


def test_buttons_of_mice_and_joysticks_are_no_keys() -> None:
    assert [is_key(code) for code in (0, 28, 0x110, 0x15F, 0x160, 0x2C0, 0x2E8)] == [
        False,
        True,
        False,
        False,
        True,
        False,
        True,
    ]
