"""What the guide's widgets show of its state."""

from collections.abc import Collection

from tvclient import theme
from tvclient.state.guide_cells import Cell
from tvclient.state.guide_layout import CHANNEL_X, marks
from tvclient.state.guide_state import GuideState
from tvclient.state.guide_words import about_of, hint_of, meta_of, span_text, time_text, title_of
from tvclient.widgets.chip import Mark
from tvclient.widgets.guide_info import InfoLook
from tvclient.widgets.guide_line import CellLook, LineLook
from tvclient.words import _

_DOT = "·"


def line_look(state: GuideState, place: int) -> LineLook:
    """A channel's line."""
    row = state.row_at(place)
    cells = tuple(
        CellLook(
            each.rect.x - CHANNEL_X,
            each.rect.w,
            title_of(each.cell),
            _times(each.cell),
            each.cell.is_on(state.now_ms),
        )
        for each in state.placed(place)
    )
    number, name = ("", "") if row is None else (str(row["number"]), row["title"])
    return LineLook(number, name, cells, None if state.now_x is None else state.now_x - CHANNEL_X)


def info_look(state: GuideState, reminded: Collection[str]) -> InfoLook:
    """What has the focus; while a number is dialled, that number."""
    channel, cell = state.channel, state.focused
    digits = state.dial.digits
    return InfoLook(
        number=digits or ("" if channel is None else str(channel["number"])),
        group="" if channel is None else channel["group"],
        title=title_of(cell),
        meta=meta_of(state),
        about=about_of(state),
        is_on=cell.is_on(state.now_ms),
        is_dialled=bool(digits),
        mark=_mark(state, reminded),
    )


def focus_words(state: GuideState, reminded: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """Title of the cell that has the focus, and ways to say its time and what OK does, the fullest first."""
    cell = state.focused
    hint = hint_of(state, is_reminded=cell.item_id in reminded)
    whole = _DOT.join(words for words in (span_text(cell), hint) if words)
    return title_of(cell), (whole, hint, *_times(cell))


def hour_marks(state: GuideState) -> tuple[tuple[int, str], ...]:
    """The half-hours in sight; none while nobody knows the time."""
    if state.now_ms is None:
        return ()
    return tuple((x, time_text(at_ms)) for x, at_ms in marks(state.view))


def now_words(state: GuideState) -> str:
    """19:32."""
    return "" if state.now_ms is None else time_text(state.now_ms)


def empty_words(state: GuideState, trouble: str) -> tuple[str, str]:
    """What is said where there are no lines, and what comes or can be done."""
    if trouble:
        return _("频道暂时读不出来"), trouble
    if not state.is_fetched:
        return _("正在读取节目单…"), ""
    return _("还没有频道"), _("市平台给出频道，或在设置里加入频道表以后，就显示在这里。")


def _times(cell: Cell) -> tuple[str, ...]:
    span = span_text(cell)
    return (span, time_text(cell.starts_ms)) if span else ()


def _mark(state: GuideState, reminded: Collection[str]) -> Mark | None:
    if state.missing_number is not None:
        words = _("没有 {} 频道").format(state.missing_number)
        return Mark("info", words, theme.VERM_TEXT, theme.PAPER)
    if state.focused.item_id in reminded:
        return Mark("check_circle", _("到时会提醒"), theme.GREEN, theme.GREEN)
    if state.watchable is not None:
        return Mark("clock", _("单次直播最多计 4 小时"), theme.GOLD, theme.GOLD)
    return None
