"""Covers of courses, one file each, named after their path at the platform."""

from hashlib import sha256
from pathlib import Path

from sqlite_utils import Database as Tables

_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


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
        unfinished = self.file(path).with_suffix(".part")
        unfinished.write_bytes(image)
        unfinished.replace(self.file(path))

    def file(self, path: str) -> Path:
        """Where a cover lies once it is here."""
        return self._folder / sha256(path.encode()).hexdigest()[:32]


def media_type(image: bytes) -> str | None:
    """The type by the first bytes; None for no picture."""
    return next((kind for start, kind in _SIGNATURES.items() if image.startswith(start)), None)
