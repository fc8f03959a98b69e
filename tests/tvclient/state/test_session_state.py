"""Rows of 最近学习."""

from datetime import date
from typing import Any

import pytest

from tvclient.state.session_state import NO_HOURS, session_row, title_text, when_text

TODAY = date(2026, 11, 21)
SESSION: dict[str, Any] = {
    "session_id": "s1",
    "opened_at": "2026-11-21T10:40:00+00:00",
    "title": "政务礼仪",
    "episode": 2,
    "kind": "vod",
    "played_ms": 2_880_000,
    "covered_ms": 2_880_000,
    "length_ms": 3_600_000,
    "effective_ms": 2_880_000,
    "counted": True,
    "why": "counted",
    "state": "waiting",
}


def test_when_is_told_in_station_time() -> None:
    assert when_text("2026-11-21T10:40:00+00:00", TODAY) == "今天 18:40"
    assert when_text("2026-11-20T17:30:00+00:00", TODAY) == "今天 01:30"
    assert when_text("2026-11-20T01:10:00+00:00", TODAY) == "昨天 09:10"
    assert when_text("2026-11-03T01:10:00+00:00", TODAY) == "3日 09:10"


def test_without_a_trusted_date_none_is_guessed() -> None:
    assert when_text(None, TODAY) == "日期待定"
    assert when_text("2026-11-21T10:40:00+00:00", None) == "21日 18:40"


def test_title_names_the_episode_only_where_there_is_one() -> None:
    assert title_text("政务礼仪", 2) == "政务礼仪·第 2 集"
    assert title_text("本市学习", None) == "本市学习"


def test_a_counted_session_shows_its_hours_in_gold() -> None:
    row = session_row(SESSION, TODAY)
    assert (row.hours, row.hours_colour, row.kind) == ("0.8 小时", "gold", "点播")


@pytest.mark.parametrize(
    ("state", "words", "colour"),
    [
        ("open", "正在学习", "paper"),
        ("waiting", "待上传", "paper"),
        ("exported", "已导出到U盘", "paper"),
        ("delivered", "已上传", "green"),
        ("refused", "市平台未收", "verm_text"),
        ("a state of tomorrow", "待上传", "paper"),
    ],
)
def test_states_are_kept_apart(state: str, words: str, colour: str) -> None:
    mark = session_row({**SESSION, "state": state}, TODAY).mark
    assert (mark.words, mark.colour) == (words, colour)


def test_a_session_too_short_says_so_wherever_its_record_is() -> None:
    for state in ("waiting", "delivered"):
        row = session_row({**SESSION, "counted": False, "why": "too_short_share", "state": state}, TODAY)
        assert row.mark.words == "不足20% 未计入"
        assert row.hours == NO_HOURS


def test_a_session_without_length_says_so() -> None:
    row = session_row({**SESSION, "counted": False, "why": "length_unknown"}, TODAY)
    assert row.mark.words == "时长未知 未计入"


def test_an_open_session_below_the_mark_is_not_called_too_short() -> None:
    row = session_row({**SESSION, "counted": False, "state": "open"}, TODAY)
    assert row.mark.words == "正在学习"
