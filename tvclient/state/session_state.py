"""What a row of the station record says about one viewing session: when, what, how much, and why not."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

from study.local_api import SessionEntry
from study.rules import Why
from tvclient.state.durations import amount
from tvclient.words import _

# The station's local time; China has had one zone without summer time since 1991.
STATION_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
NO_HOURS = "—"
KINDS = {"vod": "点播", "live": "直播", "article": "图文"}
WHY_NOT: dict[str, str] = {
    Why.TOO_SHORT_SHARE: "不足20% 未计入",
    Why.LENGTH_UNKNOWN: "时长未知 未计入",
    Why.NOT_PLAYED: "没有播放 未计入",
    Why.TOO_SHORT: "不足30秒 未计入",
    Why.NOT_IN_RULE: "不计学时",
}


@dataclass(frozen=True, slots=True)
class StateMark:
    """Icon, words and colour token of a session's state (tokens.md, section 9)."""

    icon: str
    words: str
    colour: str


MARKS = {
    "open": StateMark("play", "正在学习", "paper"),
    "waiting": StateMark("upload", "待上传", "paper"),
    "exported": StateMark("usb", "已导出到U盘", "paper"),
    "delivered": StateMark("check_circle", "已上传", "green"),
    "refused": StateMark("info", "市平台未收", "verm_text"),
}


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One line of 最近学习; `hours_colour` and the mark's colour are tokens for a row at rest."""

    session_id: str
    when: str
    title: str
    kind: str
    hours: str
    hours_colour: str
    mark: StateMark


def when_text(opened_at: str | None, today: date | None) -> str:
    """今天 18:40, 昨天 09:10, 3日 09:10 (the record is of one month); without a trusted date 日期待定."""
    if opened_at is None:
        return _("日期待定")
    opened = datetime.fromisoformat(opened_at).astimezone(STATION_TIME)
    days_ago = (today - opened.date()).days if today else None
    day = {0: _("今天"), 1: _("昨天")}.get(days_ago if days_ago is not None else -1)
    if day is None:
        day = _("{}日").format(opened.day)
    return f"{day} {opened:%H:%M}"


def title_text(title: str, episode: int | None) -> str:
    """The course's title, with the number of the episode where there is one."""
    return f"{title}·" + _("第 {} 集").format(episode) if episode else title


def session_row(session: SessionEntry, today: date | None) -> SessionRow:
    """A row from one session of the agent's record."""
    counted = bool(session["counted"])
    state = str(session["state"])
    mark = MARKS.get(state, MARKS["waiting"])
    mark = replace(mark, words=_(mark.words))
    if not counted and state != "open":
        mark = StateMark("minus_circle", _(WHY_NOT.get(session["why"], "未计入")), "paper3")
    return SessionRow(
        session_id=str(session["session_id"]),
        when=when_text(session["opened_at"], today),
        title=title_text(session["title"], session["episode"]),
        kind=_(KINDS[session["kind"]]) if session["kind"] in KINDS else "",
        hours=str(amount(session["effective_ms"])) if counted else NO_HOURS,
        hours_colour="gold" if counted else "paper3",
        mark=mark,
    )
