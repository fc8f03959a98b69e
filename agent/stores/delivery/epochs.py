"""Epochs: each database's own numbering of records, with how far the platform has settled it."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sqlite_utils import Database as Tables

from study.record import ChainHash, chain_start
from study.units import Epoch, Seq, StationNumber

_EPOCH_BYTES = 8


@dataclass(frozen=True, slots=True)
class EpochState:
    """One epoch; the box writes into its last, and may still deliver from earlier ones."""

    number: int
    epoch: Epoch
    next_seq: Seq
    settled: int
    """Up to here every record is delivered or refused."""
    chain: ChainHash | None
    """After record `settled`; None until the box is enrolled."""
    high_water: int
    """Up to where the platform last said that it holds everything."""
    pruned: int
    """Up to here the records themselves have been let go, long after they were settled."""
    pruned_chain: ChainHash | None
    """After record `pruned`."""


def begin(tables: Tables, draw: Callable[[int], str] = secrets.token_hex) -> EpochState:
    """A new epoch, for a database that is made, salvaged or restored: its numbers begin at 1.

    What waits in earlier epochs keeps its number there, so that the platform knows it again.
    """
    add_epoch(tables, Epoch(draw(_EPOCH_BYTES)))
    [[number]] = tables.execute("SELECT number FROM box").fetchall()
    if number is not None:
        start_chains(tables, StationNumber(number))
    return current(tables)


def add_epoch(tables: Tables, epoch: Epoch) -> int:
    """An epoch of which nothing is settled, behind those that are here; its number."""
    cursor = tables.execute(
        "INSERT INTO epochs (epoch, next_seq, settled, high_water) VALUES (?, 1, 0, 0)", [epoch]
    )
    return int(cursor.lastrowid or 0)


def current(tables: Tables) -> EpochState:
    """The epoch that is written."""
    return _states(tables, "ORDER BY number DESC LIMIT 1")[0]


def all_epochs(tables: Tables) -> list[EpochState]:
    """Every epoch, oldest first."""
    return _states(tables, "ORDER BY number")


def read_epoch(tables: Tables, number: int) -> EpochState:
    """One epoch by its number."""
    return _states(tables, "WHERE number = ?", number)[0]


def start_chains(tables: Tables, station: StationNumber) -> None:
    """The box has a station: the chains that have not started begin."""
    for state in _states(tables, "WHERE chain IS NULL"):
        start = chain_start(station, state.epoch)
        tables.execute(
            "UPDATE epochs SET chain = ?, pruned_chain = ? WHERE number = ?", [start, start, state.number]
        )


def take_seq(tables: Tables) -> Seq:
    """The next number; lost with the transaction, so that numbers have no gaps."""
    row = tables.execute(
        "UPDATE epochs SET next_seq = next_seq + 1 WHERE number = (SELECT max(number) FROM epochs)"
        " RETURNING next_seq - 1"
    ).fetchone()
    return Seq(row[0])


def move_chain(tables: Tables, number: int, settled: int, chain: ChainHash) -> None:
    """Everything up to `settled` is settled, and the chain stands at `chain` after it."""
    tables.execute("UPDATE epochs SET settled = ?, chain = ? WHERE number = ?", [settled, chain, number])


def note_pruned(tables: Tables, number: int, pruned: int, chain: ChainHash) -> None:
    """The records up to `pruned` are gone; the chain stood at `chain` after them."""
    tables.execute("UPDATE epochs SET pruned = ?, pruned_chain = ? WHERE number = ?", [pruned, chain, number])


def note_mark(tables: Tables, number: int, high_water: int) -> None:
    """The platform has named its high-water mark."""
    tables.execute("UPDATE epochs SET high_water = ? WHERE number = ?", [high_water, number])


def _states(tables: Tables, which: str, *values: int) -> list[EpochState]:
    columns = "number, epoch, next_seq, settled, chain, high_water, pruned, pruned_chain"
    rows = tables.execute(f"SELECT {columns} FROM epochs {which}", list(values))  # noqa: S608  fixed texts
    return [EpochState(*row) for row in rows.fetchall()]
