"""One channel's line in the guide: its number and name, and the programmes of it that are in sight."""

from dataclasses import dataclass

from kivy.properties import ObjectProperty

from tvclient import theme
from tvclient.state.guide_layout import CHANNEL_W, CHANNEL_X, LINE_H, LINE_STEP, RIGHT
from tvclient.theme import Rgba, Type
from tvclient.widgets.brush import Brush, Writing, text_width
from tvclient.widgets.sheet import Sheet

SIZE = (RIGHT - CHANNEL_X, LINE_STEP)
PAD, TITLE_Y, TITLE_H, SPAN_Y, SPAN_H = 16, 8, 44, 54, 36
NUMBER_X, NAME_X, NAME_GAP = 24, 80, 16
WRITTEN_W_MIN = 96
"""What is narrower is drawn without words; with the focus it is made wider."""
NOW_W = 4


@dataclass(frozen=True, slots=True)
class CellLook:
    """A programme or what stands in its place; `x` and `w` in the line."""

    x: int
    w: int
    title: str
    times: tuple[str, ...]
    """Ways to say when, the fullest first; none for what is no programme."""
    is_on: bool


@dataclass(frozen=True, slots=True)
class LineLook:
    """A line; `now_x` is where the now-line crosses it, None where it does not."""

    number: str
    name: str
    cells: tuple[CellLook, ...]
    now_x: int | None


class GuideLine(Sheet):
    """Draws the cells' fills, the now-line over them, and the words over that, on their cell's colour."""

    REPAINT_ON = ("look",)
    look = ObjectProperty(None, allownone=True)

    def paint(self, brush: Brush) -> None:
        look: LineLook | None = self.look
        if look is None:
            return
        self._paint_channel(brush, look)
        for cell in look.cells:
            brush.box(cell.x, 0, cell.w, LINE_H, _fill(cell), min(theme.RADIUS_TILE, cell.w // 2))
        if look.now_x is not None:
            brush.box(look.now_x - NOW_W // 2, 0, NOW_W, LINE_STEP, theme.VERM)
        for cell in look.cells:
            if cell.w >= WRITTEN_W_MIN:
                self._paint_words(brush, cell, look.now_x)

    def _paint_channel(self, brush: Brush, look: LineLook) -> None:
        brush.box(0, 0, CHANNEL_W, LINE_H, theme.INK1, theme.RADIUS_TILE)
        number_w = text_width(look.number, theme.FIGURE) + 1
        brush.text(NUMBER_X, 0, number_w, LINE_H, look.number, Writing(theme.FIGURE, theme.PAPER3))
        x = max(NAME_X, NUMBER_X + number_w + NAME_GAP)
        room = CHANNEL_W - PAD - x
        if text_width(look.name, theme.BODY_BOLD) <= room:
            brush.text(x, 0, room, LINE_H, look.name, Writing(theme.BODY_BOLD))
        else:
            two = Writing(theme.META_BOLD, lines=2)
            brush.text(x, (LINE_H - 2 * theme.META.line_px) // 2, room, LINE_H, look.name, two)

    def _paint_words(self, brush: Brush, cell: CellLook, now_x: int | None) -> None:
        x, room = cell.x + PAD, cell.w - 2 * PAD
        role = fitting(cell.title, room).as_bold(cell.is_on)
        times = first_fitting(cell.times, room)
        width = min(room, max(text_width(cell.title, role), text_width(times, theme.META)))
        if now_x is not None and x - NOW_W < now_x < x + width + NOW_W:
            brush.box(x - NOW_W, TITLE_Y, width + 2 * NOW_W, SPAN_Y + SPAN_H - TITLE_Y, _fill(cell))
        title = Writing(role, theme.PAPER if cell.is_on else theme.PAPER2)
        y, h = (TITLE_Y, TITLE_H) if cell.times else (0, LINE_H)
        brush.text(x, y, room, h, cell.title, title)
        brush.text(x, SPAN_Y, room, SPAN_H, times, Writing(theme.META, theme.PAPER3))


def fitting(title: str, room: int) -> Type:
    """The larger of two roles that holds the whole title, or the smaller one."""
    return theme.BODY if text_width(title, theme.BODY_BOLD) <= room else theme.META


def first_fitting(ways: tuple[str, ...], room: int) -> str:
    """The first that fits; empty if none does."""
    return next((words for words in ways if text_width(words, theme.META) <= room), "")


def _fill(cell: CellLook) -> Rgba:
    return theme.INK2 if cell.is_on else theme.INK1
