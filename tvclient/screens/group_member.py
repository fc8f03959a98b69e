"""Who is meant: found by the digits of a card, and not checked in by it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from kivy.clock import Clock
from kivy.lang import Builder
from kivy.properties import ListProperty, ObjectProperty, StringProperty

from study.group_api import AttendeeEntry, CheckInReply, MemberReply
from tvclient import theme
from tvclient.remote.key_queue import KeyEvent
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.screens.bar_words import clock_words
from tvclient.screens.group_calls import Failed, GroupCalls
from tvclient.screens.group_cards import GroupCards
from tvclient.screens.group_check_in import CheckInWords, GroupCheckIn
from tvclient.screens.screen import Screen
from tvclient.screens.services import Services
from tvclient.state.check_in_entry import CheckInEntry
from tvclient.widgets.card_pad import COLUMNS, CardPad
from tvclient.widgets.top_bar import BarLook
from tvclient.words import _

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

Found = Callable[[AttendeeEntry], None]
PAD_X, PAD_Y = 744, 400


class GroupMember(Screen):
    """Focus ids: `key:7`, `key:delete`, `key:ok`; `card:0` where several cards end so."""

    name = "group_member"
    default_focus = "key:5"

    entry = ObjectProperty(CheckInEntry(), rebind=True)
    told = StringProperty("")
    told_colour = ListProperty(theme.PAPER3)

    def __init__(self, services: Services, title: str, found: Found) -> None:
        """`found` is told who it is once the screen below is in sight again."""
        self._title = title
        self._found = found
        self._choices: dict[int, AttendeeEntry] = {}
        super().__init__(services)
        self._pad = CardPad(PAD_X, PAD_Y, _("找人"))
        self.ids.pad.add_widget(self._pad)
        self._cards = GroupCards(services.navigate, self.ids.over)
        self._calls = GroupCalls(services.agent, services.background, lambda _group: None)
        self._typing = GroupCheckIn(self, self._cards, services.navigate, self._show, _find_words())
        self._second = Clock.create_trigger(lambda _dt: self._typing.handle_one_second(), 1.0, interval=True)
        self._show()

    def enter(self) -> None:
        self._second()

    def leave(self) -> None:
        self._calls.leave()
        self._second.cancel()
        self._cards.close()

    def status_changed(self) -> None:
        clock, date = clock_words(self.services.status.now)
        self.ids.top_bar.look = BarLook(clock, date, title=self._title)

    def focus_tree(self) -> Group:
        return Group("pad", Kind.GRID, tuple(Leaf(name) for name in self._pad.keys), columns=COLUMNS)

    def draw_focus(self, focus_id: str | None) -> None:
        self._cards.draw(focus_id)
        self.ids.ring.shown = False
        self.ids.ring.lift_one(self._pad.keys, None if self._cards.is_open else focus_id, theme.RADIUS_TILE)

    def on_key(self, event: KeyEvent) -> bool:
        if event.key.digit is None:
            return False
        if not event.repeat and not self._cards.is_open:
            self._typing.press(str(event.key.digit))
        return True

    def on_ok(self, focus_id: str) -> None:
        if self._cards.is_open:
            self._cards.answer(focus_id)
        else:
            self._typing.press(focus_id.removeprefix("key:"))

    def back(self) -> bool:
        if self._cards.is_open:
            self._cards.back()
        elif not self._typing.entry.is_empty:
            self._typing.press("delete")
        else:
            return False
        return True

    def check_in(
        self,
        digits: str,
        member_id: int | None,
        then: Callable[[CheckInReply], None],
        failed: Failed,
    ) -> None:
        """Ask whose card it is; one of the choices that this led to is known already."""
        if member_id is not None:
            self._end_with(self._choices[member_id])
            return
        self._calls.run(
            partial(self.services.agent.find_member, digits),
            lambda reply: self._answered(reply, then),
            failed,
        )

    def _answered(self, reply: MemberReply, then: Callable[[CheckInReply], None]) -> None:
        if reply["outcome"] == "found":
            self._end_with(reply["members"][0])
            return
        self._choices = {one["member_id"]: one for one in reply["members"]}
        then(
            CheckInReply(outcome=reply["outcome"], words=reply["words"], choices=reply["members"], group=None)
        )

    def _end_with(self, member: AttendeeEntry) -> None:
        self.services.navigate.back()
        self._found(member)

    def _show(self) -> None:
        typing = self._typing
        self.entry, self.told, self.told_colour = typing.entry, typing.words, list(typing.colour)


def _find_words() -> CheckInWords:
    return CheckInWords(
        _("直接按遥控器数字键\n输满 6 位自动找人"),
        _("输完整个卡号\n再按“找人”"),
        _("没有找到这个号\n请输整个卡号，再按“找人”"),
    )
