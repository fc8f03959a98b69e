"""The station record's view of the agent's answer."""

from datetime import date
from typing import Any

from tvclient.state.record_state import record_state

TODAY = date(2026, 11, 21)


def _record(**changed: Any) -> dict[str, Any]:
    days = [{"day": f"2026-11-{n:02}", "effective_ms": 0} for n in range(1, 31)]
    days[20]["effective_ms"] = 5_400_000
    days[19]["effective_ms"] = 10_080_000
    return {
        "month": "2026-11",
        "effective_ms": 95_400_000,
        "unplaced_ms": 0,
        "days": days,
        "rank": None,
        "sessions": [],
    } | changed


def _rank(own: int, count: int) -> dict[str, Any]:
    rows = [
        {"rank": n, "station": f"站{n}", "effective_ms": 3_600_000 * (50 - n), "own": n == own}
        for n in range(1, count + 1)
    ]
    return {"district": "大兴区", "stations": 526, "rows": rows}


def test_the_month_is_told_in_hours() -> None:
    state = record_state(_record(), TODAY)
    assert (state.month_title, str(state.figure)) == ("11 月有效学时", "26.5 小时")


def test_today_is_the_only_bright_bar() -> None:
    state = record_state(_record(), TODAY)
    assert [bar.number for bar in state.bars if bar.is_today] == [21]
    assert state.today_text == "今天 1.5"
    assert len(state.bars) == 30


def test_without_a_known_date_no_bar_is_today() -> None:
    state = record_state(_record(), None)
    assert not any(bar.is_today for bar in state.bars)
    assert state.today_text == ""


def test_a_day_of_minutes_names_its_unit() -> None:
    days = [{"day": "2026-11-21", "effective_ms": 130_000}]
    state = record_state(_record(days=days), TODAY)
    assert state.today_text == "今天 2 分钟"
    assert state.scale.unit == "分钟"


def test_hours_without_a_date_are_told_and_not_hidden_in_the_month() -> None:
    assert record_state(_record(unplaced_ms=7_200_000), TODAY).foot == "另有 2.0 小时，日期待校准"


def test_an_empty_month_says_so() -> None:
    assert record_state(_record(days=[], effective_ms=0), TODAY).foot == "本月还没有学习"


def test_no_rank_yet() -> None:
    assert record_state(_record(), TODAY).rank is None
    assert record_state(_record(rank=_rank(1, 0)), TODAY).rank is None


def test_five_rows_with_the_own_station_in_the_middle() -> None:
    rank = record_state(_record(rank=_rank(12, 30)), TODAY).rank
    assert rank is not None
    assert [row.rank for row in rank.rows] == ["10", "11", "12", "13", "14"]
    assert [row.own for row in rank.rows] == [False, False, True, False, False]
    assert (rank.title, rank.stations) == ("大兴区排名", "共 526 站")


def test_the_rows_stay_full_at_both_ends() -> None:
    for own, ranks in ((1, ["1", "2", "3", "4", "5"]), (30, ["26", "27", "28", "29", "30"])):
        rank = record_state(_record(rank=_rank(own, 30)), TODAY).rank
        assert rank is not None
        assert [row.rank for row in rank.rows] == ranks


def test_fewer_stations_than_rows() -> None:
    rank = record_state(_record(rank=_rank(2, 3)), TODAY).rank
    assert rank is not None
    assert len(rank.rows) == 3


def test_articles_that_were_read_are_shown_and_are_not_taken_for_study() -> None:
    session = {
        "session_id": "1",
        "opened_at": None,
        "title": "冬季养猪",
        "episode": None,
        "kind": "article",
        "effective_ms": 0,
        "counted": False,
        "why": "not_in_rule",
        "state": "waiting",
    }
    state = record_state(_record(sessions=[session]), TODAY)
    assert state.foot == "本月还没有学习"
    [row] = state.sessions
    assert (row.title, row.kind, row.hours, row.mark.words) == ("冬季养猪", "图文", "—", "不计学时")
    watched = {**session, "kind": "vod", "counted": True}
    assert record_state(_record(sessions=[session, watched]), TODAY).foot == "学习 1 次·计入 1 次"
