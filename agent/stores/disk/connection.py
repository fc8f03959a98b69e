"""A connection to a SQLite file with this program's durability."""

import sqlite3
from pathlib import Path

from sqlite_utils import Database as Tables

_WAL_PAGES = 1_000
_WAL_KEPT_BYTES = 4 * 1024 * 1024
_CACHE_KIB = 2_000
_PRAGMAS = (
    "busy_timeout = 5000",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "cell_size_check = ON",
    f"wal_autocheckpoint = {_WAL_PAGES}",
    f"journal_size_limit = {_WAL_KEPT_BYTES}",
    f"cache_size = -{_CACHE_KIB}",
)


def connected(file: Path) -> Tables:
    """Open or make a database file. Raises sqlite3.Error."""
    connection = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
    try:
        if connection.execute("PRAGMA page_count").fetchone() == (0,):
            # Only of a file that is being made: each time it is said it writes, and a full disk has no room.
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except sqlite3.Error:
        connection.close()
        raise
    return Tables(connection)
