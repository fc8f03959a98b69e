"""Offline study in the database: what was registered, and what was decided about it."""

import json
from dataclasses import dataclass

from municipal.database import Connection, func, select
from municipal.tables import offline_decisions, records, stations
from study.offline.form import of_fields
from study.offline.record import OfflineRecord

_C, _D = records.c, offline_decisions.c
_LAST = (
    select(_D.station, _D.epoch, _D.seq, func.max(_D.number).label("number"))
    .group_by(_D.station, _D.epoch, _D.seq)
    .subquery()
)
_ALL = (
    select(
        *(_C.station, stations.c.name, stations.c.district, _C.epoch, _C.seq, _C.content, _C.stands),
        *(_D.approved, _D.decided_by, _D.words, _D.decided_at_ms),
    )
    .join_from(records, stations, stations.c.number == _C.station)
    .outerjoin(_LAST, (_LAST.c.station == _C.station) & (_LAST.c.epoch == _C.epoch) & (_LAST.c.seq == _C.seq))
    .outerjoin(offline_decisions, _D.number == _LAST.c.number)
    .where(_C.record_kind == "offline")
    .order_by(_C.station, _C.started_at_ms, _C.epoch, _C.seq)
)


@dataclass(frozen=True, slots=True)
class HeldOffline:
    """One registration as the platform holds it, with the last decision about it."""

    station: str
    station_name: str
    district: str
    epoch: str
    record: OfflineRecord
    stands: bool
    """False once it was amended or withdrawn."""
    approved: bool | None
    """None where nothing was decided yet."""
    decided_by: str
    words: str
    decided_at_ms: int | None

    @property
    def counts(self) -> bool:
        """Only what was approved, as it was approved."""
        return self.stands and self.approved is True and not self.record.is_withdrawn


def offline_of_month(connection: Connection, month: str, station: str | None = None) -> list[HeldOffline]:
    """All of a month, "2026-11", by the day on which they were held, also replaced ones."""
    where = _C.month == month
    return _found(connection, where if station is None else where & (_C.station == station))


def offline_of_station(connection: Connection, station: str) -> list[HeldOffline]:
    return _found(connection, _C.station == station)


def decide(
    connection: Connection, held: HeldOffline, *, approved: bool, by: str, words: str, now_ms: int
) -> None:
    """One more row; earlier ones stay."""
    connection.execute(
        offline_decisions.insert().values(
            station=held.station,
            epoch=held.epoch,
            seq=held.record.seq,
            approved=approved,
            decided_by=by,
            words=words,
            decided_at_ms=now_ms,
        )
    )


def _found(connection: Connection, where: object) -> list[HeldOffline]:
    return [
        HeldOffline(
            row.station,
            row.name,
            row.district,
            row.epoch,
            of_fields(json.loads(row.content)[1:]),
            row.stands,
            row.approved,
            row.decided_by or "",
            row.words or "",
            row.decided_at_ms,
        )
        for row in connection.execute(_ALL.where(where))  # type: ignore[arg-type]
    ]
