"""A button in large mode: the digit that chooses it, an icon and a few words."""

from kivy.properties import BooleanProperty, StringProperty

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.seal_digit import paint_seal_digit
from tvclient.widgets.sheet import Sheet

SEAL_AT, ICON_X, ICON, TEXT_X = 16, 120, 52, 196


class LargeButton(Sheet):
    """`rect` is the place at rest, 544×104; with the focus it turns into paper and rises by 4 px."""

    REPAINT_ON = ("text", "icon", "digit", "focused")
    text = StringProperty("")
    icon = StringProperty("")
    digit = StringProperty("")
    focused = BooleanProperty(False)

    def paint(self, brush: Brush) -> None:
        width, height = self.rect[2], self.rect[3]
        y = -theme.LIFT if self.focused else 0
        brush.box(0, y, width, height, theme.FOCUS if self.focused else theme.INK2, theme.RADIUS_CARD)
        paint_seal_digit(brush, SEAL_AT, y + SEAL_AT, self.digit)
        icon_ink = theme.VERM_FILL if self.focused else theme.PAPER2
        brush.icon(ICON_X, y + (height - ICON) // 2, ICON, self.icon, icon_ink)
        ink = theme.FOCUS_TEXT if self.focused else theme.PAPER
        words = Writing(theme.TEXT_LARGE.as_bold(), ink)
        brush.text(TEXT_X, y, width - TEXT_X - SEAL_AT, height, self.text, words)
