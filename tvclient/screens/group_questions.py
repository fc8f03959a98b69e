"""What the check-in screen asks before something can't be taken back."""

from collections.abc import Callable, Sequence
from functools import partial

from tvclient.screens.group_cards import Answer, GroupCards
from tvclient.state.group_state import Person
from tvclient.words import _


class GroupQuestions:
    """Each on a card, its harmless answer first."""

    def __init__(
        self,
        cards: GroupCards,
        end: Callable[[], None],
        leave: Callable[[], None],
        check_out: Callable[[int], None],
    ) -> None:
        self._cards = cards
        self._end = end
        self._leave = leave
        self._check_out = check_out

    def about_checking_out(self, member_id: int, people: Sequence[Person]) -> None:
        """Somebody leaves before the end."""
        name = next((one.name for one in people if one.member_id == member_id), "")
        leaves = partial(self._check_out, member_id)
        self._cards.ask(
            _("{} 先离开？").format(name),
            _("以后的学习不再记给这个人"),
            [Answer("back", _("留下")), Answer("check", _("先离开"), leaves)],
        )

    def about_leaving(self, heads: int) -> None:
        """Back was pressed while a group study goes on."""
        self._cards.ask(
            _("要离开集体学习吗？"),
            _("已签到 {} 人").format(heads),
            [
                Answer("group", _("继续签到")),
                Answer("check", _("结束这场"), self._end),
                Answer("back", _("先离开，这场不结束"), self._leave),
            ],
        )

    def about_the_end(self, heads: int) -> None:
        """Asked once."""
        self._cards.ask(
            _("结束这场集体学习？"),
            _("已签到 {} 人").format(heads),
            [Answer("play", _("继续学习")), Answer("check", _("结束"), self._end)],
        )

    def about_an_earlier_one(self, subtitle: str) -> None:
        """The power was cut in the middle of it."""
        self._cards.ask(
            _("上次的集体学习还没有结束"),
            subtitle,
            [Answer("play", _("接着学")), Answer("check", _("结束"), self._end)],
        )
