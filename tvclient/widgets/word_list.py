"""A column of words under a title, each to be chosen."""

from collections.abc import Sequence
from typing import Any

from tvclient import theme
from tvclient.state.search_state import MOST_OFFERED
from tvclient.widgets.part import Part
from tvclient.widgets.text import Text
from tvclient.widgets.word_row import WordRow

ROW, PITCH, TITLE_H = (496, 72), 84, 64


class WordList(Part):
    """At most eight words; without any the title is not there either."""

    def __init__(self, title: str, icon: str, **given: Any) -> None:
        super().__init__(**given)
        self._title = Text(rect=[0, 0, ROW[0], 40], role=theme.ROW_TITLE, text=title)
        self._rows = [WordRow(rect=[0, TITLE_H + PITCH * n, *ROW], icon=icon) for n in range(MOST_OFFERED)]
        for part in (self._title, *self._rows):
            self.add_widget(part)

    def show(self, words: Sequence[str], focused: int | None) -> tuple[float, float, float, float] | None:
        """Draw them; where the focused one lies in this part's parent, if one is."""
        self._title.shown = bool(words)
        for number, row in enumerate(self._rows):
            row.shown = number < len(words)
            row.focused = number == focused and row.shown
            if row.shown:
                row.text = words[number]
        if focused is None or focused >= len(words):
            return None
        return (self.rect[0], self.rect[1] + TITLE_H + PITCH * focused - theme.LIFT, *ROW)
