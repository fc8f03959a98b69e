"""Records in the database: what was taken, what it replaces and where it stands on the calendar."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from municipal.database import Connection, bindparam, exists, insert_new, select
from municipal.placing import Placed, placed_by
from municipal.stores.attendances import add_attendances
from municipal.stores.boots import BootKey, anchors_of, bound_boots, note_boots, spans_of
from municipal.tables import anchors, records
from study.anchor import Anchor, best_anchor, to_utc_ms
from study.bounds import NOWHERE as NO_SPAN
from study.bounds import Span
from study.coverage import covered_ms
from study.group.record import GroupRecord
from study.offline.record import OfflineRecord
from study.record import AnchorRecord, ChainHash, Record, StudyRecord, content, linked
from study.units import BootId, Epoch, MonotonicMs, StationNumber
from study.wire import Run

_NOTHING: dict[str, Any] = {column.name: None for column in records.columns}
_ASKED_AT_ONCE = 500
"""SQLite takes only so many values in one question."""
_OTHER = records.alias("other")
# Of one session also in its start: a box whose data folder was copied back may mean by a number
# another record than the one that is held under it.
_SAME = (
    (_OTHER.c.station == records.c.station)
    & (_OTHER.c.epoch == records.c.epoch)
    & (_OTHER.c.record_kind == records.c.record_kind)
    & (_OTHER.c.boot == records.c.boot)
    & (_OTHER.c.opened_ms == records.c.opened_ms)
)
_REPLACED = exists().where(_SAME & (_OTHER.c.replaces == records.c.seq))
_OUTDONE = exists().where(_SAME & (_OTHER.c.replaces == records.c.replaces) & (_OTHER.c.seq > records.c.seq))


@dataclass(frozen=True, slots=True)
class Arrival:
    """One record as it came in, with the chain's hash on either side."""

    record: Record
    content: bytes
    content_sha256: bytes
    chain_before: ChainHash
    chain_after: ChainHash


def arrivals_of(run: Run) -> tuple[Arrival, ...]:
    """The records of a run, each with its content and its place in the chain."""
    found = []
    before = run.before
    for record in run.records:
        body = content(record)
        after = linked(before, (body,))
        found.append(Arrival(record, body, hashlib.sha256(body).digest(), before, after))
        before = after
    return tuple(found)


def held(connection: Connection, station: str, epoch: str, first: int, last: int) -> dict[int, bytes]:
    """SHA-256 of the content of each record that is there, by number, from `first` to `last`."""
    own = (records.c.station == station) & (records.c.epoch == epoch) & records.c.seq.between(first, last)
    rows = connection.execute(select(records.c.seq, records.c.content_sha256).where(own))
    return {row.seq: row.content_sha256 for row in rows}


def sessions_told(
    connection: Connection, station: str, epoch: str, seqs: set[int]
) -> dict[int, tuple[str, str, int]]:
    """(item, kind, effective ms) of the study records of these numbers that are held."""
    c = records.c
    own = (c.station == station) & (c.epoch == epoch) & (c.record_kind == "study")
    found: dict[int, tuple[str, str, int]] = {}
    asked = sorted(seqs)
    for first in range(0, len(asked), _ASKED_AT_ONCE):
        some = own & c.seq.in_(asked[first : first + _ASKED_AT_ONCE])
        rows = connection.execute(select(c.seq, c.item_id, c.kind, c.effective_ms).where(some))
        found |= {row.seq: (row.item_id, row.kind, row.effective_ms) for row in rows}
    return found


def add_records(
    connection: Connection,
    station: StationNumber,
    epoch: Epoch,
    arrivals: Sequence[Arrival],
    received_at_ms: int,
) -> None:
    """Keep new records; derive what stands and where, for them and for those they touch."""
    found = [arrival.record for arrival in arrivals if isinstance(arrival.record, AnchorRecord)]
    insert_new(connection, anchors, [_anchor_values(station, epoch, record) for record in found])
    anchored = {record.anchor.boot for record in found}
    note_boots(connection, station, epoch, (arrival.record for arrival in arrivals), received_at_ms)
    moved = bound_boots(connection, station, epoch, anchored)
    add_attendances(connection, station, epoch, (arrival.record for arrival in arrivals))
    studied = [arrival.record for arrival in arrivals if not isinstance(arrival.record, AnchorRecord)]
    calendar = _calendar(connection, station, {record.boot for record in studied})
    rows = [_values(station, epoch, arrival, calendar, received_at_ms) for arrival in arrivals]
    insert_new(connection, records, rows)
    _judge_standing(connection, station, epoch, studied)
    _place_again(connection, station, anchored | {BootId(boot) for _, boot in moved})


@dataclass(frozen=True, slots=True)
class _Calendar:
    """What places the sessions of some boots."""

    best: dict[BootId, Anchor | None]
    spans: dict[BootKey, Span]

    def place(self, epoch: str, boot: BootId, opened_ms: MonotonicMs) -> Placed:
        return placed_by(self.best[boot], opened_ms, self.spans.get((epoch, boot), NO_SPAN))


