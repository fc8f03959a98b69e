"""Sequels: what is watched in a play after its session was sealed, as a play of its own."""

from typing import Any

from sqlite_utils import Database as Tables

from agent.records.report import IntervalForm, PlayForm
from agent.stores.closing import is_sealed
from agent.stores.rows import one_row

_MARK = "~"
"""After the play's name, once for each sequel; a television's own names are hexadecimal."""
_SEQUELS_MAX = 50

_HELD = (
    "SELECT p.*, s.epoch_no, s.seq, s.correction FROM plays p JOIN sessions s USING (session_id)"
    " WHERE play_id = ?"
)


def followed(tables: Tables, play: PlayForm) -> tuple[PlayForm, dict[str, Any] | None]:
    """The play that can still take what `play` tells, and its row; None where that begins only now.

    ```
    told     ├──────────────────────────┤
    held     ├────────────┤ sealed: corrected, or of an earlier epoch
    sequel                ├─────────────┤ a session of its own
    ```
    """
    while (held := one_row(tables, _HELD, [play.play_id])) is not None and is_sealed(tables, held):
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
