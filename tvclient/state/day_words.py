"""A day of the calendar as it is written out."""

from datetime import date

from tvclient.words import _


def day_words(iso: str) -> str:
    """2026 年 11 月 3 日, of "2026-11-03"."""
    when = date.fromisoformat(iso)
    return _("{year} 年 {month} 月 {day} 日").format(year=when.year, month=when.month, day=when.day)
