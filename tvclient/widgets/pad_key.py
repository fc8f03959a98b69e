"""One key of a pad on the screen: a digit, a word or an icon."""

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.sheet import Sheet

ICON_PX = 40
BELOW_H = 52


class PadKey(Sheet):
    """`rect` is the place at rest; an `icon` takes the place of the text, `below` stands under it."""

    REPAINT_ON = ("text", "icon", "role", "below", "quiet", "focused")
    text = StringProperty("")
    icon = StringProperty("")
    role = ObjectProperty(theme.FIGURE)
    below = StringProperty("")
    quiet = BooleanProperty(False)
    focused = BooleanProperty(False)

    def paint(self, brush: Brush) -> None:
        width, height = self.rect[2], self.rect[3]
        y = -theme.LIFT if self.focused else 0
        brush.box(0, y, width, height, self._fill(), theme.RADIUS_TILE)
        if self.icon:
            colour = theme.VERM_FILL if self.focused else theme.PAPER
            brush.icon((width - ICON_PX) // 2, y + (height - ICON_PX) // 2, ICON_PX, self.icon, colour)
            return
        ink = theme.FOCUS_TEXT if self.focused else theme.PAPER
        text_h = height - BELOW_H if self.below else height
        brush.text(0, y, width, text_h, self.text, Writing(self.role, ink, "center"))
        if self.below:
            colour = theme.FOCUS_TEXT2 if self.focused else theme.PAPER3
            brush.text(0, y + text_h - 8, width, BELOW_H, self.below, Writing(theme.META, colour, "center"))

    def _fill(self) -> theme.Rgba:
        if self.focused:
            return theme.FOCUS
        return theme.INK1 if self.quiet else theme.INK2
