"""Standings: how far each registered offline study has come, and what the level above said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlite_utils import Database as Tables

from agent.stores.delivery.outbox import DELIVERED, REFUSED
from agent.stores.offline.registering import OfflineStudy, study_of
from study.city_api import OfflineStandingEntry

_ALL = (
    "SELECT o.*, r.state, r.words AS refusal, s.standing, s.words, s.decided_utc_ms FROM offline o"
    " LEFT JOIN epochs e ON e.number = o.epoch_no"
    " LEFT JOIN records r ON r.epoch_no = o.epoch_no AND r.seq = o.seq"
    " LEFT JOIN offline_standings s ON s.epoch = e.epoch AND s.seq = o.seq"
)


class Standing(StrEnum):
    """From registering to approval."""

    WAITING_KEY = "waiting_key"
    """The city has not told the box the key of its pseudonyms yet, or the roster does not open."""
    WAITING_DELIVERY = "waiting_delivery"
    DELIVERED = "delivered"
    """It waits for approval."""
    APPROVED = "approved"
    RETURNED = "returned"
    REFUSED = "refused"
    """The city's intake could not take it; `words` say why."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class RegisteredOffline:
    """One registration, and what became of it."""

    offline_id: int
    study: OfflineStudy
    standing: Standing
    words: str
    """Of the level above; empty where it said nothing."""
    decided_utc_ms: int | None


def registered_offline(tables: Tables) -> list[RegisteredOffline]:
    """All, the last held first."""
    rows = tables.query(f"{_ALL} ORDER BY o.day DESC, o.begins DESC, o.offline_id DESC")
    return [_registered(tables, row) for row in rows]


def one_offline(tables: Tables, offline_id: int) -> RegisteredOffline | None:
    rows = tables.query(f"{_ALL} WHERE o.offline_id = ?", [offline_id])
    return next((_registered(tables, row) for row in rows), None)


def awaits_word(tables: Tables) -> bool:
    """Whether any of them is with the city and not approved: it may be asked."""
    waiting = (Standing.DELIVERED, Standing.RETURNED)
    return any(one.standing in waiting for one in registered_offline(tables))


def keep_standings(tables: Tables, told: Iterable[OfflineStandingEntry]) -> None:
    """What the city has just said takes the place of what it said before."""
    tables.execute("DELETE FROM offline_standings")
    for entry in told:
        tables.execute(
            "INSERT OR REPLACE INTO offline_standings VALUES (?, ?, ?, ?, ?)",
            [entry["epoch"], entry["seq"], entry["standing"], entry["words"], entry["decided_utc_ms"]],
        )


def _registered(tables: Tables, row: dict[str, Any]) -> RegisteredOffline:
    words = row["refusal"] if row["state"] == REFUSED else row["words"]
    return RegisteredOffline(
        row["offline_id"], study_of(tables, row), _standing(row), words or "", row["decided_utc_ms"]
    )


def _standing(row: dict[str, Any]) -> Standing:
    if row["minutes"] == 0:
        return Standing.WITHDRAWN
    if row["due"]:
        return Standing.WAITING_KEY
    if row["state"] == REFUSED:
        return Standing.REFUSED
    if row["standing"] is not None:
        return Standing(row["standing"])
    # One let go long after its delivery has no row any more.
    return Standing.DELIVERED if row["state"] in (DELIVERED, None) else Standing.WAITING_DELIVERY
