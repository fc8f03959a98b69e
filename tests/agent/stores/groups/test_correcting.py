"""A correction within the day: who was there after all, who was not, when; with a reason, without a name."""

from datetime import datetime

import pytest

from agent.errors import GroupError
from agent.stores.dates.anchors import add_anchor
from agent.stores.delivery.epochs import begin
from agent.stores.disk.database import Database
from agent.stores.groups.correcting import Correction, Presence, correct_group, correctable
from agent.stores.groups.group_log import Now
from agent.stores.groups.silence import end_silent
from study.anchor import Anchor, AnchorSource, to_utc_ms
from study.group.correction import Reason
from study.group.examination import check_group
from study.month import SHANGHAI
from study.units import HOUR_MS, MINUTE_MS, Milliseconds, MonotonicMs
from tests.agent.stores.groups.evening import SCREEN, SECOND, Evening

MINUTE = 60


@pytest.fixture
def evening(mirrored: Database) -> Evening:
    """Two were there for the forty minutes of a talk that had to stop in between; it is recorded."""
    evening = Evening(mirrored)
    evening.begins(0)
    evening.comes(10, 1, 2)
    evening.plays(60, 60 + 20 * MINUTE, "L1@1804680000000", "live")
    evening.plays(1_500, 1_500 + 20 * MINUTE, "L1@1804680000000", "live")
    evening.ends(3_000)
    with mirrored.writing() as tables:
        tables.execute("UPDATE sessions SET open = 0")
    assert evening.people() == {1: 40 * MINUTE, 2: 40 * MINUTE}
    return evening


def corrects(
    evening: Evening,
    *people: Presence,
    at_s: int = 3_100,
    reason: Reason = Reason.FORGOT_CHECK_IN,
    **plan: str,
) -> None:
    with evening.database.writing() as tables:
        correction = Correction(reason, people, **plan)  # type: ignore[arg-type]
        correct_group(tables, evening.group_id, correction, evening.at(at_s))


def may(evening: Evening, now: Now) -> bool:
    with evening.database.reading() as tables:
        return [row["group_id"] for row in correctable(tables, SCREEN, now)] == [evening.group_id]


def dated(evening: Evening, ended_at: str) -> None:
    """The group ended at that local time; the anchor is that moment's."""
    with evening.database.writing() as tables:
        utc_ms = to_utc_ms(datetime.fromisoformat(ended_at).replace(tzinfo=SHANGHAI))
        at = MonotonicMs(3_000 * SECOND)
        add_anchor(tables, Anchor(evening.boot, at, utc_ms, Milliseconds(50), AnchorSource.PLATFORM))


def test_who_forgot_to_check_in_was_there_all_the_time(evening: Evening) -> None:
    corrects(evening, Presence(3, is_there=True))
    assert evening.people() == {1: 2_400, 2: 2_400, 3: 2_400}
    first, second = evening.records()
    assert (second.replaces, second.reason) == (first.seq, "corrected 站点: 漏签")
    assert check_group(second) is None


def test_who_was_not_there_is_in_the_record_no_more(evening: Evening) -> None:
    corrects(evening, Presence(2, is_there=False), reason=Reason.WRONG_CHECK_IN)
    assert evening.people() == {1: 2_400}


@pytest.mark.parametrize(
    ("from_min", "until_min", "seconds"),
    [
        (10, 30, 1_200),
        (0, 20, 1_200),
        (25, None, 900),
        (39, 90, 60),
    ],
)
def test_times_are_those_of_what_was_studied_together(
    evening: Evening, from_min: int, until_min: int | None, seconds: int
) -> None:
    until_ms = None if until_min is None else until_min * MINUTE_MS
    corrects(evening, Presence(2, True, from_min * MINUTE_MS, until_ms), reason=Reason.WRONG_TIME)
    assert evening.people() == {1: 2_400} | ({2: seconds} if seconds else {})


def test_kind_and_theme_change_and_nobody_s_time_does(evening: Evening) -> None:
    corrects(evening, reason=Reason.WRONG_PLAN, kind="theme_day", theme="主题  党日")
    last = evening.records()[-1]
    assert (last.kind, last.theme) == ("theme_day", "主题 党日")
    assert evening.people() == {1: 2_400, 2: 2_400}


def test_corrected_twice_and_back_the_last_one_holds(evening: Evening) -> None:
    corrects(evening, Presence(3, is_there=True))
    assert 3 in evening.people()
    corrects(evening, Presence(3, is_there=False), reason=Reason.WRONG_CHECK_IN)
    assert evening.people() == {1: 2_400, 2: 2_400}
    first, *later = evening.records()
    assert {record.replaces for record in later} == {first.seq}


