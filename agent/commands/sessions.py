"""The viewing sessions as a table."""

from collections.abc import Sequence
from datetime import datetime

from agent.commands.answer import Answer
from agent.commands.call import Call
from agent.commands.table import table
from agent.errors import StartError
from agent.stores.disk.looking import looking
from agent.stores.sessions.session_list import last_sessions, sessions_of_month
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
_WITHOUT_LENGTH = {str(Kind.LIVE): "直播", str(Kind.ARTICLE): "图文"}
_HEAD = ("编号", "课程", "集", "开始", "学习", "时长", "计入", "结果", "状态")


def sessions(call: Call) -> Answer:
    """The last ones, or a month's. Raises StoreError, StartError for a month that is none."""
    month, limit = call.args.month, call.args.limit
    with looking(call.settings.database_file) as tables:
        try:
            held = last_sessions(tables, limit) if month is None else sessions_of_month(tables, month, limit)
        except ValueError as error:
            raise StartError(f"月份 {month} 不对，应写成 2026-11 这样") from error
    return Answer(sessions_table(held, call.width), held)


def sessions_table(held: Sequence[SessionEntry], width: int | None = None) -> str:
    """One line a session, newest first."""
    if not held:
        return "还没有学习记录"
    return table(_HEAD, [_line(session) for session in held], width)


def _line(s: SessionEntry) -> tuple[str, ...]:
    length = _WITHOUT_LENGTH.get(s["kind"]) or _clock(s["length_ms"])
    return (
        s["session_id"],
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
