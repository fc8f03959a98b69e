"""One episode in the list of a course."""

from dataclasses import dataclass
from enum import StrEnum

from kivy.properties import BooleanProperty, ObjectProperty

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.plate import paint_plate
from tvclient.widgets.sheet import Sheet
from tvclient.words import _


class EpisodeState(StrEnum):
    """What is worth saying of an episode in a list."""

    NOTHING = "nothing"
    STUDYING = "studying"
    COUNTED = "counted"
    NEEDS_NETWORK = "needs_network"


@dataclass(frozen=True, slots=True)
class EpisodeLook:
    """`current` is the one to go on with."""

    number: str
    title: str
    length: str
    current: bool
    state: EpisodeState


class EpisodeRow(Sheet):
    """848×80; number, title, state, length."""

    REPAINT_ON = ("look", "focused")
    look = ObjectProperty(None, allownone=True)
    focused = BooleanProperty(False)

    def paint(self, brush: Brush) -> None:
        look: EpisodeLook | None = self.look
        if look is None:
            return
        y = -theme.LIFT if self.focused else 0
        self._paint_plate(brush, y, look.current)
        strong = look.current or self.focused
        number_ink = theme.FOCUS_TEXT if self.focused else theme.PAPER if look.current else theme.PAPER3
        brush.text(24, y, 56, 80, look.number, Writing(theme.BODY_BOLD, number_ink, "center"))
        title_ink = theme.FOCUS_TEXT if self.focused else theme.PAPER
        title_w = 590 if look.state is EpisodeState.NOTHING else 432
        brush.text(96, y, title_w, 80, look.title, Writing(theme.BODY.as_bold(strong), title_ink))
        self._paint_state(brush, y, look.state)
        length_ink = theme.FOCUS_TEXT2 if self.focused else theme.PAPER3
        brush.text(704, y, 120, 80, look.length, Writing(theme.META, length_ink, "right"))

    def _paint_plate(self, brush: Brush, y: int, current: bool) -> None:
        fill = theme.FOCUS if self.focused else theme.INK2 if current else theme.INK1
        paint_plate(brush, (0, y, *theme.EPISODE_ROW), fill, spined=self.focused or current)

    def _paint_state(self, brush: Brush, y: int, state: EpisodeState) -> None:
        if state is EpisodeState.NOTHING:
            return
        icon, size, words, colour, ink = _MARKS[state]
        if self.focused:
            colour, ink = theme.VERM_FILL, theme.FOCUS_TEXT
        brush.icon(544 + (36 - size) // 2, y + 22 + (36 - size) // 2, size, icon, colour)
        brush.text(590, y, 112, 80, words, Writing(theme.META, ink))


_MARKS = {
    EpisodeState.STUDYING: ("play", 28, _("正在学"), theme.VERM, theme.PAPER),
    EpisodeState.COUNTED: ("check", 36, _("已计入"), theme.GOLD, theme.GOLD),
    EpisodeState.NEEDS_NETWORK: ("download", 36, _("需联网"), theme.PAPER3, theme.PAPER3),
}
