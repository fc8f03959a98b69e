"""What the station record shows: the month's figure, the days, the rank, the sessions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from study.local_api import DayEntry, RankEntry, RecordReply, SessionEntry
from study.rules import Kind
from tvclient.state.day_scale import DayScale, scale_for
from tvclient.state.durations import Amount, amount
from tvclient.state.session_state import SessionRow, session_row
from tvclient.words import _

RANK_ROWS = 5


@dataclass(frozen=True, slots=True)
class DayBar:
    """One day of the month: its number, its share of the chart's height (0–1), whether it is today."""

    number: int
    effective_ms: int
    height: float
    is_today: bool


@dataclass(frozen=True, slots=True)
class RankRow:
    """One station in the district's ranking."""

    rank: str
    station: str
    hours: str
    own: bool


@dataclass(frozen=True, slots=True)
class Rank:
    """The district's ranking around the own station; `rows` is at most five."""

    title: str
    stations: str
    rows: tuple[RankRow, ...]


@dataclass(frozen=True, slots=True)
class RecordState:
    """Everything the screen draws, in words and shares; no pixels."""

    month_title: str
    figure: Amount
    foot: str
    scale: DayScale
    bars: tuple[DayBar, ...]
    today_text: str
    rank: Rank | None
    sessions: tuple[SessionRow, ...]


def record_state(record: RecordReply, today: date | None) -> RecordState:
    """The view of the agent's answer to GET /v1/record; today is the station's date, when it is known."""
    bars, scale = _bars(record["days"], today)
    now = next((bar for bar in bars if bar.is_today and bar.effective_ms), None)
    return RecordState(
        month_title=_("{} 月有效学时").format(int(record["month"][5:7])),
        figure=amount(record["effective_ms"]),
        foot=_foot(record["sessions"], record["unplaced_ms"]),
        scale=scale,
        bars=bars,
        today_text=_today_text(now),
        rank=_rank(record["rank"]),
        sessions=tuple(session_row(session, today) for session in record["sessions"]),
    )


def _bars(days: Sequence[DayEntry], today: date | None) -> tuple[tuple[DayBar, ...], DayScale]:
    scale = scale_for(max((day["effective_ms"] for day in days), default=0))
    bars = []
    for day in days:
        when = date.fromisoformat(day["day"])
        spent_ms = day["effective_ms"]
        bars.append(DayBar(when.day, spent_ms, scale.height(spent_ms), when == today))
    return tuple(bars), scale


def _today_text(bar: DayBar | None) -> str:
    if bar is None:
        return ""
    return _("今天 {}").format(_short(bar.effective_ms))


def _foot(sessions: Sequence[SessionEntry], unplaced_ms: int) -> str:
    if unplaced_ms:
        return _("另有 {}，日期待校准").format(amount(unplaced_ms))
    counted = sum(bool(session["counted"]) for session in sessions)
    watched = sum(session["kind"] != Kind.ARTICLE for session in sessions)
    if not watched:
        return _("本月还没有学习")
    return _("学习 {} 次·计入 {} 次").format(watched, counted)


def _within(district: str, station: str) -> str:
    """黄村镇埝坛村 for 大兴区黄村镇埝坛村: the heading names the district already."""
    return re.sub(f"^{re.escape(district)}[区县]", "", station)


def _short(span_ms: int) -> str:
    spent = amount(span_ms)
    return spent.figure if spent.unit == _("小时") else str(spent)


def _rank(rank: RankEntry | None) -> Rank | None:
    if not rank or not rank["rows"]:
        return None
    rows = rank["rows"]
    own = next((n for n, row in enumerate(rows) if row["own"]), 0)
    first = max(0, min(own - RANK_ROWS // 2, len(rows) - RANK_ROWS))
    return Rank(
        title=_("{}排名").format(rank["district"]),
        stations=_("共 {} 站").format(rank["stations"]),
        rows=tuple(
            RankRow(
                str(row["rank"]),
                _within(rank["district"], row["station"]),
                _short(row["effective_ms"]),
                row["own"],
            )
            for row in rows[first : first + RANK_ROWS]
        ),
    )
