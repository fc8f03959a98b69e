"""Receipts of parcels in the database: whom they are believed from, and what they settle."""

from dataclasses import dataclass

from sqlite_utils import Database as Tables

from agent.stores.delivery.epochs import all_epochs, note_mark, read_epoch
from agent.stores.delivery.outbox import follow_mark, settle
from agent.stores.delivery.reissue import is_older, reissue
from study.receipt import Receipt, Taken
from study.units import Epoch

SLICE = 2_000
"""Records settled in one transaction, so that the television's reports get in between."""


@dataclass(frozen=True, slots=True)
class Settled:
    """How many records a receipt, or a slice of it, has settled."""

    delivered: int
    refused: int


def platform_key(tables: Tables) -> bytes | None:
    """The raw public key of the platform; None while the box has not been told."""
    row = tables.execute("SELECT platform_key FROM box").fetchone()
    return None if row is None else row[0]


def keep_platform_key(tables: Tables, key: bytes) -> None:
    """Believe receipts that are signed by this key, and no others."""
    tables.execute("UPDATE box SET platform_key = ?", [key])


def own_epochs(tables: Tables, receipt: Receipt) -> dict[Epoch, int]:
    """The numbers of the epochs in a receipt that are this box's own; none for another box's receipt."""
    named = {taken.epoch for taken in receipt.taken}
    return {state.epoch: state.number for state in all_epochs(tables) if state.epoch in named}


def is_known(tables: Tables, receipt: Receipt) -> bool:
    """Whether this receipt, or a later one of the same parcel, was imported before.

    It must not be followed again: the platform may have lost and named anew what it says.
    """
    row = tables.execute("SELECT utc_ms FROM receipts WHERE parcel = ?", [receipt.parcel]).fetchone()
    return row is not None and row[0] >= receipt.utc_ms


def note_receipt(tables: Tables, receipt: Receipt) -> None:
    """The receipt is imported."""
    tables.execute(
        "INSERT INTO receipts (parcel, utc_ms) VALUES (?, ?)"
        " ON CONFLICT (parcel) DO UPDATE SET utc_ms = max(utc_ms, excluded.utc_ms)",
        [receipt.parcel, receipt.utc_ms],
    )


def settle_slice(tables: Tables, epoch_no: int, taken: Taken, first: int, utc_ms: int) -> Settled:
    """Settle up to SLICE records of what the platform has taken, from `first` on."""
    last = min(taken.last, first + SLICE - 1)
    named = [refusal for refusal in taken.refusals if first <= refusal.seq <= last]
    before, refused_before = _counts(tables, epoch_no, first, last)
    settle(tables, epoch_no, first, last, named, utc_ms)
    after, refused_after = _counts(tables, epoch_no, first, last)
    refused = refused_after - refused_before
    return Settled(before - after - refused, refused)


def compare_mark(tables: Tables, epoch_no: int, taken: Taken) -> int:
    """What the platform holds beside what this box knows; how many records wait again.

    Unlike a reply of the network a receipt may be weeks old, so a low mark alone proves nothing. But a
    mark below the parcel's own beginning does: that, the platform had held when the parcel was made.
    """
    state = read_epoch(tables, epoch_no)
    if is_older(tables, epoch_no, taken.high_water, taken.refusals):
        return reissue(tables, epoch_no)
    if taken.high_water < min(taken.first - 1, state.high_water):
        return follow_mark(tables, epoch_no, taken.high_water)
    if taken.high_water > state.high_water:
        note_mark(tables, epoch_no, taken.high_water)
    return 0


def _counts(tables: Tables, epoch_no: int, first: int, last: int) -> tuple[int, int]:
    """How many wait in the range, and how many in it are refused."""
    row = tables.execute(
        "SELECT count(*) FILTER (WHERE state = 'waiting'), count(*) FILTER (WHERE state = 'refused')"
        " FROM records WHERE epoch_no = ? AND seq BETWEEN ? AND ?",
        [epoch_no, first, last],
    ).fetchone()
    return row[0], row[1]
