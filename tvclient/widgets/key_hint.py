"""A line of key caps, each with what the key does."""

from dataclasses import dataclass

from kivy.properties import ListProperty

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing, text_width
from tvclient.widgets.sheet import Sheet

CAP_H = 44
ICON_PX, ICON_CAP_W = 28, 48
CAP_SPARE = 28
LEAST_CAP_W = 64
CAP_GAP, WORDS_GAP, HINT_GAP = 8, 12, 40


@dataclass(frozen=True, slots=True)
class Hint:
    """One or two caps (a word, or the name of a chevron icon) and the words behind them."""

    caps: tuple[str, ...]
    words: str

    @property
    def width_px(self) -> int:
        """How long the hint is, without the gap to the next."""
        caps = sum(_cap_width(cap) for cap in self.caps) + CAP_GAP * (len(self.caps) - 1)
        return caps + WORDS_GAP + text_width(self.words, theme.META)


class KeyHints(Sheet):
    """`hints` from left to right, the last one ending at the right edge."""

    REPAINT_ON = ("hints",)
    hints = ListProperty([])

    def paint(self, brush: Brush) -> None:
        x = self.rect[2] - sum(hint.width_px for hint in self.hints) - HINT_GAP * (len(self.hints) - 1)
        for hint in self.hints:
            right = x + hint.width_px
            for cap in hint.caps:
                _paint_cap(brush, x, cap)
                x += _cap_width(cap) + CAP_GAP
            words_x = x - CAP_GAP + WORDS_GAP
            brush.text(words_x, 0, right - words_x, CAP_H, hint.words, Writing(theme.META, theme.PAPER3))
            x = right + HINT_GAP


def _is_icon(cap: str) -> bool:
    return cap.startswith("chev_")


def _cap_width(cap: str) -> int:
    if _is_icon(cap):
        return ICON_CAP_W
    return max(LEAST_CAP_W, text_width(cap, theme.META) + CAP_SPARE)


def _paint_cap(brush: Brush, x: float, cap: str) -> None:
    width = _cap_width(cap)
    brush.box(x, 0, width, CAP_H, theme.INK1, theme.RADIUS_BADGE)
    brush.outline(x, 0, width, CAP_H, theme.KEY_LINE, theme.RADIUS_BADGE, 2)
    if _is_icon(cap):
        brush.icon(x + (width - ICON_PX) // 2, (CAP_H - ICON_PX) // 2, ICON_PX, cap, theme.PAPER2)
    else:
        brush.text(x, -1, width, CAP_H, cap, Writing(theme.META, theme.PAPER2, "center"))
