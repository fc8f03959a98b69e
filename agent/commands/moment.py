"""A moment and a length of time as an operator reads them."""

from datetime import timedelta

from study.anchor import from_utc_ms
from study.month import local

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3_600, 86_400


def moment_words(utc_ms: int | None, unknown: str = "时间待核定") -> str:
    """Local time to the minute."""
    return unknown if utc_ms is None else f"{local(from_utc_ms(utc_ms)):%Y-%m-%d %H:%M}"


def length_words(length: timedelta) -> str:
    """The two things that matter of it: 3 天 4 小时, 5 分钟, 20 秒."""
    seconds = max(0, int(length.total_seconds()))
    if seconds >= _DAY_S:
        return f"{seconds // _DAY_S} 天 {seconds % _DAY_S // _HOUR_S} 小时"
    if seconds >= _HOUR_S:
        return f"{seconds // _HOUR_S} 小时 {seconds % _HOUR_S // _MINUTE_S} 分钟"
    return f"{seconds // _MINUTE_S} 分钟" if seconds >= _MINUTE_S else f"{seconds} 秒"


def size_words(size_bytes: int) -> str:
    """In the unit that people say."""
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size_bytes >= size:
            return f"{size_bytes / size:.1f} {unit}"
    return f"{size_bytes} 字节"
