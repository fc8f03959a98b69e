"""How lengths of time are written on the screen."""

from typing import NamedTuple

from study.units import HOUR_MS, MINUTE_MS
from tvclient.words import _

SECOND_MS = 1000
TENTH_OF_AN_HOUR_MS = HOUR_MS // 10


class Amount(NamedTuple):
    """A figure with its unit, apart because they are drawn in different sizes."""

    figure: str
    unit: str

    def __str__(self) -> str:
        return f"{self.figure} {self.unit}"


def clock_text(span_ms: int) -> str:
    """Whole seconds begun and finished: 05:16, 42:10, 1:05:16; negative spans count as none."""
    seconds = max(0, span_ms) // SECOND_MS
    hours, rest = divmod(seconds, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes:02}:{second:02}"


def remaining_text(span_ms: int) -> str:
    """Like clock_text, rounded up: while something is missing it never reads 00:00."""
    return clock_text(-(-span_ms // SECOND_MS) * SECOND_MS)


def hours_text(span_ms: int) -> str:
    """Hours with one decimal, half a tenth rounded up: 26.5."""
    tenths = (2 * max(0, span_ms) + TENTH_OF_AN_HOUR_MS) // (2 * TENTH_OF_AN_HOUR_MS)
    return f"{tenths // 10}.{tenths % 10}"


def amount(span_ms: int) -> Amount:
    """The figure people read: hours from a tenth of an hour on, below that minutes, then seconds."""
    if span_ms >= TENTH_OF_AN_HOUR_MS or span_ms <= 0:
        return Amount(hours_text(span_ms), _("小时"))
    if span_ms >= MINUTE_MS:
        return Amount(str(span_ms // MINUTE_MS), _("分钟"))
    return Amount(str(max(1, span_ms // SECOND_MS)), _("秒"))
