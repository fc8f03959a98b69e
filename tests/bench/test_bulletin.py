"""The bench of the bulletin measures a month that has figures."""

from pathlib import Path

from bench.bulletin import SESSIONS, fill, measure
from municipal.bulletin.drawing import draw_bulletin
from municipal.database import open_database, sqlite_url


def test_a_small_month_is_filled_and_drawn(tmp_path: Path) -> None:
    found = measure(tmp_path, 20, 2)
    assert (found["records"], len(found["rounds"])) == (20 * SESSIONS, 2)
    assert 0 < found["figures_s"] <= found["month_s"]


def test_what_it_draws_has_hours_of_every_district_and_views(tmp_path: Path) -> None:
    database = open_database(sqlite_url(tmp_path / "city.db"))
    fill(database, 32)
    with database.reading() as connection:
        bulletin = draw_bulletin(connection, "2026-11")
    database.close()
    assert all(row.total_ms > 0 for row in bulletin.hours)
    assert len(bulletin.top_courses) == len(bulletin.top_stations) == 10
