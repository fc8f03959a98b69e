"""The strip over a film while a group studies it: a line at the top left, or only a mark in the corner."""

from collections.abc import Iterator

from kivy.properties import BooleanProperty, ObjectProperty

from study.group_api import SUFFIX_DIGITS
from tvclient import theme
from tvclient.state.check_in_entry import CheckInEntry
from tvclient.state.strip_look import StripLook
from tvclient.widgets.brush import Brush, Writing, text_width
from tvclient.widgets.sheet import Sheet
from tvclient.words import _

HEIGHT, MARK_HEIGHT = 96, 64
PAD, MARK_PAD, GAP, EDGE = 32, 20, 32, 2
ICON, MARK_ICON, ICON_GAP = 48, 36, 14
HEADS, MARK_HEADS, UNIT = theme.FIGURE_L, theme.ROW_TITLE, theme.BODY
LABEL, WORDS, FIGURE = theme.HINT, theme.SUBTITLE, theme.SUBTITLE
CELL_W, CELL_H, PITCH = 52, 68, 60
FIELD_W = 520
LINE, NEXT_LINE = 2, 4
WIDEST = 1152
"""The volume's panel lies beside it."""


class GroupStrip(Sheet):
    """As wide as what it says. Without rounded corners: over a video it is cut out of the picture."""

    REPAINT_ON = ("look", "small")
    look = ObjectProperty(StripLook())
    small = BooleanProperty(False)

    @property
    def size_px(self) -> tuple[int, int]:
        """How large it has to be for what it says."""
        look: StripLook = self.look
        if self.small:
            return 2 * MARK_PAD + MARK_ICON + ICON_GAP + _wide(look.heads, MARK_HEADS), MARK_HEIGHT
        width = 2 * PAD + self._heads_w + sum(2 * GAP + part for part in self._parts(look))
        return min(WIDEST, width), HEIGHT

    def paint(self, brush: Brush) -> None:
        look: StripLook = self.look
        width, height = int(self.rect[2]), int(self.rect[3])
        brush.box(0, 0, width, height, theme.KEY_LINE)
        brush.box(EDGE, EDGE, width - 2 * EDGE, height - 2 * EDGE, theme.INK0)
        if self.small:
            brush.icon(MARK_PAD, (height - MARK_ICON) // 2, MARK_ICON, "group", theme.GREEN)
            x = MARK_PAD + MARK_ICON + ICON_GAP
            brush.text(x, 0, width - x, height, look.heads, Writing(MARK_HEADS))
            return
        self._paint_heads(brush, look)
        x = PAD + self._heads_w
        if look.entry is not None or look.words:
            x = self._begin_part(brush, x)
            x = self._paint_middle(brush, x, width, look)
        if look.figure:
            x = self._begin_part(brush, x)
            brush.text(x, 0, width - x, height, look.figure, Writing(FIGURE, look.figure_colour))

    @property
    def _heads_w(self) -> int:
        return ICON + ICON_GAP + _wide(self.look.heads, HEADS) + 8 + _wide(_("人"), UNIT)

    def _parts(self, look: StripLook) -> Iterator[int]:
        """The widths of what stands beside the head count."""
        beside = _wide(look.label, LABEL) + ICON_GAP if look.label else 0
        if look.entry is not None:
            yield _entry_w(look.entry) + (GAP + _wide(look.words, LABEL) if look.words else 0)
        elif look.words:
            yield beside + _wide(look.words, WORDS)
        if look.figure:
            yield _wide(look.figure, FIGURE)

    def _paint_heads(self, brush: Brush, look: StripLook) -> None:
        brush.icon(PAD, (HEIGHT - ICON) // 2, ICON, "group", theme.GREEN)
        x = PAD + ICON + ICON_GAP
        wide = _wide(look.heads, HEADS)
        brush.text(x, 0, wide, HEIGHT, look.heads, Writing(HEADS))
        brush.text(x + wide + 8, 4, 200, HEIGHT, _("人"), Writing(UNIT, theme.PAPER2))

    def _begin_part(self, brush: Brush, x: int) -> int:
        brush.box(x + GAP, 24, 2, HEIGHT - 48, theme.INK3)
        return x + 2 * GAP

    def _paint_middle(self, brush: Brush, x: int, width: int, look: StripLook) -> int:
        if look.entry is not None:
            _paint_entry(brush, x, look.entry)
            after = x + _entry_w(look.entry)
            if look.words:
                brush.text(after + GAP, 0, width, HEIGHT, look.words, Writing(LABEL, theme.PAPER2))
            return after
        if look.label:
            brush.text(x, 2, width, HEIGHT, look.label, Writing(LABEL, theme.PAPER3))
            x += _wide(look.label, LABEL) + ICON_GAP
        wide = min(_wide(look.words, WORDS), width - PAD - x)
        brush.text(x, 0, wide, HEIGHT, look.words, Writing(WORDS, look.colour))
        return x + wide


def _paint_entry(brush: Brush, x: int, entry: CheckInEntry) -> None:
    """Small cells; the next one has a line in vermilion."""
    y = (HEIGHT - CELL_H) // 2
    if entry.is_whole:
        brush.outline(x, y, FIELD_W, CELL_H, theme.VERM, theme.RADIUS_BADGE, NEXT_LINE)
        brush.text(x + 16, y, FIELD_W - 32, CELL_H, entry.written, Writing(theme.ROW_TITLE))
        return
    typed = entry.digits
    for number in range(SUFFIX_DIGITS):
        is_next = number == len(typed)
        line = (theme.VERM, NEXT_LINE) if is_next else (theme.KEY_LINE, LINE)
        left = x + PITCH * number
        brush.outline(left, y, CELL_W, CELL_H, line[0], theme.RADIUS_BADGE, line[1])
        digit = Writing(theme.FIGURE, align="center")
        brush.text(left, y, CELL_W, CELL_H, typed[number : number + 1], digit)


def _entry_w(entry: CheckInEntry) -> int:
    return FIELD_W if entry.is_whole else PITCH * (SUFFIX_DIGITS - 1) + CELL_W


def _wide(text: str, role: theme.Type) -> int:
    return text_width(text, role) + 1 if text else 0
