"""The door for the ranking."""

import pytest
import requests

from tests.municipal.box import HOUR, MINUTE, anchor, runs_of, study


def get(city, district: str, month: str = "2026-11") -> requests.Response:
    params = {"month": month} if month else {}
    return requests.get(f"{city.url}/v1/ranking/{district}", params=params, timeout=10)


def test_stations_are_ranked_by_hours_and_equal_hours_share_a_rank(city):
    for account, played_ms in (("c1", 20 * MINUTE), ("c2", 20 * MINUTE), ("v1", HOUR)):
        run = runs_of(account.upper(), [anchor(1), study(2, played_ms)])[0]
        assert city.box(account).send(run).status_code == 200
    reply = get(city, "密云").json()
    assert reply == {
        "district": "密云",
        "month": "2026-11",
        "stations": 2,
        "rows": [
            {"rank": 1, "number": "C1", "station": "鼓楼社区", "effective_ms": 20 * MINUTE},
            {"rank": 1, "number": "C2", "station": "太古石社区", "effective_ms": 20 * MINUTE},
        ],
    }


def test_without_a_month_it_is_this_one(city):
    assert get(city, "密云", "").json()["month"] == "2026-11"


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "0001-01", "9999-12", "x", "2026-11\n"])
def test_a_month_of_another_form_is_400(city, month):
    assert get(city, "密云", month).status_code == 400


@pytest.mark.parametrize("district", ["没有", "%00", "a%2fb"])
def test_an_unknown_district_is_404(city, district):
    assert get(city, district).status_code == 404
