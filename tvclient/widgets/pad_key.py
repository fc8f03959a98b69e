"""One key of a pad on the screen: a digit, a word or an icon."""

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.sheet import Sheet

ICON_PX = 40


class PadKey(Sheet):
    """`rect` is the place at rest; an `icon` takes the place of the text."""

    REPAINT_ON = ("text", "icon", "role", "focused")
    text = StringProperty("")
    icon = StringProperty("")
    role = ObjectProperty(theme.FIGURE)
    focused = BooleanProperty(False)

    def paint(self, brush: Brush) -> None:
        width, height = self.rect[2], self.rect[3]
        y = -theme.LIFT if self.focused else 0
        brush.box(0, y, width, height, theme.FOCUS if self.focused else theme.INK2, theme.RADIUS_TILE)
        if self.icon:
            colour = theme.VERM_FILL if self.focused else theme.PAPER
            brush.icon((width - ICON_PX) // 2, y + (height - ICON_PX) // 2, ICON_PX, self.icon, colour)
            return
        ink = theme.FOCUS_TEXT if self.focused else theme.PAPER
        brush.text(0, y, width, height, self.text, Writing(self.role, ink, "center"))
