"""The session log: reports of televisions become plays, intervals and viewing sessions."""

from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database as Tables

from agent.records.report import PlayForm, Report
from agent.stores.box import boot_ordinal
from agent.stores.guide.guides import Guides
from agent.stores.sessions.airing import parts
from agent.stores.sessions.beginning import begin_session, session_going_on
from agent.stores.sessions.closing import close_session_if_all_left
from agent.stores.sessions.progress import note_progress
from agent.stores.sessions.sequel import followed, is_sequel, last_name
from agent.stores.sessions.watching import Watching, note_watched, watched
from study.course import PROGRAMME_MARK, channel_of
from study.rules import CURRENT, Kind, Terminal, need_ms
from study.units import MonotonicMs


@dataclass(frozen=True, slots=True)
class PlayState:
    """What the agent makes of a play's session so far."""

    play_id: str
    session_id: int
    watching: Watching

    @property
    def need_ms(self) -> int | None:
        facts = self.watching.facts
        return need_ms(CURRENT, Terminal.TV, self.watching.kind, facts.played_ms, facts.length_ms)


def add_report(tables: Tables, report: Report, guides: Guides | None = None) -> tuple[PlayState, ...]:
    """Take a report into the log, in the caller's one transaction.

    With `guides` what is watched on a channel belongs to its programmes.

    A report whose number was seen before changes nothing: the television puts everything that was
    not acknowledged into each later one, so an older report that arrives late says nothing new.
    """
    known: dict[int, Watching] = {}
    if _is_new(tables, report):
        for play in sorted(report.plays, key=lambda play: play.opened_ms):
            for part in parts(tables, report, play, guides):
                known |= _take_play(tables, report, part.until_ms, *followed(tables, part.play))
    return tuple(state for play in report.plays if (state := _state(tables, play, known)) is not None)


def _is_new(tables: Tables, report: Report) -> bool:
    cursor = tables.execute(
        "INSERT INTO televisions VALUES (?, ?, ?) ON CONFLICT (run_id)"
        " DO UPDATE SET report_seq = excluded.report_seq WHERE excluded.report_seq > televisions.report_seq",
        [report.run_id, report.terminal, report.report_seq],
    )
    return cursor.rowcount == 1


def _take_play(
    tables: Tables, report: Report, until_ms: int | None, play: PlayForm, held: dict[str, Any] | None
) -> dict[int, Watching]:
    """What its session adds up to now, by the session's id; nothing where the play says nothing new."""
    if held is None:
        if _was_let_go(tables, report, play) or (is_sequel(play) and not play.intervals):
            return {}
        session_id = _session_for(tables, report, play)
        tables.execute(
            "INSERT INTO plays (play_id, session_id, boot_id, opened_ms, last_ms, open, until_ms)"
            " VALUES (?, ?, ?, ?, ?, 1, ?)",
            [play.play_id, session_id, report.boot_id, play.opened_ms, play.opened_ms, until_ms],
        )
    else:
        session_id = held["session_id"]
    grew = _take_intervals(tables, play)
    had_left = held is not None and held["left_ms"] is not None
    if had_left and not grew:
        return {}
    heard_ms = MonotonicMs(report.at_ms if play.left_ms is None else play.left_ms)
    tables.execute(
        "UPDATE plays SET last_ms = max(last_ms, ?), left_ms = coalesce(left_ms, ?),"
        " open = coalesce(left_ms, ?) IS NULL WHERE play_id = ?",
        [heard_ms, play.left_ms, play.left_ms, play.play_id],
    )
    watching = _update_session(tables, session_id, report, heard_ms)
    # Of a channel, not of each of its programmes: there is no place in one to go on from.
    note_progress(tables, session_id, channel_of(play.item_id), watching, play.position_ms)
    if had_left or play.left_ms is not None:
        close_session_if_all_left(tables, session_id)
    return {session_id: watching}


