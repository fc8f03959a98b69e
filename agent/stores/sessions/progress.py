"""Progress: how far the station has come in each item, over all its sessions."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database as Tables

from agent.stores.sessions.watching import Watching
from study.course import course_of
from study.coverage import Stretch, covered_ms, is_complete, union
from study.rules import Kind
from study.units import ItemId, Milliseconds

_NEARLY_PER_CENT = 95
"""From here on the end is credits; the next opening starts over."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the station has come in one item."""

    position_ms: Milliseconds
    covered: tuple[Stretch, ...]
    counted: bool
    session_id: int
    """The last session that touched it; 0 for none."""

    def is_done(self, length_ms: int) -> bool:
        """播完."""
        return is_complete(covered_ms(self.covered), Milliseconds(length_ms))

    def resume_ms(self, length_ms: int) -> int:
        """Where to go on; from the start when it was all but over."""
        return 0 if self.position_ms * 100 >= length_ms * _NEARLY_PER_CENT else self.position_ms


_SELECT = "SELECT item_id, position_ms, covered, counted, last_session_id FROM progress"

NONE = Progress(Milliseconds(0), (), False, 0)


def note_progress(
    tables: Tables, session_id: int, item_id: ItemId, watching: Watching, position_ms: int
) -> None:
    """Take a session's coverage and the player's position into its item's progress; articles have none."""
    if watching.kind is Kind.ARTICLE:
        return
    before = read_progress(tables, item_id)
    covered = union((*before.covered, *watching.facts.covered))
    tables.execute(
        "INSERT OR REPLACE INTO progress VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            item_id,
            course_of(item_id),
            position_ms,
            json.dumps(covered, separators=(",", ":")),
            covered_ms(covered),
            int(before.counted or watching.verdict.counted),
            session_id,
        ],
    )


def read_progress(tables: Tables, item_id: ItemId) -> Progress:
    """Progress in an item; `NONE` where nothing was studied."""
    row = tables.execute(f"{_SELECT} WHERE item_id = ?", [item_id]).fetchone()
    return NONE if row is None else _progress(row)


def course_progress(tables: Tables, course_ids: Sequence[str]) -> dict[ItemId, Progress]:
    """Progress in those episodes of some courses that were studied."""
    rows = tables.execute(
        "SELECT item_id, position_ms, covered, counted, last_session_id"
        " FROM json_each(?) wanted CROSS JOIN progress ON course_id = wanted.value",
        [json.dumps(course_ids)],
    )
    return {row[0]: _progress(row) for row in rows}


def _progress(row: tuple[Any, ...]) -> Progress:
    _, position_ms, covered, counted, session_id = row
    stretches = tuple((start, end) for start, end in json.loads(covered))
    return Progress(position_ms, stretches, bool(counted), session_id)


def recent_items(tables: Tables, limit: int) -> list[ItemId]:
    """The items studied, the last one first."""
    rows = tables.execute("SELECT item_id FROM progress ORDER BY last_session_id DESC LIMIT ?", [limit])
    return [ItemId(row[0]) for row in rows]
