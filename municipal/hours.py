"""Hours of a month: of each station, and of each district by type of station."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from municipal.database import Connection, func, select
from municipal.tables import records, stations
from study.station import Station, StationType
from study.units import Milliseconds

SUM = "合计"
"""What the row of all districts together is called."""
ROUNDING = "学时为小时，由整毫秒换算，每格各自四舍五入到两位小数；合计先按毫秒相加再舍入。"
DASH = "“-”表示没有这一类站点，0.00 表示有站点但没有学时。"
WHICH_MONTH = "学时归入该次学习开始的月份（北京时间）；只计按规则有效、且未被后来记录替换的学习。"
"""Notes below every table of hours."""


@dataclass(frozen=True, slots=True)
class StationHours:
    """What counts of one station in a month; 0 of one that did not study."""

    station: Station
    effective_ms: Milliseconds


@dataclass(frozen=True, slots=True)
class DistrictHours:
    """One row: a district's hours by type; a type of which it has no station is not in it."""

    district: str
    by_type: dict[StationType, Milliseconds]

    @property
    def total_ms(self) -> Milliseconds:
        return Milliseconds(sum(self.by_type.values()))


def studied(connection: Connection, month: str, district: str | None = None) -> dict[str, Milliseconds]:
    """Of each station that has any, by its number, of one district or of all: sessions that count, and that
    no other record replaces."""
    table = records.c
    query = (
        select(table.station, func.sum(table.effective_ms).label("total"))
        .where((table.month == month) & table.stands & table.counted)
        .group_by(table.station)
    )
    if district is not None:
        query = query.join_from(records, stations, stations.c.number == table.station).where(
            stations.c.district == district
        )
    return {row.station: Milliseconds(int(row.total)) for row in connection.execute(query)}


def hours_of(found: Iterable[Station], held: dict[str, Milliseconds]) -> tuple[StationHours, ...]:
    """The stations with their hours."""
    return tuple(StationHours(station, held.get(station.number, Milliseconds(0))) for station in found)


def hours_by_district(names: Iterable[str], found: Iterable[StationHours]) -> tuple[DistrictHours, ...]:
    """A row for each district, in this order."""
    cells: dict[str, dict[StationType, Milliseconds]] = defaultdict(dict)
    for one in found:
        row, kind = cells[one.station.district], one.station.type
        row[kind] = Milliseconds(row.get(kind, 0) + one.effective_ms)
    return tuple(DistrictHours(name, cells[name]) for name in names)


def city_hours(rows: Iterable[DistrictHours]) -> DistrictHours:
    """All districts together."""
    sums: dict[StationType, int] = {}
    for row in rows:
        for kind, effective_ms in row.by_type.items():
            sums[kind] = sums.get(kind, 0) + effective_ms
    return DistrictHours(SUM, {k: Milliseconds(sums[k]) for k in StationType if k in sums})