def _was_let_go(tables: Tables, report: Report, play: PlayForm) -> bool:
    """Whether the play is of a session whose details went long after its delivery: it comes a second time."""
    if play.kind is not Kind.LIVE and not _may_have_been_told(tables, report, play):
        return False
    # Also of another programme of the channel: the guide that told of it is gone by then.
    programmes = channel_of(play.item_id) + PROGRAMME_MARK
    row = tables.execute(
        "SELECT 1 FROM sessions s WHERE boot_id = ? AND +screen = ? AND opened_ms <= ? AND last_ms >= ?"
        " AND (+item_id = ? OR substr(item_id, 1, ?) = ?)"
        " AND played_ms > 0 AND epoch_no = (SELECT max(number) FROM epochs)"
        " AND NOT EXISTS (SELECT 1 FROM plays p WHERE p.session_id = s.session_id)",
        [
            *(report.boot_id, report.terminal, play.opened_ms, play.opened_ms),
            *(play.item_id, len(programmes), programmes),
        ],
    ).fetchone()
    return row is not None


def _may_have_been_told(tables: Tables, report: Report, play: PlayForm) -> bool:
    """As nearly always it is new: by item a million sessions would have to be looked through."""
    last = tables.execute(
        "SELECT last_boot_id, last_ms FROM sessions WHERE screen = ? AND item_id = ?"
        " ORDER BY session_id DESC LIMIT 1",
        [report.terminal, play.item_id],
    ).fetchone()
    return last is not None and (last[0] != report.boot_id or last[1] >= play.opened_ms)


def _take_intervals(tables: Tables, play: PlayForm) -> bool:
    grew = False
    for i in play.intervals:
        cursor = tables.execute(
            "INSERT INTO intervals VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (play_id, n)"
            " DO UPDATE SET end_ms = excluded.end_ms, media_end_ms = excluded.media_end_ms"
            " WHERE excluded.end_ms > intervals.end_ms",
            [play.play_id, i.n, i.start_ms, i.end_ms, i.media_start_ms, i.media_end_ms, i.rate],
        )
        grew = grew or cursor.rowcount == 1
    return grew


def _session_for(tables: Tables, report: Report, play: PlayForm) -> int:
    opened_ms = MonotonicMs(play.opened_ms)
    last = session_going_on(tables, report.terminal, play.item_id, report.boot_id, opened_ms)
    if last is not None:
        return int(last["session_id"])
    return begin_session(tables, report.terminal, play.item_id, play.kind, report.boot_id, opened_ms)


def _update_session(tables: Tables, session_id: int, report: Report, heard_ms: MonotonicMs) -> Watching:
    [item_id, kind, last_boot, last_ms] = tables.execute(
        "SELECT item_id, kind, last_boot_id, last_ms FROM sessions WHERE session_id = ?", [session_id]
    ).fetchone()
    last = (report.boot_id, heard_ms)
    if last_boot == report.boot_id:
        last = (last_boot, max(heard_ms, last_ms))
    elif boot_ordinal(tables, report.boot_id) < boot_ordinal(tables, last_boot):
        # Told late, of the time before a restart: what was watched after it stays the last.
        last = (last_boot, last_ms)
    w = watched(tables, session_id, item_id, Kind(kind))
    note_watched(tables, session_id, w, *last)
    return w


def _state(tables: Tables, play: PlayForm, known: dict[int, Watching]) -> PlayState | None:
    row = tables.execute(
        "SELECT s.session_id, s.item_id, s.kind FROM plays JOIN sessions s USING (session_id)"
        " WHERE play_id BETWEEN ? AND ? ORDER BY plays.opened_ms DESC, play_id DESC LIMIT 1",
        [play.play_id, last_name(play)],
    ).fetchone()
    if row is None:
        return None
    session_id, item_id, kind = row
    watching = known.get(session_id) or watched(tables, session_id, item_id, Kind(kind))
    return PlayState(play.play_id, session_id, watching)
