"""Putting right what was wrong about a group study that has ended today: who was there, and what it was."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ListProperty, NumericProperty, StringProperty

from study.group.correction import Reason
from study.group_api import AttendeeEntry, ChoicesReply, EndedReply, GroupEntry, GroupReply, PresenceEntry
from tvclient import theme
from tvclient.errors import TvError
from tvclient.remote.key_queue import KeyEvent
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.screens.bar_words import clock_words
from tvclient.screens.correction_questions import CorrectionQuestions, group_words
from tvclient.screens.group_calls import GroupCalls
from tvclient.screens.group_cards import Answer, GroupCards
from tvclient.screens.plan_facts import KIND, LEADER, PLAN_FACTS, THEME, show_plan_facts
from tvclient.screens.plan_questions import PlanQuestions
from tvclient.screens.screen import Screen
from tvclient.screens.services import Services
from tvclient.screens.shown_names import PERSON, ShownNames
from tvclient.state.agenda_words import agenda_titles
from tvclient.state.durations import clock_text
from tvclient.state.name_window import COLUMNS
from tvclient.state.plan_state import plan_state
from tvclient.state.presence_times import PresenceTimes, whole_time
from tvclient.widgets.brush import text_width
from tvclient.widgets.top_bar import BarLook
from tvclient.words import _

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

MISSING = "fact:missing"
DONE, OTHER = "button:done", "button:other"
FACTS = {**PLAN_FACTS, MISSING: "missing"}
BUTTONS = {DONE: "done", OTHER: "other"}
_GREEN = theme.GREEN  # the keyword `theme` of a correction hides the module


class GroupCorrection(Screen):
    """Focus ids: `fact:kind` and its neighbours, `person:<member_id>`, `button:done`, `button:other`.

    Every change is asked about with what it was and what it will be, and told to the agent at once.
    """

    name = "group_correction"
    default_focus = MISSING

    told = StringProperty("")
    told_colour = ListProperty(theme.PAPER3)
    heads = StringProperty("0")
    heads_width_px = NumericProperty(0)
    more = StringProperty("")

    def __init__(self, services: Services, group: GroupEntry | None = None) -> None:
        """`group` is the one that has just ended; without one it is chosen from those of today."""
        self._group = group
        self._ended: list[GroupEntry] = []
        super().__init__(services)
        self._names = ShownNames(self.ids.names, self.ids.ring)
        self._cards = GroupCards(services.navigate, self.ids.over)
        self._plan = PlanQuestions(self._cards)
        self._questions = CorrectionQuestions(self._cards)
        self._calls = GroupCalls(services.agent, services.background, self._take)
        self._show()

    # ── the contract of a screen ──

    def enter(self) -> None:
        self.services.background.run(self.services.agent.plan_choices, self._offer)
        self._calls.run(self.services.agent.ended_groups, self._took_ended, self._refused)

    def leave(self) -> None:
        self._calls.leave()
        self._cards.close()

    def status_changed(self) -> None:
        clock, date = clock_words(self.services.status.now)
        subtitle = group_words(self._group) if self._group else ""
        self.ids.top_bar.look = BarLook(clock, date, title=_("更正集体学习"), subtitle=subtitle)

    def focus_tree(self) -> Group:
        is_known = self._group is not None
        facts = tuple(Leaf(name, enabled=is_known) for name in FACTS)
        buttons = Group("buttons", Kind.ROW, (Leaf(DONE), Leaf(OTHER, enabled=self.ids.other.shown)))
        people = tuple(Leaf(f"{PERSON}{one['member_id']}") for one in self._people)
        return Group(
            self.name,
            Kind.ROW,
            (
                Group("left", Kind.COLUMN, (Group("facts", Kind.COLUMN, facts), buttons)),
                Group("people", Kind.GRID, people, columns=COLUMNS),
            ),
        )

    def draw_focus(self, focus_id: str | None) -> None:
        self._cards.draw(focus_id)
        below = None if self._cards.is_open else focus_id
        ring = self.ids.ring
        ring.shown = False
        parts = {name: self.ids[part] for name, part in (FACTS | BUTTONS).items()}
        ring.lift_one(parts, below, theme.RADIUS_CARD)
        self._draw_people(below)

    def on_key(self, event: KeyEvent) -> bool:
        return self._questions.step(event.key, self.services.navigate.focused)

    def on_ok(self, focus_id: str) -> None:
        if self._cards.is_open:
            self._cards.answer(focus_id)
        elif focus_id.startswith(PERSON):
            self._ask_about(int(focus_id.removeprefix(PERSON)))
        else:
            self._presses[focus_id]()

    def back(self) -> bool:
        if self._cards.is_open:
            self._cards.back()
            return True
        return False

    def take_text(self, text: str) -> bool:
        if self._group is None or self._cards.is_open:
            return False
        self._ask_plan(_("主题"), self._group["theme"], text, partial(self._put_plan, theme=text))
        return True

    def scroll(self) -> Mapping[str, int]:
        return {"people": self._names.window.first_line}

    # ── what it was ──

    @property
    def _presses(self) -> Mapping[str, Callable[[], None]]:
        return {
            KIND: self._change_kind,
            THEME: self._change_theme,
            LEADER: self._change_facilitator,
            MISSING: lambda: self._find(_("谁漏签了？"), self._ask_missing),
            DONE: self.services.navigate.back,
            OTHER: lambda: self._questions.which(self._ended, self._choose),
        }

    def _change_kind(self) -> None:
        if self._group is not None:
            words, kind = plan_state(self._group).kind_words, self._group["kind"]
            names = {one["kind"]: _(one["words"]) for one in self._plan.choices["kinds"]}
            self._plan.about_kind(
                kind,
                lambda new: self._ask_plan(
                    _("学习形式"), words, names.get(new, new), partial(self._put_plan, kind=new)
                ),
            )

    def _change_theme(self) -> None:
        if self._group is not None:
            before = self._group["theme"]
            self._plan.about_theme(
                before,
                agenda_titles(self._group["agenda"]),
                lambda new: self._ask_plan(_("主题"), before, new, partial(self._put_plan, theme=new)),
            )

    def _change_facilitator(self) -> None:
        if self._group is not None:
            self._plan.about_facilitator(
                plan_state(self._group).facilitator,
                self._people,
                self._ask_facilitator,
                lambda: self._find(_("谁来主持？"), self._ask_facilitator),
            )

    def _ask_facilitator(self, one: AttendeeEntry) -> None:
        before = plan_state(self._group).facilitator_name if self._group else ""
        put = partial(self._put_plan, facilitator=one["member_id"])
        self._ask_plan(_("主持人"), before, one["name"], put)

    def _ask_plan(self, label: str, before: str, after: str, put: Callable[[], None]) -> None:
        if before != after:
            self._questions.whether(_was_and_is(label, before, after), put)

    def _put_plan(
        self, *, kind: str | None = None, theme: str | None = None, facilitator: int | None = None
    ) -> None:
        self._correct(
            Reason.WRONG_PLAN, _("已更正，原来的也留着备查"), kind=kind, theme=theme, facilitator=facilitator
        )

    # ── who was there ──

    def _ask_about(self, member_id: int) -> None:
        one = next(one for one in self._people if one["member_id"] == member_id)
        self._questions.about_person(
            one, partial(self._ask_times, one, Reason.WRONG_TIME), partial(self._ask_strike, one)
        )

    def _ask_strike(self, one: AttendeeEntry) -> None:
        words = _was_and_is(one["name"], _("记 {}").format(clock_text(one["person_ms"])), _("没有来"))
        self._questions.whether(words, partial(self._put_presence, Reason.WRONG_CHECK_IN, one, None))

    def _ask_missing(self, one: AttendeeEntry) -> None:
        if any(one["member_id"] == other["member_id"] for other in self._people):
            self._say(_("{} 已经在名单上").format(one["name"]), theme.PAPER)
            return
        times = whole_time(self._group["studied_ms"]) if self._group else PresenceTimes(1)
        self._questions.whether(
            _was_and_is(one["name"], _("没有签到"), times.words),
            partial(self._put_presence, Reason.FORGOT_CHECK_IN, one, times),
            Answer("clock", _("改到场和离场时间"), partial(self._ask_times, one, Reason.FORGOT_CHECK_IN)),
        )

    def _ask_times(self, one: AttendeeEntry, reason: Reason) -> None:
        if self._group is not None:
            times = whole_time(self._group["studied_ms"])
            self._questions.about_times(one, times, partial(self._put_presence, reason, one))

    def _put_presence(self, reason: Reason, one: AttendeeEntry, times: PresenceTimes | None) -> None:
        """None for somebody who was not there."""
        entry: PresenceEntry = {
            "member_id": one["member_id"],
            "digits": "",
            "is_there": times is not None,
            "from_min": times.from_min if times else 0,
            "until_min": times.until_min if times else None,
        }
        after = times.words if times else _("没有来")
        self._correct(reason, _("已更正：{} {}").format(one["name"], after), people=[entry])

    # ── what the agent says ──

    def _correct(
        self,
        reason: Reason,
        done: str,
        people: list[PresenceEntry] | None = None,
        *,
        kind: str | None = None,
        theme: str | None = None,
        facilitator: int | None = None,
    ) -> None:
        if self._group is None:
            return
        agent, group_id = self.services.agent, self._group["group_id"]

        def call() -> GroupReply:
            return agent.correct_group(
                group_id, reason, people or [], kind=kind, theme=theme, facilitator=facilitator
            )

        self._calls.change(call, self._refused, lambda: self._say(done, _GREEN))

    def _find(self, title: str, found: Callable[[AttendeeEntry], None]) -> None:
        self.services.navigate.show("group_member", title=title, found=found)

    def _refused(self, error: TvError) -> None:
        self._say(error.words, theme.VERM_TEXT)

    def _say(self, words: str, colour: theme.Rgba) -> None:
        self.told, self.told_colour = words, list(colour)

    def _offer(self, choices: ChoicesReply) -> None:
        self._plan.choices = choices

    def _took_ended(self, reply: EndedReply) -> None:
        self._ended = reply["groups"]
        self.ids.other.shown = len(self._ended) > 1
        if self._group is None and self._ended:
            self._choose(self._ended[0])
            self.services.navigate.focus(MISSING)
            if len(self._ended) > 1:
                self._questions.which(self._ended, self._choose)
        elif not self._ended:
            self._say(_("今天没有可以更正的集体学习。\n只能更正当天结束的。"), theme.PAPER2)
        self.services.navigate.changed()

    def _choose(self, group: GroupEntry) -> None:
        self._say("", theme.PAPER)
        self._take(group)

    def _take(self, group: GroupEntry | None) -> None:
        self._group = group
        self._show()
        self.status_changed()
        self.services.navigate.changed()

    # ── showing ──

    @property
    def _people(self) -> list[AttendeeEntry]:
        return self._group["attendees"] if self._group else []

    def _show(self) -> None:
        if self._group is not None:
            show_plan_facts(self.ids, plan_state(self._group))
        self.heads = str(len(self._people))
        self.heads_width_px = text_width(self.heads, theme.HEAD_COUNT)

    def _draw_people(self, focus_id: str | None) -> None:
        people = [(one["member_id"], one["name"]) for one in self._people]
        self._names.show(people, focus_id, stays=self._cards.is_open)
        self.more = self._names.window.words


def _was_and_is(label: str, before: str, after: str) -> str:
    return _("{}：{} → {}").format(label, before or _("还没有定"), after or _("还没有定"))
