"""The station's record of a month."""

from agent.stores.box import read_box
from agent.stores.disk.database import Tables
from agent.stores.rankings import read_ranking
from agent.stores.sessions.hours import day_hours, month_hours
from agent.stores.sessions.session_list import sessions_of_month
from study.local_api import RankEntry, RankRow, RecordReply

_SESSIONS_MAX = 500


def month_record(tables: Tables, month: str) -> RecordReply:
    """Raises ValueError if `month` is no "YYYY-MM"."""
    hours = month_hours(tables, month)
    return RecordReply(
        month=month,
        effective_ms=hours["effective_ms"],
        unplaced_ms=hours["unplaced_ms"],
        days=day_hours(tables, month),
        rank=_rank(tables, month),
        sessions=sessions_of_month(tables, month, _SESSIONS_MAX),
    )


def _rank(tables: Tables, month: str) -> RankEntry | None:
    ranking, station = read_ranking(tables, month), read_box(tables).station
    if ranking is None or station is None:
        return None
    rows = [
        RankRow(
            rank=row["rank"],
            station=row["station"],
            effective_ms=row["effective_ms"],
            own=row["number"] == station.number,
        )
        for row in ranking["rows"]
    ]
    return RankEntry(district=ranking["district"], stations=ranking["stations"], rows=rows)
