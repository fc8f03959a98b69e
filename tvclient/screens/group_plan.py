"""The plan of a group study: kind, theme, who leads it, and what is studied in which order."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from kivy.clock import Clock
from kivy.lang import Builder
from kivy.properties import ListProperty, StringProperty

from study.group_api import DISCUSSION, AttendeeEntry, ChoicesReply, GroupEntry, GroupReply
from study.listing_api import ALL_ARTICLES
from tvclient import theme
from tvclient.errors import TvError
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.screens.agenda_item import chosen_items
from tvclient.screens.bar_words import clock_words, sync_mark
from tvclient.screens.group_calls import GroupCalls
from tvclient.screens.group_cards import Answer, GroupCards
from tvclient.screens.plan_facts import KIND, LEADER, PLAN_FACTS, THEME, show_plan_facts
from tvclient.screens.plan_questions import PlanQuestions
from tvclient.screens.screen import Screen
from tvclient.screens.services import Services
from tvclient.state.agenda_words import agenda_titles
from tvclient.state.plan_state import AgendaLook, PlanState, plan_state
from tvclient.widgets.agenda_row import SIZE, AgendaRow
from tvclient.widgets.top_bar import BarLook
from tvclient.words import _

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

EARLIER = "fact:earlier"
DONE, ADD = "button:done", "button:add"
FACTS = {**PLAN_FACTS, EARLIER: "earlier"}
BUTTONS = {DONE: "done", ADD: "add"}
ITEM = "item:"
SEEN, PITCH = 6, 100
POLLED_EVERY_S = 2.0


class GroupPlan(Screen):
    """Focus ids: `fact:kind` and its neighbours, `item:5.1`, `button:add`, `button:done`.

    A text from a phone becomes the theme. What is chosen on the screens above is added to the agenda.
    """

    name = "group_plan"
    default_focus = ADD

    told = StringProperty("")
    told_colour = ListProperty(theme.PAPER3)

    def __init__(self, services: Services, group: GroupEntry) -> None:
        """`group` is the one that goes on."""
        self._group = group
        self._state: PlanState = plan_state(group)
        self._first = 0
        self._chosen: tuple[str, ...] = ()
        super().__init__(services)
        self._cards = GroupCards(services.navigate, self.ids.over)
        self._questions = PlanQuestions(self._cards)
        self._calls = GroupCalls(services.agent, services.background, self._take)
        self._poll = Clock.create_trigger(lambda _dt: self._calls.poll(), POLLED_EVERY_S, interval=True)
        self._rows = [AgendaRow(rect=[0, PITCH * n, *SIZE], shown=False) for n in range(SEEN)]
        for row in self._rows:
            self.ids.rows.add_widget(row)
        self._show()

    # ── the contract of a screen ──

    def enter(self) -> None:
        self.services.background.run(self.services.agent.plan_choices, self._offer)
        self._calls.poll()
        self._poll()
        if self._chosen:
            chosen, self._chosen = self._chosen, ()
            self._add(*chosen)

    def leave(self) -> None:
        self._poll.cancel()
        self._calls.leave()
        self._cards.close()

    def takes(self, name: str, params: Mapping[str, object]) -> bool:
        self._chosen = chosen_items(name, params)
        return bool(self._chosen)

    def take_text(self, text: str) -> bool:
        self._plan(theme=text)
        return True

    def status_changed(self) -> None:
        clock, date = clock_words(self.services.status.now)
        mark = sync_mark(self.services.status.latest, self.services.status.away)
        trouble = mark if mark is not None and mark.icon == "warn" else None
        self.ids.top_bar.look = BarLook(clock, date, trouble, title=_("学习安排"), subtitle=_("不安排也能学"))

    def focus_tree(self) -> Group:
        items = tuple(Leaf(f"{ITEM}{look.item_id}") for look in self._state.agenda)
        facts = (*(Leaf(name) for name in FACTS), Leaf(DONE))
        return Group(
            self.name,
            Kind.ROW,
            (
                Group("facts", Kind.COLUMN, facts),
                Group("agenda", Kind.COLUMN, (*items, Leaf(ADD)), preferred=ADD),
            ),
        )

    def draw_focus(self, focus_id: str | None) -> None:
        self._cards.draw(focus_id)
        below = None if self._cards.is_open else focus_id
        ring = self.ids.ring
        ring.shown = False
        parts = {name: self.ids[part] for name, part in (FACTS | BUTTONS).items()}
        ring.lift_one(parts, below, theme.RADIUS_CARD)
        self._draw_agenda(below)

    def on_ok(self, focus_id: str) -> None:
        if self._cards.is_open:
            self._cards.answer(focus_id)
        elif focus_id.startswith(ITEM):
            self._ask_about(focus_id.removeprefix(ITEM))
        else:
            self._presses[focus_id]()

    def back(self) -> bool:
        if self._cards.is_open:
            self._cards.back()
            return True
        return False

    def scroll(self) -> Mapping[str, int]:
        return {"agenda": self._first * PITCH}

    # ── what is chosen ──

    @property
    def _presses(self) -> Mapping[str, Callable[[], None]]:
        state = self._state
        return {
            KIND: lambda: self._questions.about_kind(state.kind, lambda kind: self._plan(kind=kind)),
            THEME: self._ask_about_theme,
            LEADER: self._ask_about_facilitator,
            EARLIER: lambda: self.services.navigate.show("group_correction"),
            ADD: self._ask_what_to_add,
            DONE: self.services.navigate.back,
        }

    def _ask_about_theme(self) -> None:
        titles = agenda_titles([one for one in self._group["agenda"] if one["kind"] != DISCUSSION])
        self._questions.about_theme(self._state.theme, titles, lambda theme: self._plan(theme=theme))

    def _ask_about_facilitator(self) -> None:
        people = [one for one in self._group["attendees"] if one["is_in"]]
        self._questions.about_facilitator(
            self._state.facilitator, people, self._found, self._find_facilitator, lambda: self._lead(None)
        )

    def _find_facilitator(self) -> None:
        self.services.navigate.show("group_member", title=_("谁来主持？"), found=self._found)

    def _found(self, member: AttendeeEntry) -> None:
        self._lead(member["member_id"])

    def _lead(self, member_id: int | None) -> None:
        state, agent = self._state, self.services.agent
        self._change(partial(agent.plan_group, state.kind, state.theme, member_id))

    def _plan(self, kind: str | None = None, theme: str | None = None) -> None:
        """Another kind or theme."""
        state, agent = self._state, self.services.agent
        new_kind, new_theme = kind or state.kind, state.theme if theme is None else theme
        self._change(partial(agent.plan_group, new_kind, new_theme, state.facilitator))

    def _ask_about(self, item_id: str) -> None:
        look = next(look for look in self._state.agenda if look.item_id == item_id)
        self._questions.about_item(
            look.title,
            can_go=not look.is_begun,
            move=partial(self._shift, item_id),
            take=lambda: self._set_agenda(self._state.without(item_id)),
        )

    def _shift(self, item_id: str, step: int) -> None:
        self._set_agenda(self._state.moved(item_id, step))

    def _ask_what_to_add(self) -> None:
        show = self.services.navigate.show
        self._questions.about_adding(
            [
                Answer("grid", _("课程"), partial(show, "category")),
                Answer("live", _("直播"), partial(show, "live")),
                Answer("book", _("文章"), partial(show, "category", listing_id=ALL_ARTICLES)),
                Answer("search", _("搜索"), partial(show, "search")),
                Answer("group", _("讨论"), partial(self._add, DISCUSSION)),
            ]
        )

    def _add(self, *item_ids: str) -> None:
        self._set_agenda(self._state.with_more(*item_ids), focus=f"{ITEM}{item_ids[-1]}")

    def _set_agenda(self, item_ids: tuple[str, ...], focus: str | None = None) -> None:
        def then() -> None:
            if focus is not None:
                self.services.navigate.focus(focus)

        self._change(partial(self.services.agent.set_agenda, item_ids), then)

    # ── what the agent says ──

    def _change(self, call: Callable[[], GroupReply], then: Callable[[], None] = lambda: None) -> None:
        self.told = ""
        self._calls.change(call, self._refused, then)

    def _refused(self, error: TvError) -> None:
        self.told, self.told_colour = error.words, list(theme.VERM_TEXT)

    def _offer(self, choices: ChoicesReply) -> None:
        self._questions.choices = choices

    def _take(self, group: GroupEntry | None) -> None:
        if group is None:
            self.services.navigate.back()  # it ended elsewhere; the check-in says so
            return
        self._group = group
        state = plan_state(group)
        if state != self._state:
            self._state = state
            self._show()
            self.services.navigate.changed()

    # ── showing ──

    def _show(self) -> None:
        state, ids = self._state, self.ids
        show_plan_facts(ids, state)
        ids.tally.text = state.tally
        ids.empty.text = "" if state.agenda else _("还没有选学什么。\n可以现在加，也可以边学边选。")

    def _draw_agenda(self, focus_id: str | None) -> None:
        agenda: tuple[AgendaLook, ...] = self._state.agenda
        places = [f"{ITEM}{look.item_id}" for look in agenda]
        focused = places.index(focus_id) if focus_id in places else None
        if focused is not None:
            self._first = min(max(self._first, focused - SEEN + 1), focused)
        self._first = max(0, min(self._first, len(agenda) - SEEN))
        left, top = self.ids.rows.rect[:2]
        for line, row in enumerate(self._rows):
            place = self._first + line
            row.shown = place < len(agenda)
            row.focused = row.shown and place == focused
            if row.shown:
                row.look = agenda[place]
            if row.focused:
                self.ids.ring.surround(left, top + PITCH * line - theme.LIFT, *SIZE, theme.RADIUS_TILE)
