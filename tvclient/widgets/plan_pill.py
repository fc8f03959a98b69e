"""What a group study is planned as, at the top of its check-in; OK opens the plan."""

from kivy.properties import BooleanProperty, StringProperty

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing, text_width
from tvclient.widgets.sheet import Sheet
from tvclient.words import _

PAD, ICON_PX, GAP = 28, 36, 14
HEIGHT = 72
ROLE = theme.BODY


class PlanPill(Sheet):
    """As wide as its words, at most `rect`'s width; with the focus it turns into paper and rises by 4 px."""

    REPAINT_ON = ("text", "focused")
    text = StringProperty("")
    focused = BooleanProperty(False)

    @property
    def width_px(self) -> int:
        """How wide it is drawn."""
        return min(int(self.rect[2]), self._words_x + text_width(self.text, ROLE.as_bold()) + self._after_px)

    def paint(self, brush: Brush) -> None:
        y = -theme.LIFT if self.focused else 0
        width, height = self.width_px, HEIGHT
        brush.box(0, y, width, height, theme.FOCUS if self.focused else theme.INK1, height // 2)
        mark = theme.VERM_FILL if self.focused else theme.PAPER2
        ink, second = (theme.FOCUS_TEXT, theme.FOCUS_TEXT2) if self.focused else (theme.PAPER, theme.PAPER3)
        brush.icon(PAD, y + (height - ICON_PX) // 2, ICON_PX, "list", mark)
        words = Writing(ROLE.as_bold(self.focused), ink)
        brush.text(self._words_x, y, width - self._words_x - self._after_px, height, self.text, words)
        change_x = width - self._after_px + PAD
        brush.text(change_x, y, width - change_x - PAD, height, _("安排"), Writing(theme.META, second))

    @property
    def _words_x(self) -> int:
        return PAD + ICON_PX + GAP

    @property
    def _after_px(self) -> int:
        return PAD + text_width(_("安排"), theme.META) + 2 + PAD
