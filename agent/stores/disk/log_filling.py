"""Filling the second log: what the database has more than the log goes into it."""

import json
import logging
from collections.abc import Iterator
from itertools import chain as joined

from sqlite_utils import Database as Tables

from agent.stores.delivery.epochs import EpochState, all_epochs
from agent.stores.disk.record_log import Frame, RecordLog
from study.record import linked
from study.units import Epoch, Seq

log = logging.getLogger(__name__)

_NOT_WORTH_REWRITING_BYTES = 1024 * 1024
_AT_ONCE = 1_000
"""Frames a turn, so that a commit never waits for a log that has to be made anew."""

_STATION = "SELECT number, name, district, type, key_id FROM box WHERE number IS NOT NULL"
_MORE = (
    "SELECT e.epoch, r.seq, r.session_id, r.content FROM records r JOIN epochs e ON e.number = r.epoch_no"
    " WHERE (r.epoch_no, r.seq) > (coalesce((SELECT number FROM epochs WHERE epoch = ?), 0), ?)"
    " ORDER BY r.epoch_no, r.seq LIMIT ?"
)


class LogFilling:
    """The log of one database; both have one writer."""

    def __init__(self, held: RecordLog) -> None:
        self.log = held
        self._station: bytes | None = None
        self.is_failing = False

    def fill(self, tables: Tables) -> bool:
        """Append what is new. False while there is more, or the log takes nothing: the database holds it."""
        last = self.log.last
        place = ("", 0) if last is None else (last.epoch, last.seq)
        # After every commit: past sqlite-utils, which would take as long again.
        rows = tables.conn.execute(_MORE, [*place, _AT_ONCE]).fetchall()
        station = _station(tables)
        news = [] if station is None or station.content == self._station else [station]
        if not rows and not news:
            return True
        try:
            self.log.append((*news, *(Frame(*row) for row in rows)))
        except OSError as error:
            if not self.is_failing:
                log.warning("%s takes nothing (%s); it is filled later", self.log.file, error.strerror)
            self.is_failing = True
            return False
        self.is_failing = False
        self._station = None if station is None else station.content
        return len(rows) < _AT_ONCE

    def rewrite(self, tables: Tables, settled_before_utc_ms: int | None) -> None:
        """Make the log anew without what was settled before that moment, where at least half of it is.

        With None it is made anew in any case, with everything. Where there is no room the old one stays.
        """
        before = self.log.bytes
        if settled_before_utc_ms is not None:
            needed = _needed_bytes(tables, settled_before_utc_ms)
            if before <= 2 * needed + _NOT_WORTH_REWRITING_BYTES:
                return
        station = _station(tables)
        about = [] if station is None else [station]
        try:
            self.log.rewrite(joined(about, _all_frames(tables, settled_before_utc_ms or 0)))
        except OSError as error:
            log.warning("%s not rewritten (%s)", self.log.file, error.strerror)
            return
        self._station = None if station is None else station.content
        log.info("%s rewritten: %s bytes, before %s", self.log.file, self.log.bytes, before)


def is_older(tables: Tables, last: Frame | None) -> bool:
    """Whether the log holds a record that this database never gave a number to."""
    if last is None:
        return False
    row = tables.execute("SELECT next_seq FROM epochs WHERE epoch = ?", [last.epoch]).fetchone()
    return row is None or bool(row[0] <= last.seq)


def _needed_bytes(tables: Tables, settled_before_utc_ms: int) -> int:
    row = tables.execute(
        "SELECT coalesce(sum(length(content) + 50), 0) FROM records WHERE coalesce(settled_utc_ms, ?) >= ?",
        [settled_before_utc_ms, settled_before_utc_ms],
    ).fetchone()
    return int(row[0])


def _station(tables: Tables) -> Frame | None:
    row = tables.conn.execute(_STATION).fetchone()
    return None if row is None else _about(Epoch("box"), ["station", *row])


def _about(epoch: Epoch, told: list[object]) -> Frame:
    return Frame(epoch, Seq(0), None, json.dumps(told, ensure_ascii=False).encode())


def _all_frames(tables: Tables, settled_before_utc_ms: int) -> Iterator[Frame]:
    for state in all_epochs(tables):
        first = _first_needed(tables, state, settled_before_utc_ms)
        if state.pruned_chain is not None and first > 1:
            gone = _contents(tables, state.number, 1, first - 1)
            start = linked(state.pruned_chain, (row[2] for row in gone))
            yield _about(state.epoch, ["start", first - 1, start.hex()])
        for row in _contents(tables, state.number, first, state.next_seq):
            yield Frame(state.epoch, *row)


def _first_needed(tables: Tables, state: EpochState, settled_before_utc_ms: int) -> int:
    # The last one always stays: by it a start sees whether the database is older than the log.
    row = tables.execute(
        "SELECT min(seq) FROM records WHERE epoch_no = ? AND coalesce(settled_utc_ms, ?) >= ?",
        [state.number, settled_before_utc_ms, settled_before_utc_ms],
    ).fetchone()
    newest = max(1, state.next_seq - 1)
    return newest if row[0] is None else min(newest, int(row[0]))


def _contents(
    tables: Tables, epoch_no: int, first: int, last: int
) -> Iterator[tuple[Seq, int | None, bytes]]:
    yield from tables.execute(
        "SELECT seq, session_id, content FROM records WHERE epoch_no = ? AND seq BETWEEN ? AND ?"
        " ORDER BY seq",
        [epoch_no, first, last],
    )
