"""The list of viewing sessions, each with how far its record has come."""

from typing import Any

from sqlite_utils import Database as Tables

from agent.stores.courses.catalogue import KnownItem, known_item
from agent.stores.delivery.outbox import DELIVERED, WAITING
from study.anchor import from_utc_ms, to_utc_ms
from study.local_api import SessionEntry
from study.month import bounds
from study.rules import Kind, Why

OPEN, EXPORTED = "open", "exported"

_SELECT = (
    "SELECT s.*, r.state, r.exported FROM sessions s LEFT JOIN records r"
    " ON r.epoch_no = s.epoch_no AND r.seq = s.seq"
    " WHERE (s.played_ms > 0 OR s.open = 1 OR s.correction <> '')"
)


def sessions_of_month(tables: Tables, month: str, limit: int) -> list[SessionEntry]:
    """The month's sessions, also those whose day nobody knows, and those not placed yet; newest first.

    Raises ValueError if `month` is no "YYYY-MM".
    """
    first, end = (to_utc_ms(moment) for moment in bounds(month))
    rows = tables.query(
        f"{_SELECT} AND (s.opened_utc_ms >= ? AND s.opened_utc_ms < ?"
        " OR s.opened_utc_ms IS NULL AND coalesce(s.month, ?) = ?) ORDER BY s.session_id DESC LIMIT ?",
        [first, end, month, month, limit],
    )
    return [_entry(tables, row) for row in rows]


def last_sessions(tables: Tables, limit: int) -> list[SessionEntry]:
    """The last sessions of any month, newest first."""
    return [
        _entry(tables, row) for row in tables.query(f"{_SELECT} ORDER BY s.session_id DESC LIMIT ?", [limit])
    ]


def _entry(tables: Tables, row: dict[str, Any]) -> SessionEntry:
    item = known_item(tables, row["item_id"])
    utc_ms = row["opened_utc_ms"]
    return SessionEntry(
        session_id=str(row["session_id"]),
        opened_at=None if utc_ms is None else from_utc_ms(utc_ms).isoformat(timespec="milliseconds"),
        title=row["item_id"] if item is None else _title(item),
        episode=None if item is None else item.episode,
        kind=row["kind"],
        played_ms=row["played_ms"],
        covered_ms=row["covered_ms"],
        length_ms=row["length_ms"],
        effective_ms=row["effective_ms"],
        counted=row["why"] in (Why.COUNTED, Why.CAPPED),
        why=row["why"],
        state=_state(row),
        correction=row["correction"],
    )


def _title(item: KnownItem) -> str:
    is_programme = item.kind is Kind.LIVE and item.episode_title
    return f"{item.title}·{item.episode_title}" if is_programme else item.title


def _state(row: dict[str, Any]) -> str:
    if row["open"] or row["seq"] is None:
        return OPEN
    if row["state"] == WAITING and row["exported"] is not None:
        return EXPORTED
    # The record itself is let go long after it was delivered.
    return str(row["state"] or DELIVERED)
