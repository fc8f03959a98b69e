"""Stations in the database, with their districts and accounts."""

from dataclasses import dataclass

from municipal.database import Connection, RowMapping, func, hold, put, select
from municipal.tables import districts, stations
from study.station import Station, StationType
from study.units import StationNumber


@dataclass(frozen=True, slots=True)
class StationRow:
    """A station as the platform keeps it."""

    station: Station
    street: str
    account: str


def district_names(connection: Connection) -> tuple[str, ...]:
    """All districts, in the bulletin's order."""
    rows = connection.execute(select(districts.c.name).order_by(districts.c.position, districts.c.name))
    return tuple(rows.scalars())


def add_district(connection: Connection, name: str) -> None:
    """Put a district behind the others."""
    hold(connection, "districts")
    last = connection.execute(select(func.coalesce(func.max(districts.c.position), 0))).scalar_one()
    connection.execute(districts.insert().values(name=name, position=last + 1))


def station_of(connection: Connection, number: str) -> StationRow | None:
    """The station with this number."""
    found = connection.execute(stations.select().where(stations.c.number == number)).mappings().first()
    return _row(found) if found else None


def station_of_account(connection: Connection, account: str) -> StationRow | None:
    """The station to which the city gave this account."""
    found = connection.execute(stations.select().where(stations.c.account == account)).mappings().first()
    return _row(found) if found else None


def all_stations(connection: Connection) -> tuple[StationRow, ...]:
    """Every station, by number."""
    rows = connection.execute(stations.select().order_by(stations.c.number)).mappings()
    return tuple(_row(row) for row in rows)


def stations_in(connection: Connection, district: str) -> tuple[Station, ...]:
    """The stations of one district, by number."""
    query = stations.select().where(stations.c.district == district).order_by(stations.c.number)
    return tuple(_row(row).station for row in connection.execute(query).mappings())


def put_station(connection: Connection, row: StationRow) -> None:
    """Add a station or change it."""
    station = row.station
    values = {
        "number": station.number,
        "name": station.name,
        "district": station.district,
        "street": row.street,
        "type": station.type.value,
        "due": station.due,
        "account": row.account,
    }
    put(connection, stations, values)


def hold_station(connection: Connection, number: str) -> None:
    """Let no other transaction work on this station until this one ends.

    SQLite has one writer anyway; elsewhere several workers may be handed runs of one box at once.
    """
    connection.execute(select(stations.c.number).where(stations.c.number == number).with_for_update()).all()


def _row(row: RowMapping) -> StationRow:
    station = Station(
        StationNumber(row["number"]), row["name"], row["district"], StationType(row["type"]), row["due"]
    )
    return StationRow(station, row["street"], row["account"])
