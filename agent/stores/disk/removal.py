"""A database file is taken away with what SQLite keeps beside it."""

from pathlib import Path

_BESIDE = ("-journal", "-wal", "-shm")
"""A journal stays behind when the disk was full: SQLite could not roll back either."""


def remove_database(file: Path) -> None:
    """Whether it is there or not; itself last: killed midway, calling it again goes on. Raises OSError."""
    for ending in (*_BESIDE, ""):
        file.with_name(file.name + ending).unlink(missing_ok=True)
