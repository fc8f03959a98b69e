"""The times of XMLTV, "20261122190000 +0800", as milliseconds since 1970."""

import re
from datetime import datetime, timedelta, timezone

from study.anchor import to_utc_ms
from study.month import SHANGHAI

_FORM = re.compile(r"([0-9]{4,14})\s*(?:([+-])([0-9]{2}):?([0-9]{2})|([A-Za-z]{1,5}))?")
_ZONES = {"UTC": 0, "GMT": 0, "Z": 0, "CST": 8, "BJT": 8, "HKT": 8}
"""Hours. CST is China's here: no guide of this country means Chicago by it."""
_OFFSET_MAX = timedelta(hours=14)
_LENGTHS = (8, 10, 12, 14)
_MIDNIGHT = "240000"


def utc_ms_in(text: str) -> int | None:
    """None for what is no time. Without a zone it is China's; minutes and seconds may be missing.

    Source of the form: the DTD of XMLTV. 24:00 is written by Chinese guides for the end of a day.
    """
    found = _FORM.fullmatch(text.strip())
    if found is None or len(found[1]) not in _LENGTHS:
        return None
    zone = _zone(found[2], found[3], found[4], found[5])
    digits = found[1].ljust(14, "0")
    day, rest = digits[:8], digits[8:]
    is_midnight = rest == _MIDNIGHT
    try:
        at = datetime.strptime(day + ("000000" if is_midnight else rest), "%Y%m%d%H%M%S")
        return None if zone is None else to_utc_ms(at.replace(tzinfo=zone) + timedelta(days=is_midnight))
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
