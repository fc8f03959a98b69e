"""Sequels: what is watched in a play after its session was sealed, in a session of its own."""

from typing import Any

from sqlite_utils import Database as Tables

from agent.records.report import IntervalForm, PlayForm
from agent.stores.delivery.outbox import record_as_made
from agent.stores.rows import one_row
from agent.stores.sessions.beginning import begin_session
from agent.stores.sessions.closing import close_session_if_all_left, is_sealed
from study.record import StudyRecord
from study.rules import Kind
from study.units import BootId, MonotonicMs

_MARK = "~"
"""After the play's name, once for each sequel; a television's own names are hexadecimal."""
_SEQUELS_MAX = 50

_HELD = (
    "SELECT p.*, s.epoch_no, s.seq, s.correction, EXISTS (SELECT 1 FROM plays q"
    " WHERE q.play_id = p.play_id || ?) AS is_followed"
    " FROM plays p JOIN sessions s USING (session_id) WHERE p.play_id = ?"
)


def followed(tables: Tables, play: PlayForm) -> tuple[PlayForm, dict[str, Any] | None]:
    """The play that can still take what `play` tells, and its row; None where that begins only now.

    ```
    told     ├──────────────────────────┤
    held     ├────────────┤ sealed: corrected, or of an earlier epoch
    sequel                ├─────────────┤ a session of its own
    ```
    """
    while (held := one_row(tables, _HELD, [_MARK, play.play_id])) is not None and (
        # A record that was issued again unseals its session; what its plays had more is in the sequel.
        held["is_followed"] or is_sealed(tables, held)
    ):
        play = _sequel(tables, play, held["last_ms"])
    return play, held


def is_sequel(play: PlayForm) -> bool:
    """Whether it is no play of the television's own."""
    return play.play_id.endswith(_MARK)


def last_name(play: PlayForm) -> str:
    """No sequel of a play has a name that sorts behind this."""
    return play.play_id + _MARK * _SEQUELS_MAX


def _sequel(tables: Tables, play: PlayForm, last_ms: int) -> PlayForm:
    rows = tables.execute("SELECT n, end_ms, media_end_ms FROM intervals WHERE play_id = ?", [play.play_id])
    ends = {n: (end_ms, media_end_ms) for n, end_ms, media_end_ms in rows}
    rest = tuple(r for i in play.intervals if (r := _rest(i, ends.get(i.n))) is not None)
    opened_ms = min((i.start_ms for i in rest), default=last_ms)
    return play.model_copy(
        update={"play_id": play.play_id + _MARK, "opened_ms": opened_ms, "intervals": rest}
    )


def _rest(interval: IntervalForm, held: tuple[int, int] | None) -> IntervalForm | None:
    if held is None:
        return interval
    end_ms, media_end_ms = held
    if interval.end_ms <= end_ms:
        return None
    return interval.model_copy(update={"start_ms": end_ms, "media_start_ms": media_end_ms})


def part_sealed(tables: Tables) -> None:
    """Part what goes on after its record when a new epoch has begun, since nothing can replace that record.

    ```
    watched  ├──────────┤ ├──────┤      in the order of time
    record   ├──────────┤ ├──┤          as much as it says was played
    sequel                   ├───┤      the rest, with the plays that it is in
    ```
    """
    for session in list(tables.query("SELECT * FROM sessions WHERE open = 1 AND seq IS NOT NULL")):
        if is_sealed(tables, session):
            tables.execute("UPDATE sessions SET open = 0 WHERE session_id = ?", [session["session_id"]])
            if not session["correction"]:
                _part(tables, session)
            tables.execute("UPDATE plays SET open = 0 WHERE session_id = ?", [session["session_id"]])


def _part(tables: Tables, session: dict[str, Any]) -> None:
    # Of one that was refused as well: the platform may hold it from a stick, or one that it would replace.
    record = record_as_made(tables, session["epoch_no"], session["seq"])
    if not isinstance(record, StudyRecord):
        return
    rows = tables.query(
        "SELECT p.boot_id, i.* FROM plays p JOIN intervals i USING (play_id) WHERE p.session_id = ?"
        " ORDER BY p.boot_id <> ?, i.start_ms",
        [session["session_id"], session["boot_id"]],
    )
    left_ms, own = int(record.played_ms), None
    for row in list(rows):
        recorded_ms = min(left_ms, max(0, row["end_ms"] - row["start_ms"]))
        left_ms -= recorded_ms
        if row["start_ms"] + recorded_ms < row["end_ms"]:
            own = own or _begun(tables, session, row["boot_id"], row["start_ms"] + recorded_ms)
            _move(tables, own, row, recorded_ms)
    if own is not None:
        close_session_if_all_left(tables, own)


def _begun(tables: Tables, session: dict[str, Any], boot: str, opened_ms: int) -> int:
    own = begin_session(
        tables,
        session["screen"],
        session["item_id"],
        Kind(session["kind"]),
        BootId(boot),
        MonotonicMs(opened_ms),
    )
    tables.execute(
        "UPDATE sessions SET last_boot_id = ?, last_ms = ?, length_ms = ? WHERE session_id = ?",
        [session["last_boot_id"], session["last_ms"], session["length_ms"], own],
    )
    return own


def _move(tables: Tables, session_id: int, row: dict[str, Any], recorded_ms: int) -> None:
    """What is beyond the first `recorded_ms` of an interval goes into the sequel of its play."""
    play_id = row["play_id"] + _MARK
    cut_ms = row["start_ms"] + recorded_ms
    media_cut_ms = min(row["media_end_ms"], row["media_start_ms"] + round(recorded_ms * row["rate"]))
    tables.execute(
        "INSERT OR IGNORE INTO plays SELECT ?, ?, boot_id, ?, last_ms, left_ms, open, until_ms FROM plays"
        " WHERE play_id = ?",
        [play_id, session_id, cut_ms, row["play_id"]],
    )
    rest = [cut_ms, row["end_ms"], media_cut_ms, row["media_end_ms"], row["rate"]]
    tables.execute("INSERT INTO intervals VALUES (?, ?, ?, ?, ?, ?, ?)", [play_id, row["n"], *rest])
    tables.execute(
        "UPDATE intervals SET end_ms = ?, media_end_ms = ? WHERE play_id = ? AND n = ?",
        [cut_ms, media_cut_ms, row["play_id"], row["n"]],
    )
