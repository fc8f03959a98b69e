"""Whether what a keymap calls a key is a name under which a key can arrive."""

from tvclient.key_sources.command_names import CEC, told_command
from tvclient.key_sources.key_names import EVDEV, told_name

KEYBOARD = "keyboard"
"""The window's: its names are Kivy's, and any number may be a key."""


def told_code(source_code: str) -> str | None:
    """The source code as it arrives, e.g. "evdev:KEY_MUTE" for the kernel's second name of that key; None if
    no such key can arrive."""
    source, _colon, name = source_code.partition(":")
    if source == KEYBOARD:
        return source_code if name else None
    if source == EVDEV:
        name = told_name(name) or ""
    elif source == CEC:
        name = told_command(name) or ""
    else:
        return None
    return f"{source}:{name}" if name else None
