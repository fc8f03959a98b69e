"""The box's identity: the station it is enrolled as, and the boots it has seen."""

from dataclasses import dataclass

from sqlite_utils import Database as Tables

from agent.stores.delivery.epochs import start_chains
from study.station import Station, StationType
from study.units import BootId, StationNumber


@dataclass(frozen=True, slots=True)
class Box:
    """Who this box is; without a station it records all the same and delivers later."""

    station: Station | None
    key_id: str | None


def read_box(tables: Tables) -> Box:
    """The box as it stands."""
    [row] = tables.query("SELECT * FROM box")
    station = None
    if row["number"] is not None:
        number = StationNumber(row["number"])
        station = Station(number, row["name"], row["district"], StationType(row["type"]))
    return Box(station, row["key_id"])


def enrol(tables: Tables, station: Station, key_id: str) -> None:
    """The platform has taken this box as `station`; its chains start now.

    Asked twice at once, what started first goes on: a run may have been settled since.
    """
    tables.execute(
        "UPDATE box SET number = ?, name = ?, district = ?, type = ?, key_id = ? WHERE number IS NULL",
        [station.number, station.name, station.district, station.type, key_id],
    )
    start_chains(tables, station.number)


def change_key(tables: Tables, key_id: str) -> None:
    """The platform knows the box by another key from now on."""
    tables.execute("UPDATE box SET key_id = ?", [key_id])


def see_boot(tables: Tables, boot: BootId) -> None:
    """Note a boot that has begun, in the order in which the box saw them begin."""
    tables.execute("INSERT OR IGNORE INTO boots (boot_id) VALUES (?)", [boot])


def boot_ordinal(tables: Tables, boot: BootId) -> int:
    """The how-manieth boot of the box it is; 0 where the box did not see it begin."""
    row = tables.execute("SELECT ordinal FROM boots WHERE boot_id = ?", [boot]).fetchone()
    return 0 if row is None else int(row[0])
