"""One line that says what something is called and how it stands; OK changes it."""

from kivy.properties import BooleanProperty, StringProperty

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.plate import paint_plate
from tvclient.widgets.sheet import Sheet

ICON_PX, CHEVRON_PX = 44, 36
ICON_X, WORDS_X = 32, 104


class FactRow(Sheet):
    """`rect` is the place at rest, 112 px high; with the focus it turns into paper and rises by 4 px."""

    REPAINT_ON = ("icon", "label", "value", "quiet", "focused")
    icon = StringProperty("")
    label = StringProperty("")
    value = StringProperty("")
    quiet = BooleanProperty(False)
    """The value says that nothing was chosen yet."""
    focused = BooleanProperty(False)

    def paint(self, brush: Brush) -> None:
        width, height = self.rect[2], self.rect[3]
        y = -theme.LIFT if self.focused else 0
        fill = theme.FOCUS if self.focused else theme.INK1
        paint_plate(brush, (0, y, width, height), fill, spined=self.focused, radius=theme.RADIUS_CARD)
        mark, ink, second = self._inks()
        brush.icon(ICON_X, y + (height - ICON_PX) // 2, ICON_PX, self.icon, mark)
        words_w = width - WORDS_X - CHEVRON_PX - 40
        brush.text(WORDS_X, y + 12, words_w, 40, self.label, Writing(theme.META, second))
        value = Writing(theme.ROW_TITLE, second if self.quiet else ink)
        brush.text(WORDS_X, y + 52, words_w, 48, self.value, value)
        brush.icon(width - CHEVRON_PX - 24, y + (height - CHEVRON_PX) // 2, CHEVRON_PX, "chev_r", second)

    def _inks(self) -> tuple[theme.Rgba, theme.Rgba, theme.Rgba]:
        if self.focused:
            return theme.VERM_FILL, theme.FOCUS_TEXT, theme.FOCUS_TEXT2
        return theme.PAPER2, theme.PAPER, theme.PAPER3
