"""The city as a whole: this month beside the one before, the same a year ago, and everything so far."""

from dataclasses import dataclass

from municipal.database import Connection, func, select
from municipal.month import month_before, year_before
from municipal.tables import records
from study.rules import Kind
from study.units import Milliseconds


@dataclass(frozen=True, slots=True)
class Totals:
    """Of one month, or of all until one."""

    effective_ms: Milliseconds
    active: int
    """Stations that studied."""
    counted: int
    """Sessions that count."""
    views: int
    """Of courses, counted or not."""
    readings: int
    """Of articles."""


@dataclass(frozen=True, slots=True)
class Compared:
    """`running` is everything from the first record to the end of the month."""

    month: Totals
    last_month: Totals
    last_year: Totals
    running: Totals


def compared_totals(connection: Connection, month: str) -> Compared:
    """Of "2015-03": with "2015-02", "2014-03", and all up to it."""
    table = records.c
    return Compared(
        month=_totals(connection, table.month == month),
        last_month=_totals(connection, table.month == month_before(month)),
        last_year=_totals(connection, table.month == year_before(month)),
        running=_totals(connection, table.month <= month),
    )


def _totals(connection: Connection, where: object) -> Totals:
    table = records.c
    counts = table.counted & (table.effective_ms > 0)
    played = table.played_ms > 0
    query = select(
        func.coalesce(func.sum(table.effective_ms).filter(counts), 0),
        func.count(table.station.distinct()).filter(counts),
        func.count().filter(counts),
        func.count().filter((table.kind == Kind.VOD) & played),
        func.count().filter((table.kind == Kind.ARTICLE) & played),
    ).where(where, table.stands, table.record_kind == "study")  # type: ignore[arg-type]
    effective_ms, active, counted, views, readings = connection.execute(query).one()
    return Totals(Milliseconds(int(effective_ms)), active, counted, views, readings)
