"""A card with a question and its answers, one below the other, over whatever is on the screen."""

from collections.abc import Sequence
from typing import Any

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing
from tvclient.widgets.part import Part
from tvclient.widgets.push_button import PushButton
from tvclient.widgets.ring import Ring
from tvclient.widgets.sheet import Sheet

WIDTH, SPARE = 960, 64
TITLE_Y, WORDS_Y, WORDS_H = 44, 128, 52
BUTTON_H, PITCH = 88, 108
SEEN = 6
"""Answers; of more, those round the focus."""
RADIUS = theme.RADIUS_BOOT_CARD


class ChoicePaper(Sheet):
    """The card and its words."""

    def __init__(self, title: str, words: str, **given: Any) -> None:
        self._title = title
        self._words = words
        super().__init__(**given)

    def paint(self, brush: Brush) -> None:
        width, height = self.rect[2], self.rect[3]
        # No shade over the screen: a border and a margin of page colour set the card off.
        brush.box(-16, -16, width + 32, height + 32, theme.INK0, RADIUS + 16)
        brush.box(0, 0, width, height, theme.INK1, RADIUS)
        brush.outline(0, 0, width, height, theme.INK3, RADIUS, 2)
        inner = width - 2 * SPARE
        brush.text(SPARE, TITLE_Y, inner, 80, self._title, Writing(theme.TITLE))
        brush.text(SPARE, WORDS_Y, inner, WORDS_H, self._words, Writing(theme.BODY, theme.PAPER2))


class ChoiceCard(Part):
    """`answers` are pairs of icon and words; the first has the focus first and is the harmless one."""

    def __init__(self, title: str, words: str, answers: Sequence[tuple[str, str]]) -> None:
        self._answers = answers
        self._first = self._focused = 0
        self._seen = min(SEEN, len(answers))
        self._top = WORDS_Y + (WORDS_H + 28 if words else 20)
        height = self._top + PITCH * self._seen + 36
        super().__init__(rect=[(theme.DESIGN_W - WIDTH) // 2, (theme.DESIGN_H - height) // 2, WIDTH, height])
        self.add_widget(ChoicePaper(title, words, rect=[0, 0, WIDTH, height]))
        self._buttons = [PushButton(rect=[*self._place(line), *self._size]) for line in range(self._seen)]
        for button in self._buttons:
            self.add_widget(button)
        self._ring = Ring()
        self.add_widget(self._ring)

    def reword(self, answers: Sequence[tuple[str, str]]) -> None:
        """As many other answers; the same one has the focus."""
        self._answers = answers
        self.draw_focus(self._focused)

    def draw_focus(self, index: int) -> None:
        """Answer `index` has the focus."""
        self._focused = index
        self._first = min(max(self._first, index - self._seen + 1), index)
        for line, button in enumerate(self._buttons):
            button.icon, button.text = self._answers[self._first + line]
            button.focused = self._first + line == index
        x, y = self._place(index - self._first)
        self._ring.surround(x, y - theme.LIFT, *self._size, theme.RADIUS_CARD)

    @property
    def _size(self) -> tuple[int, int]:
        return WIDTH - 2 * SPARE, BUTTON_H

    def _place(self, line: int) -> tuple[int, int]:
        return SPARE, self._top + PITCH * line
