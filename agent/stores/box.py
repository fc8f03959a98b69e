"""The box's identity: its epoch, its counter, its chain, and the station it is enrolled as."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sqlite_utils import Database as Tables

from study.record import ChainHash, chain_start
from study.station import Station, StationType
from study.units import BootId, Epoch, Seq, StationNumber

_EPOCH_BYTES = 8


@dataclass(frozen=True, slots=True)
class Box:
    """Who this box is; without a station it records all the same and delivers later."""

    epoch: Epoch
    station: Station | None
    key_id: str | None
    chain: ChainHash | None
    """After the last record that the platform settled."""


def make_box(tables: Tables, draw: Callable[[int], str] = secrets.token_hex) -> None:
    """Give a database that is being made its epoch."""
    tables.execute("INSERT INTO box (one, epoch, next_seq) VALUES (1, ?, 1)", [draw(_EPOCH_BYTES)])


def read_box(tables: Tables) -> Box:
    """The box as it stands."""
    [row] = tables.query("SELECT * FROM box")
    station = None
    if row["number"] is not None:
        number = StationNumber(row["number"])
        station = Station(number, row["name"], row["district"], StationType(row["type"]))
    return Box(Epoch(row["epoch"]), station, row["key_id"], row["chain"])


def enrol(tables: Tables, station: Station, key_id: str) -> None:
    """The platform has taken this box as `station`; the epoch's chain starts now.

    Asked twice at once, the first keeps its chain: a run may have been settled since.
    """
    chain = chain_start(station.number, read_box(tables).epoch)
    tables.execute(
        "UPDATE box SET number = ?, name = ?, district = ?, type = ?, key_id = ?, chain = ?"
        " WHERE number IS NULL",
        [station.number, station.name, station.district, station.type, key_id, chain],
    )


def move_chain(tables: Tables, chain: ChainHash) -> None:
    """The chain after one more settled run."""
    tables.execute("UPDATE box SET chain = ?", [chain])


def take_seq(tables: Tables) -> Seq:
    """The next number; lost with the transaction, so that numbers have no gaps."""
    [row] = tables.query("UPDATE box SET next_seq = next_seq + 1 RETURNING next_seq - 1 AS seq")
    return Seq(row["seq"])


def see_boot(tables: Tables, boot: BootId) -> None:
    """Note a boot, in the order in which boots were seen."""
    tables.execute("INSERT OR IGNORE INTO boots (boot_id) VALUES (?)", [boot])
