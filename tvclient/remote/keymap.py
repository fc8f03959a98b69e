"""Which key of a device is which logical key."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tvclient.remote.key import Key


class KeymapError(ValueError):
    """One line of a keymap (or a whole file, line None) that can't be used; the text is Chinese."""

    def __init__(self, name: str, line: int | None, words: str) -> None:
        super().__init__(f"按键表 {name}" + (f" 第 {line} 行：" if line else "：") + words)
        self.name = name
        self.line = line


@dataclass(frozen=True, slots=True)
class Keymap:
    """Source code → logical key, and what could not be read.

    A source code is "<source>:<its name for the key>", e.g. "keyboard:up", "evdev:KEY_OK", "cec:0x00".
    """

    keys: Mapping[str, Key | None]
    problems: tuple[KeymapError, ...] = ()

    @classmethod
    def from_text(cls, text: str, name: str) -> "Keymap":
        """Reads TOML of one `"source code" = "logical key"` a line; "" switches a key off. Bad lines are
        left out and listed in `problems`."""
        raise NotImplementedError

    @classmethod
    def from_paths(cls, paths: Iterable[Path]) -> "Keymap":
        """Reads and merges files, later ones first in rank; an unreadable one becomes a problem."""
        raise NotImplementedError

    def merged(self, other: "Keymap") -> "Keymap":
        """Both maps; where they disagree the other one holds."""
        raise NotImplementedError

    def lookup(self, source_code: str) -> Key | None:
        """The logical key, or None if the map doesn't know it."""
        raise NotImplementedError
