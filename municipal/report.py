"""The month's report: hours by district and station type."""

from dataclasses import dataclass, field

from municipal.database import Connection, func, select
from municipal.hours import DistrictHours, city_hours, hours_by_district, hours_of, studied
from municipal.offline import OfflineHours, added, approved_hours
from municipal.stores.stations import all_stations, district_names
from municipal.tables import high_water, quarantine, records
from study.rules import Kind
from study.units import Milliseconds


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
        return city_hours(self.districts)

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
    found = [row.station for row in all_stations(connection)]
    return Report(
        month=month,
        districts=hours_by_district(district_names(connection), hours_of(found, studied(connection, month))),
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


def _count(connection: Connection, where: object) -> int:
    query = select(func.count()).select_from(records).where(where)  # type: ignore[arg-type]
    return int(connection.execute(query).scalar_one())
