"""Placing: the start of a session on the calendar, by its boot's best anchor."""

from dataclasses import dataclass

from study.anchor import Anchor, to_utc_ms
from study.month import month_of
from study.units import MonotonicMs


@dataclass(frozen=True, slots=True)
class Placed:
    """A start in UTC and the month it belongs to; both None while no anchor is known."""

    started_at_ms: int | None
    month: str | None


NOWHERE = Placed(None, None)


def placed_by(anchor: Anchor | None, opened_ms: MonotonicMs) -> Placed:
    """Where a session that opened at `opened_ms` of the anchor's boot belongs."""
    if anchor is None:
        return NOWHERE
    at = anchor.at(opened_ms)
    return Placed(to_utc_ms(at), month_of(at))
