"""Boots of the boxes in the database: their order, what is known of each, and when it must have begun."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from municipal.database import Connection, insert_new, put, select
from municipal.tables import anchors, boots
from study.anchor import Anchor, AnchorSource, best_anchor, floor_of
from study.bounds import NOWHERE, Boot, Span, spans
from study.group.record import GroupRecord
from study.offline.record import OfflineRecord
from study.record import AnchorRecord, Record
from study.units import BootId, Epoch, Milliseconds, MonotonicMs, StationNumber

BootKey = tuple[str, str]
"""(epoch, boot): ordinals order the boots of one epoch only."""


def note_boots(
    connection: Connection,
    station: StationNumber,
    epoch: Epoch,
    arrived: Iterable[Record],
    received_at_ms: int,
) -> None:
    """Keep what new records tell of their boots; the order in which they come never matters."""
    told: dict[BootId, tuple[int, int]] = {}
    for record in arrived:
        if record.boot_ordinal:
            boot, known_ms = _known(record)
            before = told.get(boot, (0, 0))
            told[boot] = (max(before[0], record.boot_ordinal), max(before[1], known_ms))
    own = (boots.c.station == station) & (boots.c.epoch == epoch) & boots.c.boot.in_(told)
    held = {row.boot: row for row in (connection.execute(select(boots).where(own)) if told else ())}
    new = []
    for boot, (ordinal, known_ms) in told.items():
        key = {"station": station, "epoch": epoch, "boot": boot}
        values = {"ordinal": ordinal, "known_ms": known_ms, "ceiling_ms": received_at_ms - known_ms}
        if (row := held.get(boot)) is None:
            new.append(key | values)
            continue
        merged = {
            "ordinal": max(ordinal, row.ordinal),
            "known_ms": max(known_ms, row.known_ms),
            "ceiling_ms": min(values["ceiling_ms"], row.ceiling_ms),
        }
        if merged != {name: getattr(row, name) for name in merged}:
            put(connection, boots, key | merged)
    insert_new(connection, boots, new)


def anchors_of(
    connection: Connection, station: str, which: set[BootId] | None = None
) -> dict[BootId, list[Anchor]]:
    """Anchors of a station's boots (of all, or of some), in whatever epoch they came."""
    of_station = anchors.c.station == station
    query = anchors.select().where(of_station if which is None else of_station & anchors.c.boot.in_(which))
    held: dict[BootId, list[Anchor]] = defaultdict(list)
    for row in connection.execute(query) if which is None or which else ():
        source = AnchorSource(row.source)
        anchor = Anchor(
            BootId(row.boot), MonotonicMs(row.mono_ms), row.utc_ms, Milliseconds(row.error_ms), source
        )
        held[anchor.boot].append(anchor)
    return held


def bound_boots(
    connection: Connection, station: StationNumber, epoch: Epoch, anchored: set[BootId]
) -> set[BootKey]:
    """Work out anew between which moments boots began, after news of `epoch` and anchors of `anchored`.

    Which of them have other bounds than before.
    """
    of_station = boots.c.station == station
    touched = select(boots.c.epoch).where(of_station & boots.c.boot.in_(anchored))
    wanted = boots.c.epoch == epoch
    rows = connection.execute(
        select(boots).where(of_station & (wanted | boots.c.epoch.in_(touched) if anchored else wanted))
    ).all()
    known = anchors_of(connection, station) if rows else {}
    by_epoch: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_epoch[row.epoch].append(row)
    moved: set[BootKey] = set()
    for each in by_epoch.values():
        moved |= _bound_epoch(connection, each, known)
    return moved


def spans_of(connection: Connection, station: str, which: set[BootId]) -> dict[BootKey, Span]:
    """The spans of some boots of a station, as they were worked out last."""
    own = (boots.c.station == station) & boots.c.boot.in_(which)
    rows = connection.execute(select(boots).where(own)) if which else ()
    return {(row.epoch, row.boot): _span(row) for row in rows}


def _known(record: Record) -> tuple[BootId, int]:
    """A boot, and how far it had come at least when the record was made."""
    if isinstance(record, AnchorRecord):
        return record.anchor.boot, record.anchor.mono_ms
    if isinstance(record, GroupRecord | OfflineRecord):
        # It may have gone over several boots; how far the first had come its sessions tell.
        return record.boot, record.opened_ms
    # A session that goes on may have been played in a later boot, also where it has a new number since:
    # only a record without a reason is of one boot.
    played_ms = 0 if record.replaces is not None or record.reason else record.played_ms
    return record.boot, record.opened_ms + played_ms


def _bound_epoch(
    connection: Connection, rows: Sequence[Any], known: dict[BootId, list[Anchor]]
) -> set[BootKey]:
    found = spans(_as_boot(row, known.get(row.boot, [])) for row in rows)
    moved: set[BootKey] = set()
    for row in rows:
        if best_anchor(known.get(row.boot, []), row.boot) is not None:
            # It is dated; how far its clock may have drifted moves nothing.
            continue
        span = found.get(row.ordinal, NOWHERE)
        # Only what may name a month is kept: each new record moves the bounds of all the boots before it.
        ends = (span.earliest_utc_ms, span.latest_utc_ms) if span.is_narrow else (None, None)
        if ends != (row.earliest_ms, row.latest_ms):
            own = (boots.c.station == row.station) & (boots.c.epoch == row.epoch) & (boots.c.boot == row.boot)
            connection.execute(boots.update().where(own).values(earliest_ms=ends[0], latest_ms=ends[1]))
            moved.add((row.epoch, row.boot))
    return moved


def _as_boot(row: Any, own: list[Anchor]) -> Boot:
    return Boot(
        ordinal=row.ordinal,
        known_ms=MonotonicMs(row.known_ms),
        anchor=best_anchor(own, row.boot),
        floor_utc_ms=floor_of(own, row.boot),
        ceiling_utc_ms=row.ceiling_ms,
    )


def _span(row: Any) -> Span:
    drift_ms = _as_boot(row, []).drift_ms
    return Span(row.earliest_ms, row.latest_ms, drift_ms)
