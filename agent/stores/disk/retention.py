"""Retention: what is let go once it is so old that nobody asks for it; never an undelivered record."""

from sqlite_utils import Database as Tables

from agent.stores.delivery.epochs import all_epochs
from agent.stores.delivery.outbox import DELIVERED, prune
from study.course import PROGRAMME_MARK

DAY_MS = 86_400_000
DETAILS_KEPT_MS = 90 * DAY_MS
"""Plays and intervals after the delivery of their session's record; the record holds what they add up to."""
SESSIONS_KEPT_MS = 3 * 366 * DAY_MS
_TELEVISION_RUNS_KEPT = 100

_DONE_PLAYS = (
    "SELECT p.play_id FROM plays p JOIN sessions s USING (session_id)"
    " LEFT JOIN records r ON r.epoch_no = s.epoch_no AND r.seq = s.seq"
    " WHERE s.open = 0 AND s.seq IS NOT NULL AND s.opened_utc_ms IS NOT NULL"
    " AND coalesce(r.state, 'delivered') = 'delivered' AND coalesce(r.settled_utc_ms, 0) < ?"
    " AND (r.seq IS NULL OR r.settled_utc_ms IS NOT NULL)"
    # A group study that waits for its record, for a key say, is made of its plays.
    " AND NOT EXISTS (SELECT 1 FROM groups g JOIN boots f ON f.boot_id = g.boot_id"
    " JOIN boots l ON l.boot_id = coalesce(g.ended_boot_id, g.heard_boot_id)"
    " JOIN boots b ON b.boot_id = p.boot_id"
    " WHERE g.seq IS NULL AND b.ordinal BETWEEN f.ordinal AND l.ordinal) LIMIT ?"
)


def prune_details(tables: Tables, settled_before_utc_ms: int, limit: int) -> int:
    """Let go of the plays, with their intervals, of sessions whose record was delivered before that moment.

    At most `limit` plays, so that a report never waits long. How many went. Undated ones stay: they
    bound the boots beside theirs.
    """
    done = [row[0] for row in tables.execute(_DONE_PLAYS, [settled_before_utc_ms, limit])]
    for play_id in done:
        tables.execute("DELETE FROM intervals WHERE play_id = ?", [play_id])
        tables.execute("DELETE FROM plays WHERE play_id = ?", [play_id])
    return len(done)


def prune_records(tables: Tables, settled_before_utc_ms: int) -> int:
    """Let go of the records that begin an epoch and were all settled before that moment. How many went.

    Refused ones stay, and the chain remembers those that went.
    """
    before = _record_count(tables)
    for state in all_epochs(tables):
        row = tables.execute(
            "SELECT min(seq) FROM records WHERE epoch_no = ? AND seq > ?"
            " AND coalesce(settled_utc_ms, ?) >= ?",
            [state.number, state.pruned, settled_before_utc_ms, settled_before_utc_ms],
        ).fetchone()
        prune(tables, state.number, state.next_seq - 1 if row[0] is None else row[0] - 1)
    return before - _record_count(tables)


def prune_sessions(tables: Tables, opened_before_utc_ms: int, limit: int) -> int:
    """Let go of delivered sessions that old, whose plays and record are gone. How many went."""
    cursor = tables.execute(
        "DELETE FROM sessions WHERE session_id IN (SELECT session_id FROM sessions s"
        " WHERE opened_utc_ms < ? AND open = 0"
        " AND NOT EXISTS (SELECT 1 FROM plays p WHERE p.session_id = s.session_id)"
        " AND NOT EXISTS (SELECT 1 FROM records r WHERE r.session_id = s.session_id) LIMIT ?)",
        [opened_before_utc_ms, limit],
    )
    return int(cursor.rowcount)


def prune_programmes(tables: Tables, started_before_utc_ms: int) -> None:
    """Let go of the titles of programmes that old: their sessions are gone too."""
    tables.execute(
        "DELETE FROM watched_programmes WHERE CAST(substr(item_id, instr(item_id, ?) + 1) AS INTEGER) < ?",
        [PROGRAMME_MARK, started_before_utc_ms // 1000],
    )


def prune_televisions(tables: Tables) -> None:
    """Let go of the report numbers of runs of the television that ended long ago."""
    tables.execute(
        "DELETE FROM televisions WHERE rowid NOT IN"
        " (SELECT rowid FROM televisions ORDER BY rowid DESC LIMIT ?)",
        [_TELEVISION_RUNS_KEPT],
    )


def _record_count(tables: Tables) -> int:
    return int(tables.execute("SELECT count(*) FROM records WHERE state = ?", [DELIVERED]).fetchone()[0])
