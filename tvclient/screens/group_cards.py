"""Questions over the check-in screen: one at a time, each answer with what it does."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from kivy.uix.widget import Widget

from tvclient.remote.node import Group, Kind, Leaf
from tvclient.screens.services import Navigate
from tvclient.widgets.choice_card import ChoiceCard
from tvclient.words import _

CARD = "card"


class Answer(NamedTuple):
    """Icon and words of a button; None does nothing but close the card, one that `stays` lets it open."""

    icon: str
    words: str
    act: Callable[[], None] | None = None
    stays: bool = False


CLOSES = Answer("back", "")
"""What Back gives where nothing else is said: the card goes, and all is as it was."""


def back_answer() -> Answer:
    """The last of many answers, for whoever wants none of them."""
    return Answer("back", _("返回"))


class GroupCards:
    """`over` is the screen's part that lies over everything else."""

    def __init__(self, navigate: Navigate, over: Widget) -> None:
        self._navigate = navigate
        self._over = over
        self._card: ChoiceCard | None = None
        self._answers: Sequence[Answer] = ()
        self._otherwise: Answer | None = None

    @property
    def is_open(self) -> bool:
        return self._card is not None

    def ask(self, title: str, words: str, answers: Sequence[Answer], otherwise: Answer | None = None) -> None:
        """The first answer has the focus first, and Back gives it unless there is an `otherwise`. A question
        that is open is taken away.
        """
        self.close()
        self._answers, self._otherwise = answers, otherwise
        self._card = ChoiceCard(title, words, [(answer.icon, answer.words) for answer in answers])
        self._over.add_widget(self._card)
        leaves = tuple(Leaf(f"{CARD}:{number}") for number in range(len(answers)))
        self._navigate.open_modal(Group(CARD, Kind.COLUMN, leaves))

    def reword(self, answers: Sequence[Answer]) -> None:
        """As many answers in place of those that there are; the focus stays where it is."""
        self._answers = answers
        if self._card is not None:
            self._card.reword([(answer.icon, answer.words) for answer in answers])

    def answer(self, focus_id: str) -> None:
        """OK on one of them."""
        self._take(self._answers[_number(focus_id)])

    def back(self) -> None:
        """Whoever wants none of this has it as it was."""
        self._take(self._otherwise or self._answers[0])

    def go_to(self, number: int) -> None:
        """Another answer has the focus."""
        self._navigate.focus(f"{CARD}:{number}")

    def close(self) -> None:
        """Without an answer."""
        if self._card is not None:
            self._over.clear_widgets()
            self._card = None
            self._navigate.close_modal()

    def draw(self, focus_id: str | None) -> None:
        """Show which answer has the focus."""
        if self._card is not None and focus_id is not None:
            self._card.draw_focus(_number(focus_id))

    def _take(self, chosen: Answer) -> None:
        if not chosen.stays:
            self.close()
        if chosen.act is not None:
            chosen.act()


def _number(focus_id: str) -> int:
    return int(focus_id.removeprefix(f"{CARD}:"))
