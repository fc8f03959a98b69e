"""Months: hours belong to the month in which the session started, in Asia/Shanghai."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.month import bounds, day_of, days, month_of

moments = st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1)).map(lambda d: d.replace(tzinfo=UTC))


def test_a_month_begins_at_midnight_in_shanghai() -> None:
    last_moment = datetime(2026, 10, 31, 15, 59, 59, tzinfo=UTC)
    assert month_of(last_moment) == "2026-10"
    assert month_of(last_moment + timedelta(seconds=1)) == "2026-11"
    assert day_of(last_moment + timedelta(seconds=1)) == date(2026, 11, 1)


@given(moments)
def test_every_moment_lies_within_the_bounds_of_its_month(moment: datetime) -> None:
    first, after = bounds(month_of(moment))
    assert first <= moment < after
    assert day_of(moment) in days(month_of(moment))


def test_a_month_has_all_its_days() -> None:
    assert [len(days(month)) for month in ("2026-02", "2028-02", "2026-11", "2026-12")] == [28, 29, 30, 31]


@pytest.mark.parametrize("nonsense", ["2026-13", "2026", "", "二〇二六", "0001-01", "9999-12"])
def test_what_is_no_month_is_an_error(nonsense: str) -> None:
    with pytest.raises(ValueError, match=r"does not match|unconverted"):
        bounds(nonsense)
