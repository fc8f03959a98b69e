"""What was chosen on this television, kept over its restarts."""

import json
import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path

log = logging.getLogger(__name__)

Later = Callable[[Callable[[], None]], None]
"""Has something done that may wait for the disk."""


class KeptChoices:
    """Values by name, each whatever JSON can hold, in one file. Who reads one must expect anything.

    A file that can't be read is forgotten: choices are quickly made again. `get` and `keep` never wait.
    """

    def __init__(self, file: Path, later: Later) -> None:
        self._file = file
        self._later = later
        self._values = _read(file)
        self._lock = threading.Lock()
        self._is_due = False

    def get(self, name: str) -> object:
        """What was kept last; None when nothing was."""
        return self._values.get(name)

    def keep(self, name: str, value: object) -> None:
        """From now on this; choices in quick succession are written together."""
        if self.get(name) == value:
            return
        self._values = self._values | {name: value}
        if not self._is_due:
            self._is_due = True
            self._later(self.write)

    def write(self) -> None:
        """Writes what is not written yet; durable when this returns. Before the program ends, call it."""
        with self._lock:
            if not self._is_due:
                return
            # First the mark, then the values: what is kept meanwhile is written once more.
            self._is_due = False
            try:
                self._write(self._values)
            except OSError as error:
                log.warning("电视上的选择存不到 %s（%s），关机后会忘记。", self._file, error.strerror)

    def _write(self, values: dict[str, object]) -> None:
        unfinished = self._file.with_suffix(".part")
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("w", encoding="utf-8") as out:
            json.dump(values, out, ensure_ascii=False)
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(self._file)


def _read(file: Path) -> dict[str, object]:
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        log.warning("电视上的选择 %s 读不出来（%s），已忘记，请重新选择。", file, error)
        return {}
    if not isinstance(values, dict):
        log.warning("电视上的选择 %s 不是一张表，已忘记，请重新选择。", file)
        return {}
    return values
