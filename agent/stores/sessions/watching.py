"""What one session has watched: its intervals, facts and verdict."""

from dataclasses import dataclass

from sqlite_utils import Database as Tables

from agent.stores.courses.catalogue import known_item
from study.overlap import overlap_ms
from study.rules import CURRENT, Kind, Terminal, Verdict
from study.session import Facts, effective, facts_of
from study.units import BootId, ItemId, Milliseconds, MonotonicMs
from study.watch import WatchInterval

_COLUMNS = "SELECT p.boot_id, i.start_ms, i.end_ms, i.media_start_ms, i.media_end_ms, i.rate"
_OF_SESSION = f"{_COLUMNS} FROM plays p JOIN intervals i USING (play_id) WHERE p.session_id = ?"
# In this order: whose play it was is known before its intervals are looked for.
_OF_OTHERS = (
    f"{_COLUMNS} FROM plays p CROSS JOIN sessions s USING (session_id) CROSS JOIN intervals i USING (play_id)"
    " WHERE p.boot_id = ? AND p.last_ms >= ? AND p.opened_ms <= ? AND s.screen <> ?"
)


@dataclass(frozen=True, slots=True)
class Watching:
    """A session's facts and what the current rule makes of them."""

    kind: Kind
    facts: Facts
    verdict: Verdict


def watched(tables: Tables, session_id: int, item_id: ItemId, told_kind: Kind) -> Watching:
    """Add up a session. Kind and length are the catalogue's; an unknown item has no length, so never counts.

    A channel that the catalogue does not know stays live: the platform judges it.
    """
    item = known_item(tables, item_id)
    kind = told_kind if item is None else item.kind
    length_ms = Milliseconds(0) if item is None else item.length_ms
    facts = facts_of(kind, intervals_of(tables, session_id), length_ms)
    return Watching(kind, facts, effective(CURRENT, Terminal.TV, kind, facts))


def note_watched(
    tables: Tables, session_id: int, w: Watching, last_boot: BootId, last_ms: MonotonicMs
) -> None:
    """Keep the sum of an open session, which was last heard of at `last_ms` of that boot."""
    tables.execute(
        "UPDATE sessions SET kind = ?, length_ms = ?, played_ms = ?, covered_ms = ?, effective_ms = ?,"
        " why = ?, last_boot_id = ?, last_ms = ?, open = 1 WHERE session_id = ?",
        [
            w.kind,
            w.facts.length_ms,
            w.facts.played_ms,
            w.facts.covered_ms,
            w.verdict.effective_ms,
            w.verdict.why,
            last_boot,
            last_ms,
            session_id,
        ],
    )


def intervals_of(tables: Tables, session_id: int) -> list[WatchInterval]:
    """All watch intervals of a session."""
    rows = tables.execute(_OF_SESSION, [session_id])
    return [WatchInterval(*row) for row in rows]


def overlap_of(tables: Tables, session_id: int, screen: str) -> Milliseconds:
    """How long another television of the station played meanwhile."""
    own = intervals_of(tables, session_id)
    others: list[WatchInterval] = []
    for boot in {interval.boot for interval in own}:
        here = [interval for interval in own if interval.boot == boot]
        rows = tables.execute(
            _OF_OTHERS,
            [boot, min(i.start_ms for i in here), max(i.end_ms for i in here), screen],
        )
        others.extend(WatchInterval(*row) for row in rows)
    return overlap_ms(own, others)
