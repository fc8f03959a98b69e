"""The door at which a district's stations are ranked by hours."""

from fastapi import APIRouter, Request

from municipal.api.parts import parts_of
from municipal.errors import RequestError
from municipal.hours import studied
from municipal.month import is_month
from municipal.stores.stations import district_names, stations_in
from study.city_api import RANKING, RankingReply, RankingRow
from study.month import month_of

router = APIRouter()


@router.get(RANKING + "/{district}", response_model=None)
def get_ranking(request: Request, district: str, month: str = "") -> RankingReply:
    """Stations with hours in `month` (this month by default), most first; equal hours share a rank."""
    parts = parts_of(request)
    wanted = month or month_of(parts.clock())
    if not is_month(wanted):
        raise RequestError(400, "bad_month", "月份应形如 2026-11。")
    with parts.database.reading() as connection:
        if district not in district_names(connection):
            raise RequestError(404, "no_district", "没有这个区。")
        names: dict[str, str] = {
            station.number: station.name for station in stations_in(connection, district)
        }
        hours = studied(connection, wanted, district)
    ordered = sorted(hours.items(), key=lambda entry: (-entry[1], entry[0]))
    rows: list[RankingRow] = []
    for place, (number, effective_ms) in enumerate(ordered, start=1):
        tied = bool(rows) and rows[-1]["effective_ms"] == effective_ms
        rank = rows[-1]["rank"] if tied else place
        rows.append({"rank": rank, "number": number, "station": names[number], "effective_ms": effective_ms})
    return {"district": district, "month": wanted, "stations": len(names), "rows": rows}
