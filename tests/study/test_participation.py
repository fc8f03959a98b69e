"""Rates of the bulletin against the published table of March 2015."""

import csv
from pathlib import Path

import pytest

from study.participation import MISSING, hours, mean_study_time, participation_rate
from study.units import Milliseconds

PUBLISHED = Path(__file__).parents[2].parent / "shared" / "data" / "2015-03_participation.csv"


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published tables lie beside the project")
def test_every_published_participation_rate_comes_out() -> None:
    with PUBLISHED.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    printed = [
        (participation_rate(int(row[f"{kind}_active"]), int(row[f"{kind}_due"])), row[f"{kind}_rate"])
        for row in rows
        for kind in ("village", "community")
        if row[f"{kind}_due"]
    ]
    assert len(printed) == 31
    assert [ours for ours, _ in printed] == [theirs for _, theirs in printed]


def test_no_stations_is_not_zero() -> None:
    assert participation_rate(0, 0) == mean_study_time(Milliseconds(5), 0) == hours(None) == MISSING
    assert participation_rate(0, 27) == "0.00%"
    assert hours(Milliseconds(0)) == "0.00"


def test_hours_round_half_up_from_whole_milliseconds() -> None:
    assert hours(Milliseconds(18_000)) == "0.01"
    assert hours(Milliseconds(17_999)) == "0.00"
    assert mean_study_time(Milliseconds(3_600_000), 8) == "0.13"
