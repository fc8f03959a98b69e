"""Calendar months and days of the stations, in their local time."""

from datetime import UTC, date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Fixed: China has had one zone without summer time since 1991; needs no time zone database on the box."""

_FIRST_YEAR, _LAST_YEAR = 1970, 9998


def local(at: datetime) -> datetime:
    """The station's local time of an aware moment."""
    return at.astimezone(SHANGHAI)


def month_of(opened_at: datetime) -> str:
    """The month, "2026-11", to which a session's hours belong: that of its start (study-time.md)."""
    return f"{local(opened_at):%Y-%m}"


def day_of(opened_at: datetime) -> date:
    """The local day of a session's start."""
    return local(opened_at).date()


def bounds(month: str) -> tuple[datetime, datetime]:
    """First moment of a month and first moment after it, in UTC. Raises ValueError if it is no "YYYY-MM"."""
    first = _first_of(month)
    return first.astimezone(UTC), _next_month(first).astimezone(UTC)


def days(month: str) -> tuple[date, ...]:
    """Every day of a month. Raises ValueError if it is no "YYYY-MM"."""
    first = _first_of(month)
    count = (_next_month(first) - first).days
    return tuple((first + timedelta(days=n)).date() for n in range(count))


def _first_of(month: str) -> datetime:
    first = datetime.strptime(month, "%Y-%m").replace(tzinfo=SHANGHAI)
    if not _FIRST_YEAR <= first.year <= _LAST_YEAR:
        raise ValueError(f"the year of {month} does not match any calendar of ours")
    return first


def _next_month(first: datetime) -> datetime:
    return (first + timedelta(days=31)).replace(day=1)
