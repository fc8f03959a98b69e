"""The names by which keymaps call the keys of the kernel's input devices."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

# linux/input-event-codes.h, without buttons of mice and joysticks; of two names the first is the one told.
CODES: Mapping[str, int] = json.loads(Path(__file__).with_name("evdev_keys.json").read_text("ascii"))
NAMES: Mapping[int, str] = {code: name for name, code in reversed(tuple(CODES.items()))}

EVDEV = "evdev"
# BTN_MISC to BTN_GEAR_UP, and BTN_TRIGGER_HAPPY1 to 40.
BUTTONS = (range(0x100, 0x160), range(0x2C0, 0x2E8))
KEY_UNKNOWN = 240
NUMBERED = re.compile(r"(?:KEY|SCAN)_0x[0-9a-f]+")


def key_code(code: int) -> str:
    """The source code of a key: "evdev:KEY_OK", or by its number if the kernel has no name for it."""
    return f"{EVDEV}:{NAMES.get(code) or f'KEY_{code:#x}'}"


def scan_code(scan: int) -> str:
    """The source code of a key that the kernel does not know: what the device sent, "evdev:SCAN_0x81b".

    `scan` is an event's value, 32 bits with a sign; RC-6 sends numbers from 0x80000000 on.
    """
    return f"{EVDEV}:SCAN_{scan & 0xFFFFFFFF:#x}"


def told_name(name: str) -> str | None:
    """The name under which the key with this name or second name arrives; None if there is none."""
    if NUMBERED.fullmatch(name):
        return name
    return NAMES[CODES[name]] if name in CODES else None


def is_key(code: int) -> bool:
    """Neither a button of a mouse, joystick or tablet, nor nothing at all."""
    return code > 0 and not any(code in buttons for buttons in BUTTONS)
