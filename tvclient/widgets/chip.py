"""A pill with an icon and a few words about a state; it can't have the focus."""

from dataclasses import dataclass

from tvclient import theme
from tvclient.theme import Rgba
from tvclient.widgets.brush import Brush, Writing, text_width

ICON_PX = 36
TEXT_X = 20 + ICON_PX + 12


@dataclass(frozen=True, slots=True)
class Mark:
    """A state: its icon, its words, their colours and the pill they stand on."""

    icon: str
    words: str
    icon_colour: Rgba = theme.PAPER
    colour: Rgba = theme.PAPER
    fill: Rgba = theme.INK2

    @property
    def width_px(self) -> int:
        """How wide the pill is."""
        return TEXT_X + text_width(self.words, theme.META) + 24


def paint_mark(brush: Brush, x: float, y: float, mark: Mark) -> None:
    """The pill with its left top at x, y."""
    brush.box(x, y, mark.width_px, theme.CHIP_H, mark.fill, theme.CHIP_H // 2)
    brush.icon(x + 20, y + 10, ICON_PX, mark.icon, mark.icon_colour)
    words = Writing(theme.META, mark.colour)
    brush.text(x + TEXT_X, y, mark.width_px - TEXT_X, theme.CHIP_H, mark.words, words)
