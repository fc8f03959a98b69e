"""Alarms in the database: what somebody must look into."""

from dataclasses import dataclass

from municipal.database import Connection, func, insert_new, select
from municipal.tables import alarms


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something about one record that cannot be right; told once."""

    station: str
    epoch: str
    seq: int
    code: str
    words: str


def raise_alarms(connection: Connection, raised: list[Alarm], raised_at_ms: int) -> int:
    """Keep alarms; the same one again changes nothing. How many were new."""
    rows = [
        {
            "station": alarm.station,
            "epoch": alarm.epoch,
            "seq": alarm.seq,
            "code": alarm.code,
            "words": alarm.words,
            "raised_at_ms": raised_at_ms,
        }
        for alarm in raised
    ]
    return insert_new(connection, alarms, rows)


def alarm_count(connection: Connection) -> int:
    """How many alarms there are."""
    return int(connection.execute(select(func.count()).select_from(alarms)).scalar_one())


def all_alarms(connection: Connection) -> tuple[Alarm, ...]:
    """Every alarm, by station and number."""
    table = alarms.c
    rows = connection.execute(alarms.select().order_by(table.station, table.epoch, table.seq, table.code))
    return tuple(Alarm(row.station, row.epoch, row.seq, row.code, row.words) for row in rows)