def test_the_same_again_makes_no_record(evening: Evening) -> None:
    corrects(evening, reason=Reason.WRONG_PLAN, theme="")
    assert len(evening.records()) == 1


def test_before_it_is_recorded_there_is_one_record(mirrored: Database) -> None:
    evening = Evening(mirrored)
    evening.begins(0)
    evening.comes(10, 1)
    evening.plays(60, 120, "L1@1804680000000", "live")
    evening.ends(200)
    corrects(evening, Presence(2, is_there=True), at_s=210)
    with mirrored.writing() as tables:
        tables.execute("UPDATE sessions SET open = 0")
    assert evening.people() == {1: 60, 2: 60}
    assert [record.reason for record in evening.records()] == [""]


@pytest.mark.parametrize(
    ("ended_at", "later_ms", "allowed"),
    [
        ("2026-11-20 10:00", 13 * HOUR_MS + 59 * MINUTE_MS, True),
        ("2026-11-20 10:00", 14 * HOUR_MS, False),
        ("2026-11-20 23:50", HOUR_MS + 59 * MINUTE_MS, True),
        ("2026-11-20 23:50", 2 * HOUR_MS, False),
        ("2026-11-21 00:00", 23 * HOUR_MS, True),
        ("2026-11-21 00:00", 24 * HOUR_MS, False),
    ],
)
def test_until_the_end_of_its_day_and_two_hours_at_least(
    evening: Evening, ended_at: str, later_ms: int, allowed: bool
) -> None:
    dated(evening, ended_at)
    now = Now(evening.boot, MonotonicMs(3_000 * SECOND + later_ms))
    assert may(evening, now) is allowed
    if not allowed:
        with evening.database.writing() as tables, pytest.raises(GroupError, match="当天"):
            correct_group(tables, evening.group_id, Correction(Reason.WRONG_PLAN), now)


def test_a_box_that_knows_no_date_gives_it_a_day_and_one_power_cut(evening: Evening) -> None:
    last = 3_000 * SECOND
    assert may(evening, Now(evening.boot, MonotonicMs(last + 23 * HOUR_MS)))
    assert not may(evening, Now(evening.boot, MonotonicMs(last + 24 * HOUR_MS)))
    evening.boots("boot-2")
    assert may(evening, evening.at(100))
    corrects(evening, Presence(3, is_there=True), at_s=100)
    assert evening.people() == {1: 2_400, 2: 2_400, 3: 2_400}
    evening.boots("boot-3")
    assert not may(evening, evening.at(100))


@pytest.mark.parametrize(("later_h", "seconds"), [(1, 2_460), (12, 2_400)])
def test_who_plays_something_the_next_day_is_another_room(
    mirrored: Database, later_h: int, seconds: int
) -> None:
    evening = Evening(mirrored)
    evening.begins(0)
    evening.comes(10, 1)
    evening.plays(60, 2_460, "L1@1804680000000", "live")
    evening_utc_ms = to_utc_ms(datetime(2026, 11, 20, 20, tzinfo=SHANGHAI))
    with mirrored.writing() as tables:
        at = MonotonicMs(2_460 * SECOND)
        add_anchor(tables, Anchor(evening.boot, at, evening_utc_ms, Milliseconds(50), AnchorSource.PLATFORM))
    evening.boots("boot-2")
    with mirrored.writing() as tables:
        later = evening_utc_ms + later_h * HOUR_MS
        at = MonotonicMs(60 * SECOND)
        add_anchor(tables, Anchor(evening.boot, at, later, Milliseconds(50), AnchorSource.PLATFORM))
    evening.plays(60, 120, "L1@1804680000000", "live")
    with mirrored.writing() as tables:
        end_silent(tables, evening.boot, MonotonicMs(4 * HOUR_MS), MonotonicMs(0))
        tables.execute("UPDATE sessions SET open = 0")
    assert evening.people() == {1: seconds}


def test_what_goes_on_or_is_of_an_earlier_epoch_is_not_corrected(evening: Evening) -> None:
    with evening.database.writing() as tables:
        begin(tables)
    with pytest.raises(GroupError, match="更换或恢复"):
        corrects(evening)
    evening.begins(4_000)
    with pytest.raises(GroupError, match="还没有结束"):
        corrects(evening, at_s=4_010)
