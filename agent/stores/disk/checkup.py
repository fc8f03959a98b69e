"""A checkup of the database: its pages, and what it has beside its second log."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database as Tables

from agent.stores.disk.database import is_damage
from agent.stores.disk.record_log import frames


def damaged_tables(tables: Tables, progress: Callable[[int, int], None]) -> list[str]:
    """What SQLite finds wrong, table by table; empty for nothing. Raises sqlite3.Error."""
    names = tables.table_names()
    faults: list[str] = []
    for number, name in enumerate(names):
        progress(number, len(names))
        try:
            rows = tables.execute(f"PRAGMA quick_check('{name}')").fetchall()
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            faults.append(f"{name}：{error}")
            continue
        faults += [f"{name}：{row[0]}" for row in rows if row[0] != "ok"]
    progress(len(names), len(names))
    return faults


def missing_in_log(tables: Tables, log_file: Path) -> tuple[int, int]:
    """How many waiting records the log does not have, and how many of its records have no number here.

    Raises OSError.
    """
    known = {row[0]: (row[1], row[2]) for row in tables.execute("SELECT epoch, number, next_seq FROM epochs")}
    waiting = {
        (row[0], row[1])
        for row in tables.execute("SELECT epoch_no, seq FROM records WHERE state = 'waiting'")
    }
    strange = 0
    for frame in frames(log_file):
        if not frame.seq:
            continue
        number, next_seq = known.get(frame.epoch, (0, 0))
        if frame.seq >= next_seq:
            strange += 1
        waiting.discard((number, frame.seq))
    return len(waiting), strange
