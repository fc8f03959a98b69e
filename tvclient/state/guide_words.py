"""The words of the guide: of a cell, of what has the focus, of the hours above."""

from datetime import datetime, timedelta, timezone

from study.guide_api import GuideRow
from study.units import MINUTE_MS
from tvclient.state.guide_cells import Cell, CellKind
from tvclient.state.guide_state import GuideState
from tvclient.words import _

# China has had one zone without summer time since 1991.
_STATION_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
_DOT = "·"


def time_text(at_ms: int) -> str:
    """19:30 at the station."""
    return f"{_at(at_ms):%H:%M}"


def span_text(cell: Cell) -> str:
    """19:00–20:20; empty for what is no programme."""
    if cell.kind is not CellKind.PROGRAMME:
        return ""
    return f"{time_text(cell.starts_ms)}–{time_text(cell.ends_ms)}"


def title_of(cell: Cell) -> str:
    """What stands in a cell's first line."""
    match cell.kind:
        case CellKind.PROGRAMME:
            return cell.title
        case CellKind.GAP:
            return _("无节目单")
        case CellKind.LOADING:
            return _("正在读取…")
        case CellKind.UNDATED:
            return _("时间未定")


def hint_of(state: GuideState, *, is_reminded: bool) -> str:
    """What OK does, for the second line of the cell that has the focus."""
    if state.watchable is not None:
        return _("按 OK 收看")
    if state.remindable is not None:
        return _("已设提醒，按 OK 取消") if is_reminded else _("按 OK 提醒")
    return ""


def channel_words(row: GuideRow | None) -> str:
    """2 农业科技."""
    return "" if row is None else f"{row['number']} {row['title']}"


def meta_of(state: GuideState) -> str:
    """2 农业科技·19:00–20:20·已播 32 分, for what has the focus."""
    cell = state.focused
    parts = [
        channel_words(state.channel),
        _day(cell, state.now_ms),
        span_text(cell),
        _gone(cell, state.now_ms),
    ]
    return _DOT.join(part for part in parts if part)


def about_of(state: GuideState) -> str:
    """What the guide tells of the programme; why there is none, and what can be done all the same."""
    cell = state.focused
    match cell.kind:
        case CellKind.PROGRAMME:
            return cell.about
        case CellKind.GAP:
            return _("这个时段没有节目单，频道照常可以收看")
        case CellKind.LOADING:
            return ""
        case CellKind.UNDATED:
            return _("本机时间还没有核准，不知道正在播什么；频道照常可以收看")


def _gone(cell: Cell, now_ms: int | None) -> str:
    if now_ms is None or not cell.is_on(now_ms):
        return ""
    return _("已播 {} 分").format((now_ms - cell.starts_ms) // MINUTE_MS)


def _day(cell: Cell, now_ms: int | None) -> str:
    """明天, or 11月24日; empty for today."""
    if now_ms is None or cell.kind is not CellKind.PROGRAMME:
        return ""
    day = _at(cell.starts_ms).date()
    days = (day - _at(now_ms).date()).days
    if days <= 0:
        return ""
    return _("明天") if days == 1 else _("{} 月 {} 日").format(day.month, day.day)


def _at(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, _STATION_TIME)
