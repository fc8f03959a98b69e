"""The operator's own keymap: a file that people write in, with the keys that the television has learned."""

import os
import tomllib
from collections.abc import Iterable
from pathlib import Path

from tvclient.remote.key import Key

FILE_NAME = "own.toml"
HEADING = '# 本机自己的按键表。每行一个键："来源:键" = "逻辑键"；写成 "" 表示不用这个键。\n'


def with_keys(text: str, codes: Iterable[str], key: Key | None) -> str:
    """The text with these source codes meaning this key, or nothing (""); every other line as it was."""
    wanted = dict.fromkeys(codes)
    lines = [line for line in text.splitlines() if _code_in(line) not in wanted]
    lines += [f'"{code}" = "{key or ""}"' for code in wanted]
    return "\n".join(lines) + "\n"


class OwnKeymap:
    """One file; whole at any moment, since it is written beside and put in its place. Every method raises
    OSError when the disk does not let it, UnicodeDecodeError when the file is not UTF-8; then it is as it
    was."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self._steps: list[tuple[str, str]] = []

    def assign(self, codes: Iterable[str], key: Key | None) -> None:
        """These source codes mean this key from now on, None: nothing. Durable when this returns."""
        before = self._text()
        after = with_keys(before, codes, key)
        self._write(after)
        self._steps.append((before, after))

    def undo(self) -> bool:
        """Back to before the last assignment; False if there was none, or somebody else has written since."""
        if not self._steps or self._text() != self._steps[-1][1]:
            return False
        self._write(self._steps[-1][0])
        del self._steps[-1]
        return True

    def _text(self) -> str:
        try:
            return self.path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            return HEADING

    def _write(self, text: str) -> None:
        unfinished = self.path.with_suffix(".part")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(self.path)


def _code_in(line: str) -> str | None:
    """The source code that a line is about; None for a remark, or what can't be read."""
    try:
        return next(iter(tomllib.loads(line)), None)
    except tomllib.TOMLDecodeError:
        return None
