"""Which key of a device is which logical key."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from tvclient.remote.key import Key


class KeymapError(ValueError):
    """One line of a keymap (or a whole file, line None) that can't be used; the text is Chinese."""

    def __init__(self, name: str, line: int | None, words: str) -> None:
        super().__init__(f"按键表 {name}" + (f" 第 {line} 行：" if line else "：") + words)
        self.name = name
        self.line = line


Told = Callable[[str], str | None]
"""The source code as which the key arrives that a map calls so; None if no key can."""


@dataclass(frozen=True, slots=True)
class Keymap:
    """Source code → logical key, and what could not be read.

    A source code is "<source>:<its name for the key>", e.g. "keyboard:up", "evdev:KEY_OK", "cec:SELECT".
    """

    keys: Mapping[str, Key | None]
    problems: tuple[KeymapError, ...] = ()

    @classmethod
    def from_text(cls, text: str, name: str, told: Told = str) -> "Keymap":
        """Reads TOML of one `"source code" = "logical key"` a line; "" switches a key off. Bad lines are
        left out and listed in `problems`."""
        keys: dict[str, Key | None] = {}
        problems: list[KeymapError] = []
        # Line by line, so that one slip of the operator's does not cost the whole remote control.
        for number, line in enumerate(text.splitlines(), start=1):
            try:
                for written, key in _read_line(line).items():
                    code = _told_code(written, told)
                    if code in keys:
                        problems.append(KeymapError(name, number, f"“{written}”前面已经写过，以这一行为准。"))
                    keys[code] = key
            except ValueError as error:
                problems.append(KeymapError(name, number, f"{error}这一行不起作用，其余照常。"))
        return cls(keys, tuple(problems))

    @classmethod
    def from_paths(cls, paths: Iterable[Path], told: Told = str) -> "Keymap":
        """Reads and merges files, later ones outrank earlier; an unreadable one becomes a problem."""
        return reduce(cls.merged, (_from_path(path, told) for path in paths), cls({}))

    def merged(self, other: "Keymap") -> "Keymap":
        """Both maps; where they disagree the other one holds."""
        return Keymap({**self.keys, **other.keys}, self.problems + other.problems)

    def lookup(self, source_code: str) -> Key | None:
        """The logical key, or None if the map doesn't know it."""
        return self.keys.get(source_code)


def _from_path(path: Path, told: Told) -> Keymap:
    try:
        return Keymap.from_text(path.read_text(encoding="utf-8-sig"), path.name, told)
    except OSError as error:
        words = f"打不开（{error.strerror}）。请检查文件是否存在、能否读取。"
    except UnicodeDecodeError:
        words = "不是 UTF-8 文字。请用 UTF-8 重新保存。"
    return Keymap({}, (KeymapError(path.name, None, words),))


def _read_line(line: str) -> dict[str, Key | None]:
    try:
        pairs = tomllib.loads(line)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f'看不懂（{error}）。应写成 "keyboard:up" = "up"。') from error
    return {code: _logical_key(code, value) for code, value in pairs.items()}


def _told_code(written: str, told: Told) -> str:
    code = told(written)
    if code is None:
        raise ValueError(f"没有遥控器会送来“{written}”；键名可用 zhanxue-tv --show-keys 查看。")
    return code


def _logical_key(code: str, value: object) -> Key | None:
    if value == "":
        return None
    if not isinstance(value, str):
        raise ValueError(f'“{code}”后面应是一个加引号的键名，例如 "keyboard:up" = "up"。')
    try:
        return Key(value)
    except ValueError:
        raise ValueError(f"“{code}”后面的“{value}”不是键；可用的键：{'、'.join(Key)}。") from None
