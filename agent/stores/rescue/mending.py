"""Mending: values in which a bit fell over are put right where the second log knows them, or let go.

SQLite finds a page that is out of shape, not a wrong value in a whole one. One unreadable value must not
keep the agent from starting.
"""

import logging
from enum import StrEnum
from pathlib import Path

from sqlite_utils import Database as Tables

from agent.records.void import is_void
from agent.stores.disk.record_log import Frame, frames
from study.anchor import AnchorSource
from study.rules import Kind
from study.station import StationType

log = logging.getLogger(__name__)

_COMPARED_MAX = 100_000


def mend_records(tables: Tables, file: Path) -> int:
    """Put right what does not say what the log says, byte for byte. How many. Raises sqlite3.Error."""
    held = {
        (row[0], row[1]): row[2:]
        for row in tables.execute(
            "SELECT e.epoch, r.seq, r.content, r.epoch_no FROM records r"
            " JOIN epochs e ON e.number = r.epoch_no ORDER BY r.epoch_no DESC, r.seq DESC LIMIT ?",
            [_COMPARED_MAX],
        )
    }
    mended = 0
    for frame in frames(file) if held else ():
        found = held.get((frame.epoch, frame.seq))
        if found is not None:
            mended += mend_record(tables, found[1], found[0], frame)
    return mended


def mend_record(tables: Tables, epoch_no: int, held: bytes, frame: Frame) -> bool:
    """Put one record right whose content is `held` while the log says otherwise; False where it is right."""
    if held == frame.content or is_void(held):
        return False
    log.warning("record %s of epoch %s was damaged; the log has it", frame.seq, frame.epoch)
    tables.execute(
        "UPDATE records SET content = ? WHERE epoch_no = ? AND seq = ?", [frame.content, epoch_no, frame.seq]
    )
    return True


def mend_values(tables: Tables) -> None:
    """Let go of what nobody could read. Raises sqlite3.Error.

    A session's kind is the catalogue's where that knows the item, so a wrong guess here costs nothing.
    """
    tables.execute(f"UPDATE sessions SET kind = 'vod' WHERE {_unknown('kind', Kind)}")  # noqa: S608
    tables.execute(f"UPDATE box SET type = 'village' WHERE {_unknown('type', StationType)}")  # noqa: S608
    tables.execute(f"DELETE FROM anchors WHERE {_unknown('source', AnchorSource)}")  # noqa: S608
    tables.execute("DELETE FROM progress WHERE NOT json_valid(covered)")
    tables.execute("DELETE FROM rankings WHERE NOT json_valid(body)")


def _unknown(column: str, known: type[StrEnum]) -> str:
    return f"{column} NOT IN ({', '.join(repr(str(value)) for value in known)})"
