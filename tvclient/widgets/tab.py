"""One place of the navigation line under the top bar."""

from kivy.properties import BooleanProperty, StringProperty

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing, text_width
from tvclient.widgets.sheet import Sheet

PAD = 28
ICON_PX = 36
TEXT_X = PAD + ICON_PX + 12
UNDERLINE_Y, UNDERLINE_H = 66, 6
# With the ring round it a pill of the full height would touch the seal above.
PILL_INSET = 6


def tab_width(text: str) -> int:
    """How wide a tab with this text is."""
    return TEXT_X + text_width(text, theme.BODY) + PAD


class Tab(Sheet):
    """`selected` marks the page in sight, `focused` the remote control."""

    REPAINT_ON = ("text", "icon", "selected", "focused")
    text = StringProperty("")
    icon = StringProperty("")
    selected = BooleanProperty(False)
    focused = BooleanProperty(False)

    def paint(self, brush: Brush) -> None:
        width = self.rect[2]
        strong = self.selected or self.focused
        ink = theme.FOCUS_TEXT if self.focused else theme.PAPER if self.selected else theme.PAPER3
        if self.focused:
            pill_h = theme.TAB_H - 2 * PILL_INSET
            brush.box(0, PILL_INSET, width, pill_h, theme.FOCUS, pill_h // 2)
        elif self.selected:
            brush.box(PAD, UNDERLINE_Y, width - 2 * PAD, UNDERLINE_H, theme.VERM, UNDERLINE_H // 2)
        icon_y = (theme.TAB_H - ICON_PX) // 2
        brush.icon(PAD, icon_y, ICON_PX, self.icon, theme.VERM_FILL if self.focused else ink)
        words = Writing(theme.BODY.as_bold(strong), ink)
        brush.text(TEXT_X, 0, width - TEXT_X, theme.TAB_H, self.text, words)
