"""A day of the calendar as it is written out."""

from datetime import UTC, date, datetime

from study.month import local
from tvclient.words import _


def day_words(iso: str) -> str:
    """2026 年 11 月 3 日, of "2026-11-03"."""
    when = date.fromisoformat(iso)
    return _("{year} 年 {month} 月 {day} 日").format(year=when.year, month=when.month, day=when.day)


def day_and_time(utc_ms: int) -> str:
    """11 月 3 日 19:42 at the station."""
    at = local(datetime.fromtimestamp(utc_ms / 1000, UTC))
    return _("{month} 月 {day} 日 {time}").format(month=at.month, day=at.day, time=f"{at:%H:%M}")
