"""Moments: what the anchors held on the box make of a monotonic time."""

from collections import defaultdict
from typing import Any

from sqlite_utils import Database as Tables

from study.anchor import Anchor, AnchorSource, best_anchor
from study.units import BootId, MonotonicMs

_SELECT = "SELECT boot_id, mono_ms, utc_ms, error_ms, source FROM anchors"


def anchors_of(tables: Tables, boot: BootId) -> list[Anchor]:
    """A boot's anchors."""
    rows = tables.execute(f"{_SELECT} WHERE boot_id = ?", [boot])
    return [_anchor(row) for row in rows]


def anchors_by_boot(tables: Tables) -> dict[BootId, list[Anchor]]:
    """The anchors of all boots; an empty list for any other."""
    held: dict[BootId, list[Anchor]] = defaultdict(list)
    for row in tables.execute(_SELECT):
        held[row[0]].append(_anchor(row))
    return held


def utc_ms_of(tables: Tables, boot: BootId, mono_ms: MonotonicMs) -> int | None:
    """The moment in milliseconds since 1970, None while nobody can say."""
    anchor = best_anchor(anchors_of(tables, boot), boot)
    return None if anchor is None else mono_ms + anchor.offset_ms


def trusted_floor(tables: Tables, boot: BootId, mono_ms: MonotonicMs) -> int | None:
    """The moment, in milliseconds since 1970, before which it cannot be now; None if nothing tells.

    By the last telling of platform or NTP, in this boot or before it, and by receipts on sticks. Not by
    the greatest: a clock that once was a year ahead would count for ever. Not by a person's: one may mistype.
    """
    found = [row[0] for row in tables.execute("SELECT utc_ms FROM anchors WHERE source = 'usb'")]
    last = tables.execute(
        f"{_SELECT} LEFT JOIN boots USING (boot_id) WHERE source IN ('platform', 'ntp')"
        " ORDER BY ordinal DESC, source = 'platform' DESC, mono_ms DESC LIMIT 1"
    ).fetchone()
    if last is not None:
        anchor = _anchor(last)
        found.append(mono_ms + anchor.offset_ms if anchor.boot == boot else anchor.utc_ms)
    return max(found, default=None)


def _anchor(row: tuple[Any, ...]) -> Anchor:
    boot, mono_ms, utc_ms, error_ms, source = row
    return Anchor(boot, mono_ms, utc_ms, error_ms, AnchorSource(source))
