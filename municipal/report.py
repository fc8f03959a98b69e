"""The month's report: hours by district and station type."""

from collections import defaultdict
from dataclasses import dataclass, field

from municipal.database import Connection, func, select
from municipal.offline import OfflineHours, added, approved_hours
from municipal.stores.stations import district_names
from municipal.tables import high_water, quarantine, records, stations
from study.rules import Kind
from study.station import StationType
from study.units import Milliseconds


@dataclass(frozen=True, slots=True)
class DistrictHours:
    """One row: a district's hours by type; a type of which it has no station is not in it."""

    district: str
    by_type: dict[StationType, Milliseconds]

    @property
    def total_ms(self) -> Milliseconds:
        return Milliseconds(sum(self.by_type.values()))


@dataclass(frozen=True, slots=True)
class Report:
    """One month of the city. Only sessions that count and that no other record replaces make hours."""

    month: str
    districts: tuple[DistrictHours, ...]
    records: int
    """Study records whose session began in the month, whether or not they count; without readings."""
    counted: int
    replaced: int
    unplaced: int
    """Records of any month, standing and counted, that no anchor places yet."""
    unplaced_ms: Milliseconds
    set_aside: int
    """Records of any month in quarantine."""
    repeated: int
    """Records delivered once more than needed, of any month; they change no other figure."""
    readings: int
    """How often articles were read in the month, by records that stand; no hours."""
    offline: dict[str, OfflineHours] = field(default_factory=dict)
    """Approved offline study by district, beside all other hours."""

    @property
    def city(self) -> DistrictHours:
        """All districts together."""
        sums: dict[StationType, Milliseconds] = {}
        for kind in StationType:
            cells = [row.by_type[kind] for row in self.districts if kind in row.by_type]
            if cells:
                sums[kind] = Milliseconds(sum(cells))
        return DistrictHours("合计", sums)

    def offline_of(self, row: DistrictHours) -> OfflineHours:
        """Of a row; of the city's row all together."""
        if row == self.city:
            return added(self.offline.values())
        return self.offline.get(row.district, added(()))


def draw_report(connection: Connection, month: str) -> Report:
    """Add up a month, "2026-11": the calendar month, in the stations' time, in which a session began."""
    table = records.c
    of_month = (table.record_kind == "study") & (table.month == month) & (table.kind != Kind.ARTICLE)
    reading = (table.month == month) & (table.kind == Kind.ARTICLE) & table.stands & (table.played_ms > 0)
    nowhere = (table.record_kind == "study") & table.month.is_(None) & table.stands & table.counted
    unplaced = select(func.count(), func.coalesce(func.sum(table.effective_ms), 0)).where(nowhere)
    unplaced_count, unplaced_ms = connection.execute(unplaced).one()
    return Report(
        month=month,
        districts=_district_hours(connection, month),
        offline=approved_hours(connection, month),
        records=_count(connection, of_month),
        readings=_count(connection, reading),
        counted=_count(connection, of_month & table.stands & table.counted),
        replaced=_count(connection, of_month & ~table.stands),
        unplaced=unplaced_count,
        unplaced_ms=Milliseconds(int(unplaced_ms)),
        set_aside=int(connection.execute(select(func.count()).select_from(quarantine)).scalar_one()),
        repeated=int(
            connection.execute(select(func.coalesce(func.sum(high_water.c.repeated), 0))).scalar_one()
        ),
    )


def station_hours(connection: Connection, month: str, district: str) -> dict[str, Milliseconds]:
    """Hours of each station of a district that has any in the month."""
    table = records.c
    total = func.sum(table.effective_ms).label("total")
    query = (
        select(table.station, total)
        .join_from(records, stations, stations.c.number == table.station)
        .where((table.month == month) & table.stands & table.counted & (stations.c.district == district))
        .group_by(table.station)
    )
    return {row.station: Milliseconds(int(row.total)) for row in connection.execute(query)}


def _district_hours(connection: Connection, month: str) -> tuple[DistrictHours, ...]:
    table = records.c
    has = select(stations.c.district, stations.c.type).distinct()
    total = func.sum(table.effective_ms).label("total")
    studied = (
        select(stations.c.district, stations.c.type, total)
        .join_from(records, stations, stations.c.number == table.station)
        .where((table.month == month) & table.stands & table.counted)
        .group_by(stations.c.district, stations.c.type)
    )
    cells: dict[str, dict[StationType, Milliseconds]] = defaultdict(dict)
    for district, kind in connection.execute(has):
        cells[district][StationType(kind)] = Milliseconds(0)
    for district, kind, effective_ms in connection.execute(studied):
        cells[district][StationType(kind)] = Milliseconds(int(effective_ms))
    return tuple(DistrictHours(name, cells[name]) for name in district_names(connection))


def _count(connection: Connection, where: object) -> int:
    query = select(func.count()).select_from(records).where(where)  # type: ignore[arg-type]
    return int(connection.execute(query).scalar_one())
