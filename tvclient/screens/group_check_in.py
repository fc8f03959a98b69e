"""Checking in by digits: what is typed, what the agent makes of it, and what is said about it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, Protocol

from study.group_api import AttendeeEntry, CheckInReply
from tvclient import theme
from tvclient.errors import AgentRefused, TvError
from tvclient.screens.group_calls import Failed
from tvclient.screens.group_cards import Answer, GroupCards
from tvclient.screens.services import Navigate
from tvclient.state.check_in_entry import CheckInEntry
from tvclient.state.group_state import choice_words
from tvclient.words import _

MAIN, OK_KEY = "button:main", "key:ok"
"""Where the focus goes once a whole number is settled, and while one is typed."""

SAID_FOR_S = 12


class AsksWho(Protocol):
    """Makes something of the digits of a card."""

    def check_in(
        self, digits: str, member_id: int | None, then: Callable[[CheckInReply], None], failed: Failed
    ) -> None:
        """Whose digits they are, or of several the one who was chosen; `then` is told what became of it."""


class CheckInWords(NamedTuple):
    """What is said under the pad: how to type six digits, how a whole number, that six found nobody."""

    six: str
    whole: str
    not_found: str


def check_in_words() -> CheckInWords:
    """Of somebody who checks in."""
    return CheckInWords(
        _("直接按遥控器数字键\n输满 6 位自动签到"),
        _("输完整个卡号\n再按“签到”"),
        _("没有找到这个号\n请输整个卡号，再按“签到”"),
    )


class GroupCheckIn:
    """`changed` is called whenever `entry`, `words` or `colour` are others. Drawing thread only."""

    def __init__(
        self,
        calls: AsksWho,
        cards: GroupCards,
        navigate: Navigate,
        changed: Callable[[], None],
        words: CheckInWords | None = None,
    ) -> None:
        self._calls = calls
        self._cards = cards
        self._navigate = navigate
        self._changed = changed
        self.entry = CheckInEntry()
        self._told = words or check_in_words()
        self.words = self._how
        self.colour = theme.PAPER3
        self._said_for_s = 0

    def press(self, name: str) -> None:
        """A key of the pad: a digit, "delete" or "ok"."""
        if name == "ok":
            self._send()
            return
        self.entry = self.entry.deleted() if name == "delete" else self.entry.typed(int(name))
        self.say(self._how, theme.PAPER3)
        self._send_if_full()

    def say(self, words: str, colour: theme.Rgba = theme.VERM_TEXT) -> None:
        """Below the pad, until the next key."""
        self.words, self.colour, self._said_for_s = words, colour, 0
        self._changed()

    def leave(self) -> None:
        """The screen is no longer in sight: what is half typed is forgotten."""
        self.entry = CheckInEntry()
        self.say(self._how, theme.PAPER3)

    def handle_one_second(self) -> None:
        """What was said about the last one goes after a while."""
        self._said_for_s += 1
        if self._said_for_s == SAID_FOR_S:
            self.say(self._how, theme.PAPER3)

    @property
    def _how(self) -> str:
        return self._told.whole if self.entry.is_whole else self._told.six

    def _send(self) -> None:
        if self.entry.can_be_sent:
            self._ask_about(self.entry.digits)
        else:
            self.say(_("请先输满 6 位数字"))

    def _send_if_full(self) -> None:
        if self.entry.is_full:
            self._ask_about(self.entry.digits)

    def _ask_about(self, digits: str, member_id: int | None = None) -> None:
        self.entry = self.entry.asking()
        self._calls.check_in(digits, member_id, partial(self._answered, digits), self._failed)

    def _answered(self, digits: str, reply: CheckInReply) -> None:
        match reply["outcome"]:
            case "in":
                self._settle(_("{} 已签到").format(_newest(reply)), theme.GREEN)
            case "already":
                self._settle(_("这张卡已经签到了"), theme.PAPER)
            case "choose":
                self._ask_who(digits, reply["choices"])
            case "unknown":
                self._want_whole()
            case "mistyped":
                self.entry = self.entry.mended()
                self.say(_("卡号有一位不对\n请对照卡片再输"))
            case _:
                self._settle(reply["words"], theme.VERM_TEXT)

    def _failed(self, error: TvError) -> None:
        self.entry = self.entry.mended()
        self.say(error.words if isinstance(error, AgentRefused) else _("没有记下，请再输一次"))

    def _settle(self, words: str, colour: theme.Rgba) -> None:
        was_whole = self.entry.is_whole
        self.entry = self.entry.settled()
        self.say(words, colour)
        if was_whole:
            self._navigate.focus(MAIN)
        self._send_if_full()

    def _want_whole(self) -> None:
        self.entry = self.entry.not_found()
        self.say(self._told.not_found)
        self._navigate.focus(OK_KEY)

    def _ask_who(self, digits: str, choices: Sequence[AttendeeEntry]) -> None:
        differ = len({one["digits"] for one in choices}) > 1
        people = [
            Answer("card", choice_words(one, differ), partial(self._ask_about, digits, one["member_id"]))
            for one in choices
        ]
        self.entry = self.entry.settled()
        self.say(self._how, theme.PAPER3)
        none = Answer("back", _("都不是"), self._want_whole)
        self._cards.ask(_("是哪一位？"), _("有几张卡的后 6 位相同"), [*people, none], otherwise=none)


def _newest(reply: CheckInReply) -> str:
    people = reply["group"]["attendees"] if reply["group"] else []
    return people[0]["name"] if people else ""
