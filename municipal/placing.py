"""Placing: the start of a session on the calendar, by its boot's best anchor or by the boots around it."""

from dataclasses import dataclass

from study.anchor import Anchor, to_utc_ms
from study.bounds import NOWHERE as NO_SPAN
from study.bounds import Span
from study.month import month_of
from study.units import MonotonicMs


@dataclass(frozen=True, slots=True)
class Placed:
    """A start in UTC and the month it belongs to.

    Without an anchor the start is None; the month too, unless the bounds of the boot leave only one.
    """

    started_at_ms: int | None
    month: str | None


NOWHERE = Placed(None, None)


def placed_by(anchor: Anchor | None, opened_ms: MonotonicMs, span: Span = NO_SPAN) -> Placed:
    """Where a session belongs that opened at `opened_ms` of the anchor's boot, which began within `span`."""
    if anchor is None:
        return Placed(None, span.month_at(opened_ms))
    at = anchor.at(opened_ms)
    return Placed(to_utc_ms(at), month_of(at))
