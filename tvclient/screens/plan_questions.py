"""Cards that ask what a group study is: its kind, its theme, who leads it."""

from collections.abc import Callable, Sequence
from functools import partial

from study.group_api import AttendeeEntry, ChoicesReply, KindEntry
from tvclient.screens.group_cards import CLOSES, Answer, GroupCards, back_answer
from tvclient.words import _


class PlanQuestions:
    """`choices` are the agent's; Back leaves everything as it is."""

    def __init__(self, cards: GroupCards) -> None:
        self._cards = cards
        self.choices: ChoicesReply = {"kinds": [], "themes": []}

    def about_kind(self, kind: str, then: Callable[[str], None]) -> None:
        """The one that it is comes first."""
        kinds: list[KindEntry] = sorted(self.choices["kinds"], key=lambda one: one["kind"] != kind)
        answers = [
            Answer("check" if one["kind"] == kind else "group", _(one["words"]), partial(then, one["kind"]))
            for one in kinds
        ]
        self._cards.ask(_("这场是什么学习？"), "", [*answers, back_answer()], otherwise=CLOSES)

    def about_theme(self, theme: str, titles: Sequence[str], then: Callable[[str], None]) -> None:
        """What is on the agenda, and what this station had before; other words come from a phone."""
        offered = [one for one in dict.fromkeys((*titles, *self.choices["themes"])) if one != theme]
        answers = [Answer("list", one, partial(then, one)) for one in offered]
        if theme:
            answers = [
                Answer("check", theme),
                *answers,
                Answer("minus_circle", _("不要主题"), partial(then, "")),
            ]
        self._cards.ask(_("这场的主题"), _("也可以在手机上打字"), [*answers, back_answer()], otherwise=CLOSES)

    def about_facilitator(
        self,
        facilitator: int | None,
        people: Sequence[AttendeeEntry],
        then: Callable[[AttendeeEntry], None],
        find: Callable[[], None],
        nobody: Callable[[], None] | None = None,
    ) -> None:
        """Somebody who is in, or whoever's card is typed."""
        answers = [Answer("card", _("输卡号找人"), find)]
        answers += [
            Answer(
                "check" if one["member_id"] == facilitator else "group",
                one["name"],
                partial(then, one),
            )
            for one in people
        ]
        if facilitator is not None and nobody is not None:
            answers.append(Answer("minus_circle", _("没有主持人"), nobody))
        self._cards.ask(_("谁来主持？"), "", [*answers, back_answer()], otherwise=CLOSES)

    def about_item(
        self, title: str, *, can_go: bool, move: Callable[[int], None], take: Callable[[], None]
    ) -> None:
        """One item of the agenda; what was studied already stays."""
        answers = [
            Answer("chev_u", _("往前移"), partial(move, -1)),
            Answer("chev_d", _("往后移"), partial(move, 1)),
        ]
        if can_go:
            answers.append(Answer("minus_circle", _("移走这一项"), take))
        self._cards.ask(
            title, "" if can_go else _("已经学过，不能移走"), [*answers, back_answer()], otherwise=CLOSES
        )

    def about_adding(self, ways: Sequence[Answer]) -> None:
        """Where to find one more item."""
        self._cards.ask(_("加什么？"), "", [*ways, back_answer()], otherwise=CLOSES)
