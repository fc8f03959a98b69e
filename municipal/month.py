"""A month as people and programs ask for it, "2026-11"."""

import re

_MONTH = re.compile(r"(19|20|21)[0-9][0-9]-(0[1-9]|1[0-2])")


def is_month(text: str) -> bool:
    """Whether `text` names a month of the years 1900 to 2199."""
    return _MONTH.fullmatch(text) is not None


def month_words(month: str) -> str:
    """2015 年 3 月."""
    return f"{month[:4]} 年 {int(month[5:])} 月"
