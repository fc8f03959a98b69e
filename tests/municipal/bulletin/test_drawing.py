"""The bulletin of a small city: what is compared, what is asked, and of equals who comes first."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from municipal.bulletin.drawing import draw_bulletin
from municipal.bulletin.sheets import Percent, Sheet, sheets_of
from municipal.database import Database
from municipal.intake.taking import take_in
from municipal.month import month_before, year_before
from municipal.stores.stations import put_station
from study.participation import change_rate
from study.record import Record
from study.rules import Kind
from study.units import BootId, ItemId, MonotonicMs, Seq
from tests.municipal.box import HOUR, MINUTE, anchor, runs_of, study
from tests.municipal.city import STATIONS

LATER = datetime(2026, 12, 31, tzinfo=UTC)
MONTHS = {
    "b-2025-11": datetime(2025, 11, 10, 4, tzinfo=UTC),
    "b-2026-10": datetime(2026, 10, 10, 4, tzinfo=UTC),
    "b-2026-11": datetime(2026, 11, 10, 4, tzinfo=UTC),
}


def session(boot: str, played_ms: int, **told: Any) -> Record:
    return study(1, played_ms, boot=BootId(boot), **told)


def deliver(database: Database, station: str, *told: Record) -> None:
    """Numbered as they come, an hour apart, each boot with its anchor."""
    dated = [anchor(1, 0, began, BootId(boot)) for boot, began in MONTHS.items()]
    held: list[Record] = []
    for number, record in enumerate((*dated, *told), start=1):
        again = replace(record, seq=Seq(number))
        if number > len(dated):
            again = replace(again, opened_ms=MonotonicMs(number * HOUR))  # type: ignore[call-arg]
        held.append(again)
    for run in runs_of(station, held):
        assert take_in(database, run, None, LATER).refusals == ()


def sheet(database: Database, name: str, month: str = "2026-11") -> Sheet:
    with database.reading() as connection:
        return next(one for one in sheets_of(draw_bulletin(connection, month)) if one.name == name)


def test_a_month_stands_beside_the_last_the_year_before_and_all(database: Database) -> None:
    deliver(
        database,
        "V1",
        session("b-2025-11", 15 * MINUTE),
        session("b-2026-10", 60 * MINUTE),
        session("b-2026-11", 30 * MINUTE),
        session("b-2026-11", 5 * MINUTE),  # a view that does not count
        session("b-2026-11", MINUTE, kind=Kind.ARTICLE, length_ms=0, item_id=ItemId("article:1")),
    )
    rows = {str(row[0]): row[1:] for row in sheet(database, "overview").rows}
    assert rows["有效学时（小时）"] == (
        *(Decimal("0.50"), Decimal("1.00"), Percent("-50.00%")),
        *(Decimal("0.25"), Percent("+100.00%"), Decimal("1.75")),
    )
    assert rows["课程点击（次）"] == (2, 1, Percent("+100.00%"), 1, Percent("+100.00%"), 4)
    assert rows["图文阅读（次）"] == (1, 0, None, 0, None, 1)
    assert rows["参学站点（个）"] == (1, 1, Percent("0.00%"), 1, Percent("0.00%"), 1)


def test_who_is_not_due_is_in_the_hours_and_not_in_the_rate(database: Database) -> None:
    with database.writing() as connection:
        put_station(connection, replace(STATIONS[1], station=replace(STATIONS[1].station, due=False)))
    deliver(database, "C1", session("b-2026-11", 60 * MINUTE))
    hours = {row[0]: row[1:] for row in sheet(database, "hours_by_district").rows}
    assert hours["密云"] == (None, Decimal("1.00"), None, None, None, Decimal("1.00"))
    assert hours["延庆"] == (None,) * 6
    rate = {row[0]: row[1:] for row in sheet(database, "participation").rows}
    assert rate["密云"] == (None, None, None, None, 0, 1, 1, Percent("0.00%"))
    means = {row[0]: row[1:] for row in sheet(database, "mean_hours").rows}
    assert means["密云"] == (1, Decimal("1.00"), Decimal("1.00"))
    assert means["延庆"] == (0, Decimal("0.00"), None)
    assert means["合计"] == (2, Decimal("1.00"), Decimal("0.50"))


def test_of_equals_the_one_with_the_lower_number_comes_first(database: Database) -> None:
    for station in ("C2", "C1"):
        told = [session("b-2026-11", 30 * MINUTE, item_id=ItemId(item)) for item in ("10.1", "9.1")]
        deliver(database, station, *told)
    assert [row[1] for row in sheet(database, "top_stations").rows] == ["鼓楼社区", "太古石社区"]
    # Courses that the catalogue never had stand by their numbers.
    assert [row[1] for row in sheet(database, "top_courses").rows] == ["9", "10"]


@pytest.mark.parametrize(
    ("month", "before", "year"), [("2015-01", "2014-12", "2014-01"), ("2026-11", "2026-10", "2025-11")]
)
def test_the_months_beside_a_month(month: str, before: str, year: str) -> None:
    assert (month_before(month), year_before(month)) == (before, year)


def test_a_change_has_a_sign_unless_there_is_none() -> None:
    rates = [change_rate(Decimal(now), Decimal(before)) for now, before in ((3, 2), (1, 3), (2, 2), (1, 0))]
    assert rates == ["+50.00%", "-66.67%", "0.00%", "-"]
