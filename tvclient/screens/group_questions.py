"""What the check-in screen asks before something can't be taken back."""

from collections.abc import Callable, Sequence
from functools import partial

from tvclient.screens.group_cards import CLOSES, Answer, GroupCards, back_answer
from tvclient.state.day_words import day_and_time
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
        self.let_phones: Callable[[bool], None] = lambda _on: None
        self.go_on: Callable[[], None] = lambda: None

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

    def about_phones(self, on: bool, has_page: bool) -> None:
        """Whether phones may be the remote control; asked by the menu key."""
        if not has_page:
            self._cards.ask(_("手机遥控用不了"), _("手机签到还没有开通"), [back_answer()])
        elif on:
            off = Answer("phone", _("关闭手机遥控"), partial(self.let_phones, False))
            self._cards.ask(_("手机遥控已经打开"), _("已签到的手机可以遥控和打字"), [back_answer(), off])
        else:
            allow = Answer("phone", _("打开手机遥控"), partial(self.let_phones, True))
            words = _("打开后，已签到的手机可以遥控和打字")
            self._cards.ask(_("手机遥控"), words, [back_answer(), allow])

    def about_an_earlier_one(self, heard_utc_ms: int | None, heads: int) -> None:
        """The power was cut in the middle of it; Back leaves it as it is."""
        since = _("{} 中断").format(day_and_time(heard_utc_ms)) if heard_utc_ms is not None else _("中断过")
        self._cards.ask(
            _("这场集体学习中断过"),
            _("{}，已签到的 {} 人不用重签").format(since, heads),
            [Answer("play", _("接着学"), self.go_on), Answer("check", _("结束"), self._end)],
            otherwise=CLOSES,
        )
