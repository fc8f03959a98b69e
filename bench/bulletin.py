"""How long a month's bulletin takes: 8,435 stations with 60 sessions each, on SQLite."""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from bench.result import Target, write_result
from municipal.bulletin.drawing import draw_bulletin
from municipal.bulletin.page import as_page
from municipal.bulletin.sheets import sheets_of
from municipal.bulletin.workbook import as_workbook
from municipal.database import Database, open_database, sqlite_url
from municipal.stores.stations import StationRow, add_district, put_station
from municipal.tables import courses, records
from study.rules import CURRENT, Kind, Terminal, Why, judge
from study.station import Station, StationType
from study.units import HOUR_MS, MINUTE_MS, Milliseconds, StationNumber

STATIONS, SESSIONS, DISTRICTS, COURSES = 8_435, 60, 16, 2_000
MONTH = "2026-11"
MONTH_S_MAX = 2.0
AT_ONCE = 10_000
CONTENT_BYTES = 260
"""Of a study record with one watch interval."""
BEGAN_MS = 1_793_462_400_000


def fill(database: Database, stations: int) -> int:
    """As intake would have kept them; how many records."""
    database.create_tables()
    with database.writing() as connection:
        for number in range(DISTRICTS):
            add_district(connection, f"区{number}")
        for number in range(stations):
            kind = tuple(StationType)[number % len(StationType)]
            station = Station(
                StationNumber(_station(number)), f"站点{number}", f"区{number % DISTRICTS}", kind
            )
            put_station(connection, StationRow(station, "街道", f"a{number}"))
        connection.execute(courses.insert(), [_course(number) for number in range(COURSES)])
    count = 0
    with database.writing() as connection:
        for rows in _chunks(stations):
            connection.execute(records.insert(), rows)
            count += len(rows)
    return count


def _station(number: int) -> str:
    return f"S{number:05}"


def _course(number: int) -> dict[str, Any]:
    told = {"topic": "", "monthly": "", "cover_path": "", "revision": 1, "removed": False}
    category = f"分类{number % 9}"
    named = {"course_id": str(number), "title": f"课程{number}", "producer": "讲师团", "category": category}
    return {**named, **told, "position": number}


def _chunks(stations: int) -> Iterator[list[dict[str, Any]]]:
    dice = random.Random(1)  # noqa: S311  the same at every run
    rows: list[dict[str, Any]] = []
    for number in range(stations):
        for seq in range(1, SESSIONS + 1):
            rows.append(_record(dice, _station(number), seq))
        if len(rows) >= AT_ONCE:
            yield rows
            rows = []
    if rows:
        yield rows


def _record(dice: random.Random, station: str, seq: int) -> dict[str, Any]:
    played_ms = dice.randrange(MINUTE_MS, HOUR_MS)
    verdict = judge(CURRENT, Terminal.TV, Kind.VOD, Milliseconds(played_ms), Milliseconds(HOUR_MS))
    return {
        **{
            "station": station,
            "epoch": "00112233445566aa",
            "seq": seq,
            "content": dice.randbytes(CONTENT_BYTES),
        },
        **{"content_sha256": dice.randbytes(32), "chain_before": dice.randbytes(32)},
        **{"chain_after": dice.randbytes(32), "received_at_ms": BEGAN_MS, "record_kind": "study"},
        **{"item_id": f"{dice.randrange(COURSES)}.1", "kind": Kind.VOD.value, "terminal": Terminal.TV.value},
        **{"screen": "tv-1", "boot": "b5c1a1d0-0000-4000-8000-000000000001", "opened_ms": seq * HOUR_MS},
        **{"length_ms": HOUR_MS, "played_ms": played_ms, "covered_ms": played_ms, "overlap_ms": 0},
        **{"rule": CURRENT, "effective_ms": verdict.effective_ms, "why": verdict.why.value},
        **{"counted": verdict.why is Why.COUNTED, "replaces": None, "stands": True},
        **{"started_at_ms": BEGAN_MS + seq * HOUR_MS, "month": MONTH},
    }


def drawn(database: Database) -> tuple[float, float]:
    """Seconds until the figures are there, and until page and workbook are written."""
    began = time.monotonic()
    with database.reading() as connection:
        sheets = sheets_of(draw_bulletin(connection, MONTH))
    figures_s = time.monotonic() - began
    as_page(MONTH, sheets)
    as_workbook(MONTH, sheets)
    return figures_s, time.monotonic() - began


def measure(folder: Path, stations: int, rounds: int) -> dict[str, Any]:
    database = open_database(sqlite_url(folder / "municipal.db"))
    began = time.monotonic()
    count = fill(database, stations)
    filled_s = time.monotonic() - began
    found = [drawn(database) for _round in range(rounds)]
    database.close()
    return {
        "records": count,
        "filled_s": filled_s,
        "figures_s": median(figures for figures, _whole in found),
        "month_s": median(whole for _figures, whole in found),
        "rounds": [list(one) for one in found],
    }


def main(argv: list[str] | None = None) -> int:
    """0 when the target is met."""
    parser = argparse.ArgumentParser(prog="python -m bench.bulletin", description="一个月的通报要多久")
    parser.add_argument("--stations", type=int, default=STATIONS)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args(argv)
    load_before = os.getloadavg()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), asked.stations, asked.rounds)
    target = Target("month_s", found["month_s"], MONTH_S_MAX, "less")
    write_result("bulletin", asked.rounds, load_before, [target], found)
    return 0 if target.met else 1


if __name__ == "__main__":
    sys.exit(main())
