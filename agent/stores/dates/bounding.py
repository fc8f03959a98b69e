"""Bounding: the months of sessions whose boots no anchor dates, by the boots before them and after."""

from sqlite_utils import Database as Tables

from agent.stores.dates.moments import anchors_by_boot
from study.anchor import best_anchor, floor_of
from study.bounds import NOWHERE, Boot, Span, month_between, spans
from study.units import BootId, MonotonicMs


def bound_sessions(tables: Tables) -> None:
    """Give every session without a date the month that its bounds leave it, or none."""
    boots = _boots(tables)
    found = spans(boots.values())
    for boot_id, boot in boots.items():
        if boot.anchor is None:
            _bound_boot(tables, boot_id, found.get(boot.ordinal, NOWHERE), boot.known_ms)


def _bound_boot(tables: Tables, boot: BootId, span: Span, known_ms: MonotonicMs) -> None:
    whole = month_between(span.at(MonotonicMs(0))[0], span.at(known_ms)[1])
    if whole is not None or not span.is_narrow:
        # One statement for most boots: a box may come back from a year of evenings without a clock.
        tables.execute(
            "UPDATE sessions SET month = ? WHERE boot_id = ? AND opened_utc_ms IS NULL AND month IS NOT ?",
            [whole, boot, whole],
        )
        return
    rows = tables.execute(
        "SELECT session_id, opened_ms, month FROM sessions WHERE boot_id = ? AND opened_utc_ms IS NULL",
        [boot],
    ).fetchall()
    for session_id, opened_ms, held in rows:
        month = span.month_at(opened_ms)
        if month != held:
            tables.execute("UPDATE sessions SET month = ? WHERE session_id = ?", [month, session_id])


def _boots(tables: Tables) -> dict[BootId, Boot]:
    anchors = anchors_by_boot(tables)
    rows = tables.execute(
        "SELECT ordinal, boot_id, (SELECT max(last_ms) FROM plays p WHERE p.boot_id = b.boot_id) FROM boots b"
    )
    return {
        boot_id: Boot(
            ordinal,
            MonotonicMs(max(0, last_ms or 0, *(anchor.mono_ms for anchor in anchors[boot_id]))),
            best_anchor(anchors[boot_id], boot_id),
            floor_of(anchors[boot_id], boot_id),
        )
        for ordinal, boot_id, last_ms in rows
    }
