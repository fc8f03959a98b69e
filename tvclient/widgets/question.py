"""A card with a question and two answers, over whatever is on the screen."""

from typing import Any

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.part import Part
from tvclient.widgets.push_button import PushButton
from tvclient.widgets.ring import Ring
from tvclient.widgets.sheet import Sheet

CARD = (480, 304, 960, 472)
BUTTON = (400, 96)
BUTTON_Y = 312
BUTTON_X = (64, 496)
RADIUS = theme.RADIUS_BOOT_CARD


class QuestionCard(Sheet):
    """The card and its words."""

    def __init__(self, title: str, words: str, **given: Any) -> None:
        self._title = title
        self._words = words
        super().__init__(**given)

    def paint(self, brush: Brush) -> None:
        _, _, width, height = CARD
        # No shade over the screen: a border and a margin of page colour set the card off.
        brush.box(-16, -16, width + 32, height + 32, theme.INK0, RADIUS + 16)
        brush.box(0, 0, width, height, theme.INK1, RADIUS)
        brush.outline(0, 0, width, height, theme.INK3, RADIUS, 2)
        brush.text(64, 56, width - 128, 88, self._title, Writing(theme.TITLE_L))
        brush.text(64, 168, width - 128, 104, self._words, Writing(theme.BODY, theme.PAPER2, lines=2))


class Question(Part):
    """Two answers; the first one has the focus first and is the harmless one."""

    def __init__(self, title: str, words: str, answers: tuple[tuple[str, str], tuple[str, str]]) -> None:
        """`answers` are pairs of icon and words."""
        super().__init__(rect=list(CARD))
        self.add_widget(QuestionCard(title, words, rect=[0, 0, CARD[2], CARD[3]]))
        self._buttons = [
            PushButton(rect=[x, BUTTON_Y, *BUTTON], icon=icon, text=text, role=theme.ROW_TITLE)
            for x, (icon, text) in zip(BUTTON_X, answers, strict=True)
        ]
        for button in self._buttons:
            self.add_widget(button)
        self._ring = Ring()
        self.add_widget(self._ring)

    def draw_focus(self, index: int) -> None:
        """Answer `index` has the focus."""
        for number, button in enumerate(self._buttons):
            button.focused = number == index
        x = BUTTON_X[index]
        self._ring.surround(x, BUTTON_Y - theme.LIFT, *BUTTON, theme.RADIUS_CARD)
