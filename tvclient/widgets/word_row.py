"""One line of a list of words with an icon before them."""

from kivy.properties import BooleanProperty, StringProperty

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.plate import paint_plate
from tvclient.widgets.sheet import Sheet

ICON_PX = 36


class WordRow(Sheet):
    """`rect` is the place at rest; with the focus it turns into paper and rises by 4 px."""

    REPAINT_ON = ("text", "icon", "focused")
    text = StringProperty("")
    icon = StringProperty("")
    focused = BooleanProperty(False)

    def paint(self, brush: Brush) -> None:
        width, height = self.rect[2], self.rect[3]
        y = -theme.LIFT if self.focused else 0
        fill = theme.FOCUS if self.focused else theme.INK1
        paint_plate(brush, (0, y, width, height), fill, spined=self.focused)
        icon, ink = (theme.VERM_FILL, theme.FOCUS_TEXT) if self.focused else (theme.PAPER3, theme.PAPER)
        brush.icon(24, y + (height - ICON_PX) // 2, ICON_PX, self.icon, icon)
        role = theme.BODY.as_bold(self.focused)
        brush.text(80, y, width - 80 - 24, height, self.text, Writing(role, ink))
