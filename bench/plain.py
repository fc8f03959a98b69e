"""The bare peer of bench/agent.py: plain sqlite3 writing the rows that the real store writes."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from agent.records.report import Report
from agent.stores.disk.database import Database
from agent.stores.sessions.session_log import add_report

Write = tuple[str, Sequence[object]]

_PRAGMAS = (
    "journal_mode",
    "synchronous",
    "foreign_keys",
    "cell_size_check",
    "wal_autocheckpoint",
    "journal_size_limit",
    "cache_size",
    "busy_timeout",
    "temp_store",
    "mmap_size",
)
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def writes_of(database: Database, reports: Iterable[Report]) -> list[list[Write]]:
    """Give the real store some reports; what it wrote for each of them, statement by statement."""
    told: list[list[Write]] = []
    for report in reports:
        told.append([])
        with database.writing() as tables, tables.tracer(_noting(told[-1])):
            add_report(tables, report)
    return told


def _noting(writes: list[Write]) -> Callable[[str, Any], None]:
    def note(sql: str, values: Any) -> None:
        if sql.startswith(_WRITES):
            writes.append((sql, tuple(values or ())))

    return note


class Plain:
    """A database file of the same tables, opened with the store's pragmas and nothing else around it."""

    def __init__(self, file: Path, store: Database) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)
        with store.reading() as tables:
            pragmas = {name: tables.execute(f"PRAGMA {name}").fetchone()[0] for name in _PRAGMAS}
        for name, value in pragmas.items():
            self._connection.execute(f"PRAGMA {name} = {value}").fetchall()

    def write(self, writes: Iterable[Write]) -> None:
        """One report's rows in one durable transaction."""
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        for sql, values in writes:
            execute(sql, values).fetchall()
        execute("COMMIT")

    def close(self) -> None:
        self._connection.close()


def rows_of(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything that a database holds, table by table."""
    connection = sqlite3.connect(file)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    held = {
        name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()  # noqa: S608
        for name in names
        if not name.startswith(("sqlite_", "_"))
    }
    connection.close()
    return held
