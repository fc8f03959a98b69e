"""One of a few ways to see the same thing, of which one is in use."""

from kivy.properties import BooleanProperty, StringProperty

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing, text_width
from tvclient.widgets.sheet import Sheet

PAD = 28
HEIGHT = 72
RADIUS = HEIGHT // 2


def pill_width(text: str) -> int:
    """The same whether it is in use or not: nothing moves when somebody chooses."""
    return text_width(text, theme.BODY_BOLD) + 2 * PAD


class Pill(Sheet):
    """72 px high; `current` is in use, on paper and 4 px higher with the focus."""

    REPAINT_ON = ("text", "current", "focused")
    text = StringProperty("")
    current = BooleanProperty(False)
    focused = BooleanProperty(False)

    def paint(self, brush: Brush) -> None:
        width, y = self.rect[2], -theme.LIFT if self.focused else 0
        if self.focused or self.current:
            brush.box(0, y, width, HEIGHT, theme.FOCUS if self.focused else theme.INK2, RADIUS)
        ink = theme.FOCUS_TEXT if self.focused else theme.PAPER if self.current else theme.PAPER3
        words = Writing(theme.BODY.as_bold(self.focused or self.current), ink, "center")
        brush.text(0, y, width, HEIGHT, self.text, words)
