"""Check-in before and during a group study: digits of cards, who is in, and what is studied next."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from kivy.clock import Clock
from kivy.lang import Builder
from kivy.properties import ListProperty, NumericProperty, ObjectProperty, StringProperty

from study.group_api import GroupEntry, GroupReply
from tvclient import theme
from tvclient.errors import TvError
from tvclient.remote.key import Key
from tvclient.remote.key_queue import KeyEvent
from tvclient.remote.node import Group
from tvclient.screens.agenda_item import open_item
from tvclient.screens.bar_words import clock_words, sync_mark
from tvclient.screens.group_buttons import DISCUSSION, END, MAIN, PLAN, UNDO, GroupButtons
from tvclient.screens.group_calls import GroupCalls
from tvclient.screens.group_cards import GroupCards
from tvclient.screens.group_check_in import GroupCheckIn
from tvclient.screens.group_focus import group_focus
from tvclient.screens.group_questions import GroupQuestions
from tvclient.screens.screen import Screen
from tvclient.screens.services import Services
from tvclient.screens.shown_names import PERSON, ShownNames
from tvclient.screens.way_on import LATE_S, WayOn
from tvclient.state.check_in_entry import CheckInEntry
from tvclient.state.group_state import GroupState, Main, Person, group_state, phones_words
from tvclient.widgets.brush import text_width
from tvclient.widgets.card_pad import CardPad
from tvclient.widgets.plan_pill import HEIGHT
from tvclient.widgets.top_bar import CHIP_RIGHT, BarLook
from tvclient.words import _

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

PAD_X, PAD_Y = 616, 368
PILL_Y, PILL_GAP = 52, 24
FIRST_KEY = "key:5"
PEOPLE = "people"
POLLED_EVERY = 2
"""Seconds."""


class GroupStudy(Screen):
    """Focus ids: `key:7`, `key:delete`, `key:ok`, `person:<member_id>`, `button:main` and its neighbours.
    Digits of the remote type directly; red and yellow take the last check-in back.
    """

    name = "group_study"
    default_focus = FIRST_KEY

    entry = ObjectProperty(CheckInEntry(), rebind=True)
    page = StringProperty("")
    network = StringProperty("")
    plan_words = StringProperty("")
    plan_rect = ListProperty([0, PILL_Y, 0, HEIGHT])
    phones = StringProperty("")
    told = StringProperty("")
    told_colour = ListProperty(theme.PAPER3)
    heads = StringProperty("0")
    heads_width_px = NumericProperty(0)
    newest = StringProperty("")
    newest_via = StringProperty("")
    empty = StringProperty("")
    more = StringProperty("")

    def __init__(self, services: Services, agenda: Sequence[str] = ()) -> None:
        """`agenda` are the items of a group study that begins, if none goes on."""
        self._agenda = tuple(agenda)
        self._state: GroupState | None = None
        self._group: GroupEntry | None = None
        self._taken_ms = 0
        self._seconds = 0
        self._types_on_pad = False
        self._typed_early: list[str] = []
        """Before there is a group study to check in to."""
        self._way: WayOn | None = None
        super().__init__(services)
        pad = CardPad(PAD_X, PAD_Y, _("签到"))
        self.ids.pad.add_widget(pad)
        self._keys = pad.keys
        self._names = ShownNames(self.ids.names, self.ids.ring)
        self._cards = GroupCards(services.navigate, self.ids.over)
        self._calls = GroupCalls(services.agent, services.background, self._take)
        self._second = Clock.create_trigger(lambda _dt: self.handle_one_second(), 1.0, interval=True)
        self._late = Clock.create_trigger(lambda _dt: self._lacks(WayOn.BACK, _("正在读取…")), LATE_S)
        self._check_in = GroupCheckIn(self._calls, self._cards, services.navigate, self._show_typed)
        self._questions = GroupQuestions(self._cards, self._end, services.navigate.back, self._check_out)
        self._questions.let_phones = self._let_phones
        self._questions.go_on = self._resume
        self._buttons = GroupButtons(self.ids)
        self._show_typed()
        self._show_heads()

    # ── the contract of a screen ──

    def enter(self) -> None:
        self._seconds = 0
        self._second()
        if self._state is None:
            self._late()
            self._open()
        else:
            self._calls.poll()

    def leave(self) -> None:
        self._second.cancel()
        self._late.cancel()
        self._calls.leave()
        self._check_in.leave()
        self._cards.close()

    def status_changed(self) -> None:
        clock, date = clock_words(self.services.status.now)
        mark = sync_mark(self.services.status.latest, self.services.status.away)
        trouble = mark if mark is not None and mark.icon == "warn" else None
        self.ids.top_bar.look = BarLook(clock, date, trouble, title=_("集体学习签到"))
        self.plan_words = self._state.subtitle if self._state else ""
        left = theme.SAFE_X + text_width(_("集体学习签到"), theme.TITLE) + PILL_GAP
        right = CHIP_RIGHT - PILL_GAP - (trouble.width_px if trouble else 0)
        self.plan_rect = [left, PILL_Y, right - left, HEIGHT]

    def focus_tree(self) -> Group:
        people = [f"{PERSON}{one.member_id}" for one in self._people]
        shown = {name for name, part in self._buttons.parts.items() if part.shown}
        shown |= {PLAN} if self._group is not None else set()
        is_ready = self._state is not None or self._way is None
        return group_focus(tuple(self._keys), people, self._names.window.first_line, shown, is_ready)

    def draw_focus(self, focus_id: str | None) -> None:
        self._cards.draw(focus_id)
        below = None if self._cards.is_open else focus_id
        ring = self.ids.ring
        ring.shown = False
        ring.lift_one(self._keys, below, theme.RADIUS_TILE)
        ring.lift_one(self._buttons.parts, below, theme.RADIUS_CARD)
        self._draw_plan(below == PLAN)
        self._draw_people(below)

    def on_key(self, event: KeyEvent) -> bool:
        if event.key.digit is not None:
            if not event.repeat and not self._cards.is_open:
                self._type(str(event.key.digit))
            return True
        if self._cards.is_open:
            return False
        if event.key is Key.PLAY_PAUSE and self._state is not None:
            self._press_main()
            return True
        if event.key is Key.MENU and self._group is not None:
            self._questions.about_phones(self._group["remote"], bool(self.page))
            return True
        if event.key in (Key.RED, Key.YELLOW):
            self._undo()
            return True
        return False

    def on_ok(self, focus_id: str) -> None:
        if self._cards.is_open:
            self._cards.answer(focus_id)
        elif focus_id.startswith(PERSON):
            self._questions.about_checking_out(int(focus_id.removeprefix(PERSON)), self._people)
        elif focus_id in self._presses:
            self._presses[focus_id]()
        else:
            self._types_on_pad = True
            self._type(focus_id.removeprefix("key:"))

    def back(self) -> bool:
        if self._cards.is_open:
            self._cards.back()
        elif not self._check_in.entry.is_empty:
            self._type("delete")
        elif self._names.window.first_line > 0:
            self.services.navigate.focus(MAIN)
        elif self._state is not None and self._state.is_touched:
            self._questions.about_leaving(len(self._people))
        else:
            self._forget_untouched()
            return False
        return True

    def scroll(self) -> Mapping[str, int]:
        return {PEOPLE: self._names.window.first_line}

    def handle_one_second(self) -> None:
        """The clock of a discussion goes on; every second time the agent is asked."""
        self._seconds += 1
        self._check_in.handle_one_second()
        self._show_discussion()
        if self._seconds % POLLED_EVERY == 0 and self._state is not None:
            self._calls.poll()

    def _type(self, name: str) -> None:
        if self._state is not None:
            self._check_in.press(name)
        elif self._way is None:
            self._typed_early.append(name)

    # ── what the buttons do ──

    @property
    def _presses(self) -> Mapping[str, Callable[[], None]]:
        return {
            PLAN: self._plan,
            MAIN: self._press_main,
            DISCUSSION: self._discuss,
            END: self._ask_to_end,
            UNDO: self._undo,
        }

    def _plan(self) -> None:
        if self._group is not None:
            # Whoever comes back from there goes on with what is next.
            self.services.navigate.focus(MAIN if self._people else FIRST_KEY)
            self.services.navigate.show("group_plan", group=self._group)

    def _ask_to_end(self) -> None:
        self._questions.about_the_end(len(self._people))

    def _check_out(self, member_id: int) -> None:
        self._change(partial(self.services.agent.check_out, member_id))

    def _let_phones(self, on: bool) -> None:
        self._change(partial(self.services.agent.let_phones, on))

    def _resume(self) -> None:
        self._change(self.services.agent.resume_group)

    def _press_main(self) -> None:
        state = self._state
        if state is None:
            self._go_on_without()
        elif state.main is Main.END:
            self._ask_to_end()
        elif state.main is Main.DISCUSS:
            self._discuss()
        elif state.next_item is None:
            self.services.navigate.show("category")
        elif state.discussing:
            self._change(partial(self.services.agent.discuss, False), self._play)
        else:
            self._play()

    def _play(self) -> None:
        if self._state is not None and self._state.next_item is not None:
            open_item(self.services.navigate, self._state.next_item)

    def _discuss(self) -> None:
        on = self._state is not None and not self._state.discussing
        self._change(partial(self.services.agent.discuss, on))

    def _undo(self) -> None:
        if self._state is not None and self._state.can_undo:
            self._change(self.services.agent.undo_check, lambda: self._check_in.say(_("已撤销"), theme.PAPER))

    def _change(self, call: Callable[[], GroupReply], then: Callable[[], None] = lambda: None) -> None:
        self._calls.change(call, self._refused, then)

    def _refused(self, error: TvError) -> None:
        self._check_in.say(error.words)

    def _end(self) -> None:
        self._calls.run(self.services.agent.end_group, self._ended, self._refused)

    def _ended(self, reply: GroupReply) -> None:
        if reply["group"] is None:
            self.services.navigate.back()
        else:
            self.services.navigate.replace("group_summary", reply=reply)

    def _forget_untouched(self) -> None:
        """Nobody came and nothing was studied: nobody need be asked about it next time."""
        if self._state is not None:
            self.services.background.run(self.services.agent.end_group, lambda _reply: None)

    # ── what the agent says ──

    def _open(self) -> None:
        self._calls.open(self._agenda, self._not_opened)

    def _not_opened(self, error: TvError) -> None:
        self._late.cancel()
        self._lacks(WayOn.AGAIN if error.again else WayOn.BACK, error.words)

    def _lacks(self, way: WayOn, words: str) -> None:
        self._way, self.empty = way, words
        self._show_buttons()
        self.services.navigate.changed(MAIN)

    def _go_on_without(self) -> None:
        if self._way is WayOn.AGAIN:
            self._open()
        else:
            self.services.navigate.back()

    def _take(self, group: GroupEntry | None) -> None:
        self._late.cancel()
        if group is None:
            self._state = self._group = None
            self._show_heads()
            self._lacks(WayOn.BACK, _("这场集体学习已经结束。"))
            return
        self._group, self._taken_ms = group, self.services.clocks.boottime_ms()
        state = group_state(group)
        if state != self._state:
            before, self._state, self._way = self._state, state, None
            self._show(before)
            if before is None:
                self._begin(group)

    def _begin(self, group: GroupEntry) -> None:
        """It is in sight for the first time."""
        if group["goes_on_from_earlier"]:
            self._questions.about_an_earlier_one(group["heard_utc_ms"], group["present"])
        for name in self._typed_early:
            self._check_in.press(name)
        self._typed_early.clear()

    # ── showing ──

    @property
    def _people(self) -> tuple[Person, ...]:
        return self._state.people if self._state else ()

    def _show(self, before: GroupState | None) -> None:
        state = self._state
        if state is None:
            return
        self.page, self.network = state.page, state.network
        self.phones = phones_words(state) if state.page else ""
        self.newest, self.newest_via = state.newest or ("", "")
        self.empty = "" if state.people else _("还没有人签到。\n输学习卡号后 6 位，名字会出现在这里。")
        self._show_heads()
        self._show_buttons()
        self.status_changed()
        self.services.navigate.changed(self._better_focus(before, state))

    def _better_focus(self, before: GroupState | None, state: GroupState) -> str | None:
        """Once somebody is in, the big button; but not away from whoever types on the pad."""
        if before is None and not state.is_touched:
            return FIRST_KEY if self.services.navigate.focused == MAIN else None
        was_empty = before is None or not before.people
        waits = self.services.navigate.focused in (None, FIRST_KEY, MAIN)
        return MAIN if waits and not self._types_on_pad and was_empty and state.is_touched else None

    def _show_typed(self) -> None:
        typed = self._check_in
        self.entry, self.told, self.told_colour = typed.entry, typed.words, list(typed.colour)

    def _show_heads(self) -> None:
        self.heads = str(len(self._people))
        self.heads_width_px = text_width(self.heads, theme.HEAD_COUNT)

    def _show_buttons(self) -> None:
        self._buttons.show(self._state, self._way)
        self._show_discussion()

    def _show_discussion(self) -> None:
        if self._state is not None and self._group is not None:
            passed_ms = self.services.clocks.boottime_ms() - self._taken_ms
            self._buttons.show_discussion(self._state.discussing, self._group["discussion_ms"] + passed_ms)

    def _draw_plan(self, is_focused: bool) -> None:
        pill = self.ids.plan
        pill.focused = is_focused
        if is_focused:
            x, y = pill.rect[:2]
            self.ids.ring.surround(x, y - theme.LIFT, pill.width_px, HEIGHT, HEIGHT // 2)

    def _draw_people(self, focus_id: str | None) -> None:
        people = [(one.member_id, one.name) for one in self._people]
        self._names.show(people, focus_id, stays=self._cards.is_open)
        window = self._names.window
        self.ids.names.newest = 0 if window.first == 0 else -1
        self.more = window.words
