"""A question over a film that plays on: its place is cut out of the picture."""

from collections.abc import Callable, Sequence

from kivy.uix.widget import Widget

from tvclient.remote.rect import Rect
from tvclient.screens.group_cards import Answer, GroupCards
from tvclient.screens.services import Navigate

EDGE = 16
"""The card's own margin."""


class FilmCards(GroupCards):
    """`cut_out` is told where the card lies, None when it is gone."""

    def __init__(self, navigate: Navigate, over: Widget, cut_out: Callable[[Rect | None], None]) -> None:
        super().__init__(navigate, over)
        self._place = over
        self._cut_out = cut_out

    def ask(self, title: str, words: str, answers: Sequence[Answer], otherwise: Answer | None = None) -> None:
        super().ask(title, words, answers, otherwise)
        x, y, w, h = map(int, self._place.children[0].rect)
        self._cut_out(Rect(x - EDGE, y - EDGE, w + 2 * EDGE, h + 2 * EDGE))

    def close(self) -> None:
        if self.is_open:
            self._cut_out(None)
        super().close()
