"""Copies of the database kept aside: damaged ones, those before a step, those before a restore."""

from collections.abc import Iterator
from pathlib import Path

from agent.stores.disk.removal import remove_database

_KINDS = {"damaged": 3, "before": 2}
"""How many of each kind are kept."""
_ENDINGS = ("-wal", "-shm", "")
"""The database itself goes last: while it is in its place, the others are still to follow."""


def aside(file: Path) -> Path:
    """Where the database would be kept when it is put aside as damaged."""
    number = 1
    while (to := file.with_name(f"{file.name}.damaged-{number}")).exists():
        number += 1
    return to


def put_aside(file: Path) -> None:
    """Move a database with its WAL; killed midway, calling it again goes on. Raises OSError."""
    to = aside(file)
    for ending in _ENDINGS:
        part = file.with_name(file.name + ending)
        if part.exists():
            part.replace(to.with_name(to.name + ending))


def kept_aside(file: Path) -> Iterator[Path]:
    """All files kept aside, with their WALs."""
    for kind in _KINDS:
        yield from file.parent.glob(f"{file.name}.{kind}-*")


def tidy(file: Path) -> None:
    """Let go of all but the newest of each kind. Raises OSError."""
    for kind, kept in _KINDS.items():
        found = [held for held in file.parent.glob(f"{file.name}.{kind}-*") if not _is_ending(held)]
        found.sort(key=lambda held: (held.stat().st_mtime_ns, held.name))
        for old in found[:-kept]:
            remove_database(old)


def _is_ending(held: Path) -> bool:
    return held.name.endswith(_ENDINGS[:2])