def _calendar(connection: Connection, station: str, boots: set[BootId]) -> _Calendar:
    known = anchors_of(connection, station, boots)
    best = {boot: best_anchor(known[boot], boot) for boot in boots}
    return _Calendar(best, spans_of(connection, station, boots))


def _judge_standing(
    connection: Connection,
    station: str,
    epoch: str,
    studied: Sequence[StudyRecord | GroupRecord | OfflineRecord],
) -> None:
    """Say of each touched record whether it stands: no other replaces it, and of several records that
    replace the same one only the last stands, so that one session never counts twice.
    """
    numbers = [record.seq for record in studied]
    targets = {record.replaces for record in studied if record.replaces is not None}
    own = (records.c.station == station) & (records.c.epoch == epoch)
    if numbers:
        # What replaces a record may have come before it.
        of_these = own & records.c.replaces.between(min(numbers), max(numbers))
        targets |= set(connection.execute(select(records.c.replaces).where(of_these)).scalars())
    if not targets:
        return
    touched = (records.c.record_kind != "anchor") & (
        records.c.seq.in_(targets) | records.c.replaces.in_(targets)
    )
    connection.execute(records.update().where(own & touched).values(stands=~_REPLACED & ~_OUTDONE))


def _place_again(connection: Connection, station: str, boots: set[BootId]) -> None:
    """New anchors and bounds may place what was unplaced, or place it better."""
    if not boots:
        return
    calendar = _calendar(connection, station, boots)
    c = records.c
    own = (c.station == station) & c.boot.in_(boots) & (c.record_kind != "offline")
    query = select(c.epoch, c.seq, c.boot, c.opened_ms, c.started_at_ms, c.month).where(own)
    moved = []
    for row in connection.execute(query):
        placed = calendar.place(row.epoch, row.boot, row.opened_ms)
        if placed != Placed(row.started_at_ms, row.month):
            moved.append(_move(row.epoch, row.seq, placed))
    if moved:
        this = (records.c.station == station) & (records.c.epoch == bindparam("b_epoch"))
        this &= records.c.seq == bindparam("b_seq")
        update = records.update().where(this)
        connection.execute(
            update.values(started_at_ms=bindparam("b_start"), month=bindparam("b_month")), moved
        )


def _move(epoch: str, seq: int, placed: Placed) -> dict[str, Any]:
    return {"b_epoch": epoch, "b_seq": seq, "b_start": placed.started_at_ms, "b_month": placed.month}


def _anchor_values(station: str, epoch: str, record: AnchorRecord) -> dict[str, Any]:
    anchor = record.anchor
    return {
        "station": station,
        "epoch": epoch,
        "seq": record.seq,
        "boot": anchor.boot,
        "mono_ms": anchor.mono_ms,
        "utc_ms": anchor.utc_ms,
        "error_ms": anchor.error_ms,
        "source": anchor.source.value,
    }


def _values(
    station: str,
    epoch: str,
    arrival: Arrival,
    calendar: _Calendar,
    received_at_ms: int,
) -> dict[str, Any]:
    record = arrival.record
    values: dict[str, Any] = _NOTHING | {
        "station": station,
        "epoch": epoch,
        "seq": record.seq,
        "content": arrival.content,
        "content_sha256": arrival.content_sha256,
        "chain_before": arrival.chain_before,
        "chain_after": arrival.chain_after,
        "received_at_ms": received_at_ms,
        "record_kind": "anchor",
        "stands": False,
    }
    if isinstance(record, AnchorRecord):
        return values
    if isinstance(record, OfflineRecord):
        # Placed by the day that it tells, and by nothing else.
        began = {"started_at_ms": to_utc_ms(record.began_at), "month": record.day[:7]}
        registered = {"boot": record.boot, "opened_ms": record.opened_ms, "replaces": record.replaces}
        return values | {"record_kind": "offline", "stands": True} | registered | began
    placed = calendar.place(epoch, record.boot, MonotonicMs(record.opened_ms))
    # It stands until something that replaces it is seen.
    values |= {"stands": True, "started_at_ms": placed.started_at_ms, "month": placed.month}
    if isinstance(record, StudyRecord):
        return values | {"record_kind": "study"} | _facts(record)
    # No effective time: whatever sums that up counts the station's hours.
    told = {"screen": record.screen, "boot": record.boot, "opened_ms": record.opened_ms}
    return values | {"record_kind": "group", "rule": record.rule, "replaces": record.replaces} | told


def _facts(record: StudyRecord) -> dict[str, Any]:
    return {
        "item_id": record.item_id,
        "kind": record.kind.value,
        "terminal": record.terminal.value,
        "screen": record.screen,
        "boot": record.boot,
        "opened_ms": record.opened_ms,
        "length_ms": record.length_ms,
        "played_ms": record.played_ms,
        "covered_ms": covered_ms(record.covered),
        "overlap_ms": record.overlap_ms,
        "rule": record.rule,
        "effective_ms": record.effective_ms,
        "why": record.why.value,
        "counted": record.counted,
        "replaces": record.replaces,
    }
