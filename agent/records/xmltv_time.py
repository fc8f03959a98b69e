"""The times of XMLTV, "20261122190000 +0800", as milliseconds since 1970."""

import re
from datetime import datetime, timedelta, timezone
from functools import lru_cache

from study.anchor import to_utc_ms
from study.month import SHANGHAI

_FORM = re.compile(r"([0-9]{4,14})\s*(?:([+-])([0-9]{2}):?([0-9]{2})|([A-Za-z]{1,5}))?")
_ZONES = {"UTC": 0, "GMT": 0, "Z": 0, "CST": 8, "BJT": 8, "HKT": 8}
"""Hours. CST is China's here: no guide of this country means Chicago by it."""
_OFFSET_MAX = timedelta(hours=14)
_LENGTHS = (8, 10, 12, 14)
_MIDNIGHT = "240000"
_LENGTH_MAX = 40
_KEPT = 4_096
"""The channels of a guide begin their programmes at the same times."""


def utc_ms_in(text: str) -> int | None:
    """None for what is no time. Without a zone it is China's; minutes and seconds may be missing.

    Source of the form: the DTD of XMLTV. 24:00 is written by Chinese guides for the end of a day.
    """
    return _utc_ms(text) if len(text) <= _LENGTH_MAX else None


@lru_cache(_KEPT)
def _utc_ms(text: str) -> int | None:
    found = _FORM.fullmatch(text.strip())
    if found is None or len(found[1]) not in _LENGTHS:
        return None
    zone = _zone(found[2], found[3], found[4], found[5])
    digits = found[1].ljust(14, "0")
    is_midnight = digits[8:] == _MIDNIGHT
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    hour, minute, second = (0, 0, 0) if is_midnight else (int(digits[n : n + 2]) for n in (8, 10, 12))
    try:
        at = datetime(year, month, day, hour, minute, second, tzinfo=zone)
        return None if zone is None else to_utc_ms(at + timedelta(days=is_midnight))
    except (ValueError, OverflowError):
        return None


def _zone(sign: str | None, hours: str, minutes: str, name: str | None) -> timezone | None:
    if name is not None:
        known = _ZONES.get(name.upper())
        return None if known is None else timezone(timedelta(hours=known))
    if sign is None:
        return SHANGHAI
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    if offset > _OFFSET_MAX:
        return None
    return timezone(-offset if sign == "-" else offset)
