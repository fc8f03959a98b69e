"""Covers of courses, one file each, named after their path at the platform."""

import errno
import os
import shutil
from hashlib import sha256
from pathlib import Path

from sqlite_utils import Database as Tables

_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_KEPT_FREE_BYTES = 64 * 1024 * 1024
"""Records must always find room; pictures take only what is left beyond this."""


class Covers:
    """The folder with the covers fetched so far."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def missing(self, tables: Tables) -> list[str]:
        """The paths of offered courses' covers that are not here yet, in the courses' order."""
        rows = tables.execute(
            "SELECT DISTINCT cover FROM courses WHERE gone = 0 AND cover <> '' ORDER BY place"
        )
        return [row[0] for row in rows if not self.file(row[0]).exists()]

    def put(self, path: str, image: bytes) -> None:
        """Keep a cover. Raises ValueError for bytes that are no picture, OSError where they don't fit."""
        if media_type(image) is None:
            raise ValueError("neither PNG nor JPEG")
        if shutil.disk_usage(self._folder).free - len(image) < _KEPT_FREE_BYTES:
            raise OSError(errno.ENOSPC, "no room is left for covers")
        unfinished = self.file(path).with_suffix(".part")
        with unfinished.open("wb") as out:
            out.write(image)
            out.flush()
            os.fsync(out.fileno())  # a name before its content would be a cover that never comes again
        unfinished.replace(self.file(path))

    def tidy(self, tables: Tables) -> None:
        """Let go of covers that no offered course has any more, and of unfinished ones."""
        rows = tables.execute("SELECT DISTINCT cover FROM courses WHERE gone = 0 AND cover <> ''")
        kept = {self.file(row[0]) for row in rows}
        for held in self._folder.iterdir():
            if held not in kept:
                held.unlink()

    def file(self, path: str) -> Path:
        """Where a cover lies once it is here."""
        return self._folder / sha256(path.encode()).hexdigest()[:32]


def media_type(image: bytes) -> str | None:
    """The type by the first bytes; None for no picture."""
    return next((kind for start, kind in _SIGNATURES.items() if image.startswith(start)), None)
