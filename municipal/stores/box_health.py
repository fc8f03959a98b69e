"""What the boxes last told of themselves, in the database."""

from dataclasses import asdict, dataclass

from municipal.database import Connection, put, select
from municipal.tables import box_health, stations
from study.health import Health


@dataclass(frozen=True, slots=True)
class Told:
    """What came beside a signed call; each is None when it was left out or makes no sense."""

    backlog: int | None = None
    health: Health | None = None


@dataclass(frozen=True, slots=True)
class BoxRow:
    """A station with what is known of its box; a box that never called has no `last_seen_at_ms`."""

    number: str
    name: str
    district: str
    last_seen_at_ms: int | None
    backlog: int | None
    health: Health | None


def note_told(connection: Connection, station: str, told: Told, now_ms: int) -> None:
    """A station's box has called just now."""
    values = {"last_seen_at_ms": now_ms} | ({} if told.backlog is None else {"backlog": told.backlog})
    connection.execute(stations.update().where(stations.c.number == station).values(**values))
    health = told.health
    if health is not None:
        put(connection, box_health, {"station": station} | asdict(health))


def last_seen_at_ms(connection: Connection, station: str) -> int | None:
    """When a station's box last called."""
    query = select(stations.c.last_seen_at_ms).where(stations.c.number == station)
    seen: int | None = connection.execute(query).scalar_one_or_none()
    return seen


def all_boxes(connection: Connection) -> list[BoxRow]:
    """Every station with its box, by number."""
    joined = stations.outerjoin(box_health, box_health.c.station == stations.c.number)
    query = (
        select(stations, *(column for column in box_health.c if column.name != "station"))
        .select_from(joined)
        .order_by(stations.c.number)
    )
    return [
        BoxRow(
            row.number,
            row.name,
            row.district,
            row.last_seen_at_ms,
            row.backlog,
            None
            if row.version is None
            else Health(row.version, row.free_mb, row.refused, row.clock, row.warnings),
        )
        for row in connection.execute(query)
    ]
