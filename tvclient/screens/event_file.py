"""A file with one JSON line for every key that arrived and every change of screen or focus."""

import json
import logging
from pathlib import Path

log = logging.getLogger(__name__)


class EventFile:
    """Written for whoever checks that every key is answered; a full disk only ends the file.

    Lines: {"key", "repeat", "action" or null, "screen", "focus" or null, "boottime_ms"} for a key,
    {"screen", "focus", "boottime_ms"} for a change of screen or focus,
    {"frames": {"shown", "lost"}} for a picture that was left.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._broken = False

    def write(self, line: dict[str, object]) -> None:
        """Append one line at once, so that a reader sees it while the television runs."""
        if self._broken:
            return
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            self._broken = True
            log.warning(
                "事件文件 %s 写不进去（%s），电视照常运行，不再记录按键。", self._path, error.strerror
            )
