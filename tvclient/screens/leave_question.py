"""Asks once whether the television is really to be left."""

from kivy.uix.widget import Widget

from tvclient.remote.node import Group, Kind, Leaf
from tvclient.screens.services import Navigate
from tvclient.widgets.question import Question
from tvclient.words import _

STAY, LEAVE = "leave/stay", "leave/leave"


class LeaveQuestion(Question):
    """Put over a screen while its modal group has the focus."""

    def __init__(self) -> None:
        super().__init__(
            _("要退出站学吗？"),
            _("已学的内容都已保存，下次打开可以接着学。"),
            (("book", _("继续学习")), ("back", _("退出"))),
        )

    @staticmethod
    def group() -> Group:
        """What takes the focus while the question is open."""
        return Group("leave", Kind.ROW, (Leaf(STAY), Leaf(LEAVE)))

    def draw(self, focus_id: str) -> None:
        """Show which answer has the focus."""
        self.draw_focus(1 if focus_id == LEAVE else 0)


class WayOut:
    """Back on a screen that lies over no other: the question comes once, a second Back takes it away.

    `over` is the screen's part that lies over everything else.
    """

    def __init__(self, navigate: Navigate, over: Widget) -> None:
        self._navigate = navigate
        self._over = over
        self._question: LeaveQuestion | None = None

    @property
    def is_asking(self) -> bool:
        return self._question is not None

    def back(self) -> None:
        """Ask, or take the question for answered with staying."""
        if self._question is not None:
            self.answer(STAY)
            return
        self._question = LeaveQuestion()
        self._over.add_widget(self._question)
        self._navigate.open_modal(LeaveQuestion.group())

    def answer(self, focus_id: str) -> None:
        """OK on one of the answers."""
        self._over.clear_widgets()
        self._question = None
        self._navigate.close_modal()
        if focus_id == LEAVE:
            self._navigate.leave_program()

    def draw(self, focus_id: str | None) -> None:
        """Show which answer has the focus."""
        if self._question is not None and focus_id is not None:
            self._question.draw(focus_id)
