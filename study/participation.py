"""Figures of the bulletin that are rates: participation and mean study time."""

from decimal import ROUND_HALF_UP, Decimal

from study.units import HOUR_MS, Milliseconds

MISSING = "-"
"""No such stations; which is not 0.00."""

_CENT = Decimal("0.01")


def hours(effective_ms: Milliseconds | None) -> str:
    """Hours with two decimals, half up, from whole milliseconds; None prints as "-"."""
    if effective_ms is None:
        return MISSING
    return f"{_rounded(Decimal(effective_ms) / HOUR_MS)}"


def participation_rate(active: int, due: int) -> str:
    """参学率 in per cent with two decimals: stations that studied ÷ stations due; "-" if none is due."""
    return MISSING if due == 0 else f"{_rounded(Decimal(active) * 100 / due)}%"


def mean_study_time(effective_ms: Milliseconds, due: int) -> str:
    """Mean hours of a district: effective hours ÷ stations due to study; "-" if none is due."""
    return MISSING if due == 0 else f"{_rounded(Decimal(effective_ms) / HOUR_MS / due)}"


def change_rate(now: Decimal, before: Decimal) -> str:
    """In per cent of what it was, with two decimals and a sign unless nothing changed; "-" of nothing."""
    if before == 0:
        return MISSING
    change = _rounded((now - before) * 100 / before)
    return f"{change:+}%" if change else f"{abs(change)}%"


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_CENT, rounding=ROUND_HALF_UP)
