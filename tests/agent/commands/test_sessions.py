"""The sessions as a table."""

from agent.commands.sessions import sessions_table
from study.local_api import SessionEntry


def test_a_line_says_what_counted_and_why_not() -> None:
    session: SessionEntry = {
        "session_id": "1",
        "opened_at": "2026-11-06T16:30:00.000+00:00",
        "title": "乡村振兴",
        "episode": 1,
        "kind": "vod",
        "played_ms": 65_000,
        "covered_ms": 60_000,
        "length_ms": 3_600_000,
        "effective_ms": 0,
        "counted": False,
        "why": "too_short_share",
        "state": "refused",
    }
    line = sessions_table([session, {**session, "opened_at": None}]).splitlines()
    for words in ("乡村振兴", "11-07 00:30", "0:01:05", "1:00:00", "不足 20%，未计入", "被退回"):
        assert words in line[2]
    assert "待核定" in line[3]


def test_nothing_yet() -> None:
    assert sessions_table([]) == "还没有学习记录"
