"""Attendances: who was in which group study, by pseudonym."""

from collections.abc import Iterable

from municipal.database import Connection, func, insert_new, select
from municipal.tables import attendances, records
from study.group.record import GroupRecord, Pseudonym
from study.record import Record

_THIS = (
    (attendances.c.station == records.c.station)
    & (attendances.c.epoch == records.c.epoch)
    & (attendances.c.seq == records.c.seq)
)


def add_attendances(connection: Connection, station: str, epoch: str, found: Iterable[Record]) -> None:
    """Of the group studies among new records."""
    rows = [
        {
            "station": station,
            "epoch": epoch,
            "seq": record.seq,
            "pseudonym": one.pseudonym,
            "via": one.via.value,
            "person_ms": one.person_ms,
        }
        for record in found
        if isinstance(record, GroupRecord)
        for one in record.attendees
    ]
    insert_new(connection, attendances, rows)


def person_times(connection: Connection, station: str, month: str) -> list[tuple[Pseudonym, int, int]]:
    """(pseudonym, group studies, ms) of a month, by the records that stand; the longest time first."""
    c = attendances.c
    total = func.sum(c.person_ms).label("total")
    query = (
        select(c.pseudonym, func.count().label("groups"), total)
        .join_from(attendances, records, _THIS)
        .where((records.c.station == station) & (records.c.month == month) & records.c.stands)
        .group_by(c.pseudonym)
        .order_by(total.desc(), c.pseudonym)
    )
    return [(str(row.pseudonym), int(row.groups), int(row.total)) for row in connection.execute(query)]
