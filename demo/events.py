"""What the television says it did: one JSON line for each key and each change of screen."""

import json
from pathlib import Path
from typing import Any


class EventFile:
    """Reads new lines as they come; a line that is still being written is left for the next turn."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0
        self._events: list[dict[str, Any]] = []

    def all(self) -> list[dict[str, Any]]:
        """Every event so far, oldest first."""
        if self._path.exists():
            with self._path.open("rb") as lines:
                lines.seek(self._read)
                for line in lines:
                    if not line.endswith(b"\n"):
                        break
                    self._read += len(line)
                    self._events.append(json.loads(line))
        return self._events

    def presses(self) -> list[dict[str, Any]]:
        """The keys that arrived, with what each did."""
        return self.of("key")

    def of(self, what: str) -> list[dict[str, Any]]:
        """The events that have a field of this name."""
        return [event for event in self.all() if what in event]
