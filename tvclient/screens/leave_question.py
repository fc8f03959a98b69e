"""Asks once whether the television is really to be left."""

from tvclient.remote.node import Group, Kind, Leaf
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
