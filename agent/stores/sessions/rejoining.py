"""Rejoining: a session that a reboot cut in two is one again once both boots have a date.

```
boot 7  ├─ watched ─┤ power cut          the first session, its record delivered perhaps
boot 8                ├─ watched ───     a second one: nobody could say how long the gap was
                          ● anchor       now one can: within ten minutes the two are one
```
"""

import logging
from dataclasses import replace
from typing import Any

from sqlite_utils import Database as Tables

from agent.stores.delivery.epochs import current, take_seq
from agent.stores.delivery.outbox import put_record, record_at
from agent.stores.rows import one_row
from agent.stores.sessions.beginning import gap_ms
from agent.stores.sessions.closing import close_session_if_all_left, is_sealed
from agent.stores.sessions.watching import note_watched, watched
from study.record import Record, StudyRecord
from study.rules import Kind, Why
from study.session import goes_on
from study.units import BootId, Milliseconds

log = logging.getLogger(__name__)

JOINED = "joined"
"""The reason on the record that empties the second session."""

_EARLIER = (
    "SELECT * FROM sessions WHERE screen = ? AND item_id = ? AND session_id < ? AND played_ms > 0"
    " ORDER BY session_id DESC LIMIT 1"
)


def emptied(record: StudyRecord) -> StudyRecord:
    """What takes the place of a session's record once it is joined to another; its number is the caller's."""
    nothing = Milliseconds(0)
    return replace(
        record,
        played_ms=nothing,
        covered=(),
        overlap_ms=nothing,
        effective_ms=nothing,
        why=Why.NOT_PLAYED,
        replaces=record.replaces or record.seq,
        reason=JOINED,
    )


def is_joined(record: Record) -> bool:
    """Whether it empties a session that was joined to another: it has to reach the platform before that."""
    return isinstance(record, StudyRecord) and record.reason == JOINED


def rejoin(tables: Tables, boot: BootId) -> None:
    """Join the sessions opened in `boot` to those that a reboot cut off before, where the rules say so.

    In the caller's one transaction. Asked again, it finds nothing more to join.
    """
    opened = list(
        tables.query("SELECT * FROM sessions WHERE boot_id = ? AND played_ms > 0 ORDER BY session_id", [boot])
    )
    for second in opened:
        first = one_row(tables, _EARLIER, [second["screen"], second["item_id"], second["session_id"]])
        if first is not None and _is_one(tables, first, second):
            _join(tables, first, second)


def _is_one(tables: Tables, first: dict[str, Any], second: dict[str, Any]) -> bool:
    if first["last_boot_id"] == second["boot_id"] or is_sealed(tables, first) or is_sealed(tables, second):
        # Within one boot the session log has decided already; a record replaces only one of its own epoch.
        return False
    gap = gap_ms(tables, first, second["boot_id"], second["opened_ms"])
    return gap is not None and goes_on(Kind(second["kind"]), second["item_id"], gap)


def _join(tables: Tables, first: dict[str, Any], second: dict[str, Any]) -> None:
    keeps, gives = first["session_id"], second["session_id"]
    # The second's record first: cut in between, the platform holds too little for a moment, never too much.
    if second["seq"] is not None:
        _empty_record(tables, second)
    tables.execute(
        "UPDATE sessions SET played_ms = 0, covered_ms = 0, effective_ms = 0, why = ?, open = 0"
        " WHERE session_id = ?",
        [Why.NOT_PLAYED, gives],
    )
    tables.execute("UPDATE plays SET session_id = ? WHERE session_id = ?", [keeps, gives])
    w = watched(tables, keeps, first["item_id"], Kind(first["kind"]))
    note_watched(tables, keeps, w, second["last_boot_id"], second["last_ms"])
    tables.execute(
        "UPDATE progress SET counted = max(counted, ?), last_session_id = ? WHERE last_session_id = ?",
        [int(w.verdict.counted), keeps, gives],
    )
    close_session_if_all_left(tables, keeps)
    log.info("session %s goes on with what a reboot had made session %s", keeps, gives)


def _empty_record(tables: Tables, second: dict[str, Any]) -> None:
    held = record_at(tables, second["epoch_no"], second["seq"])
    if not isinstance(held, StudyRecord):
        return
    record = replace(emptied(held), seq=take_seq(tables))
    put_record(tables, record, second["session_id"])
    tables.execute(
        "UPDATE sessions SET epoch_no = ?, seq = ? WHERE session_id = ?",
        [current(tables).number, record.seq, second["session_id"]],
    )
