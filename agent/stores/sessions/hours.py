"""Hours of a month and of its days, from the sessions that an anchor dates or bounds."""

from sqlite_utils import Database as Tables

from agent.stores.delivery.outbox import REFUSED
from study.anchor import from_utc_ms, to_utc_ms
from study.local_api import DayEntry, MonthEntry
from study.month import bounds, day_of, days

_STANDS = (
    "NOT EXISTS (SELECT 1 FROM records r"
    " WHERE r.epoch_no = sessions.epoch_no AND r.seq = sessions.seq AND r.state = 'refused')"
)
"""What the platform has refused is shown, and counts neither there nor here."""


def month_hours(tables: Tables, month: str) -> MonthEntry:
    """The month's counted time, and apart from it what no clock could place yet, not even in a month.

    Raises ValueError if `month` is no "YYYY-MM".
    """
    first, end = (to_utc_ms(moment) for moment in bounds(month))
    dated = _sum(tables, "opened_utc_ms >= ? AND opened_utc_ms < ?", [first, end])
    bounded = _sum(tables, "opened_utc_ms IS NULL AND month = ?", [month])
    unplaced = _sum(tables, "opened_utc_ms IS NULL AND month IS NULL", [])
    return MonthEntry(month=month, effective_ms=dated + bounded, unplaced_ms=unplaced)


def day_hours(tables: Tables, month: str) -> list[DayEntry]:
    """Every day of the month, in order; a session whose day nobody knows is in none.

    Raises ValueError if `month` is no "YYYY-MM".
    """
    first, end = (to_utc_ms(moment) for moment in bounds(month))
    rows = tables.execute(
        f"SELECT opened_utc_ms, effective_ms FROM sessions WHERE {_STANDS}"  # noqa: S608  a fixed text
        " AND opened_utc_ms >= ? AND opened_utc_ms < ? AND effective_ms > 0",
        [first, end],
    )
    hours = dict.fromkeys(days(month), 0)
    for opened_utc_ms, effective_ms in rows:
        hours[day_of(from_utc_ms(opened_utc_ms))] += effective_ms
    return [DayEntry(day=day.isoformat(), effective_ms=hours[day]) for day in hours]


def _sum(tables: Tables, condition: str, values: list[int | str]) -> int:
    # Few are refused: they are taken off again, instead of asking for every session whether it is one.
    effective = "SELECT coalesce(sum(effective_ms), 0) FROM"
    refused = f"records r CROSS JOIN sessions USING (session_id, epoch_no, seq) WHERE state = '{REFUSED}'"
    [ms] = tables.execute(
        f"SELECT ({effective} sessions WHERE {condition}) - ({effective} {refused} AND {condition})",
        [*values, *values],
    ).fetchone()
    return int(ms)
