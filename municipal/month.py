"""A month as people and programs ask for it, "2026-11"."""

import re

_MONTH = re.compile(r"(19|20|21)[0-9][0-9]-(0[1-9]|1[0-2])")


def is_month(text: str) -> bool:
    """Whether `text` names a month of the years 1900 to 2199."""
    return _MONTH.fullmatch(text) is not None


def month_words(month: str) -> str:
    """2015 年 3 月."""
    return f"{month[:4]} 年 {int(month[5:])} 月"


def month_before(month: str) -> str:
    """2014-12 of 2015-01."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year - 1}-12" if number == 1 else f"{year}-{number - 1:02}"


def year_before(month: str) -> str:
    """2014-03 of 2015-03."""
    return f"{int(month[:4]) - 1}{month[4:]}"
