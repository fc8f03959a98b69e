"""The viewing sessions as a table."""

from collections.abc import Sequence
from datetime import datetime

from tabulate import tabulate

from study.local_api import SessionEntry
from study.month import local
from study.rules import WORDS, Kind, Why

_STATES = {
    "open": "学习中",
    "waiting": "待上传",
    "delivered": "已上传",
    "refused": "被退回",
    "exported": "已导出",
}
_HEAD = ("课程", "集", "开始", "学习", "时长", "计入", "结果", "状态")


def sessions_table(sessions: Sequence[SessionEntry]) -> str:
    """One line a session, newest first."""
    if not sessions:
        return "还没有学习记录"
    return tabulate([_line(s) for s in sessions], headers=_HEAD, tablefmt="simple", disable_numparse=True)


def _line(s: SessionEntry) -> tuple[str, ...]:
    length = "直播" if s["kind"] == Kind.LIVE else _clock(s["length_ms"])
    return (
        s["title"],
        "" if s["episode"] is None else str(s["episode"]),
        _moment(s["opened_at"]),
        _clock(s["played_ms"]),
        length,
        _clock(s["effective_ms"]),
        WORDS[Why(s["why"])],
        _STATES.get(s["state"], s["state"]),
    )


def _moment(opened_at: str | None) -> str:
    return "待核定" if opened_at is None else f"{local(datetime.fromisoformat(opened_at)):%m-%d %H:%M}"


def _clock(ms: int) -> str:
    seconds = ms // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
