"""Live with its guide: channels and hours as a grid, what is on, digits for a channel, reminders."""

from collections.abc import Mapping
from pathlib import Path

from kivy.clock import Clock
from kivy.lang import Builder

from study.guide_api import GuideReply, RemindersReply
from study.units import ItemId
from tvclient import theme
from tvclient.errors import TvError
from tvclient.remote.direction import Direction
from tvclient.remote.key import Key
from tvclient.remote.key_queue import KeyEvent
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.screens.bar_words import clock_words, sync_mark
from tvclient.screens.guide_look import (
    empty_words,
    focus_words,
    hour_marks,
    info_look,
    line_look,
    now_words,
)
from tvclient.screens.screen import Screen
from tvclient.screens.services import Services
from tvclient.screens.way_on import LATE_S, WayOn, draw_way_on, go_on
from tvclient.state.channel_dial import CHOSEN_AFTER_S
from tvclient.state.guide_layout import LINE_STEP, LINES, focus_rect
from tvclient.state.guide_state import GuideState, Wanted
from tvclient.widgets.guide_line import SIZE, GuideLine
from tvclient.widgets.icons import FAILED, baked_texture
from tvclient.widgets.top_bar import BarLook
from tvclient.words import _

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

TICK_S = 5.0
"""So often the now-line moves, and what failed is asked for again."""
ARROWS = {Key(direction): direction for direction in Direction}
PAGES = {Key.CHANNEL_DOWN: Direction.DOWN, Key.CHANNEL_UP: Direction.UP}


class Guide(Screen):
    """Focus ids: `guide:L1@1795345200` on a programme, `guide:L1` where there is none, `guide` on nothing."""

    name = "live"

    def __init__(self, services: Services) -> None:
        self._state = GuideState()
        self._reminded: frozenset[str] = frozenset()
        self._trouble = ""
        self._is_put_off = self._is_asking = self._is_late = self._in_sight = False
        self._answered: Wanted | None = None
        self._known_ms: tuple[int, int] | None = None
        super().__init__(services)
        self._tick = Clock.create_trigger(lambda _dt: self._later(), TICK_S, interval=True)
        self._late = Clock.create_trigger(lambda _dt: self._tell_late(), LATE_S)
        self._complete = Clock.create_trigger(lambda _dt: self._change(self._state.dialled()), CHOSEN_AFTER_S)
        self._lines = [GuideLine(rect=[0, 0, *SIZE], shown=False) for _n in range(LINES)]
        for line in self._lines:
            self.ids.lines.add_widget(line)

    def enter(self) -> None:
        self._in_sight = True
        self.services.background.run(self.services.agent.reminders, self._take_reminders)
        self._late()
        self._later()
        self._tick()

    def leave(self) -> None:
        self._in_sight = False
        for trigger in (self._tick, self._late, self._complete):
            trigger.cancel()
        self._state = self._state.undialled()

    def status_changed(self) -> None:
        status, away = self.services.status.latest, self.services.status.away
        clock, date = clock_words(self.services.status.now)
        mark = sync_mark(status, away)
        self.ids.top_bar.look = BarLook(clock, date, mark, title=_("直播"), subtitle=_("节目单"))

    def focus_tree(self) -> Group:
        return Group("lines", Kind.COLUMN, (Leaf(self._state.focus_id),))

    def draw_focus(self, focus_id: str | None) -> None:
        state, ids = self._state, self.ids
        has_lines = state.total > 0
        for part in (ids.info, ids.hours, ids.focus):
            part.shown = has_lines
        draw_way_on(self._way, ids.button, ids.ring)
        ids.notice.text, ids.advice.text = ("", "") if has_lines else empty_words(state, self._trouble)
        ids.drawing.texture = baked_texture(FAILED) if self._trouble and not has_lines else None
        self._draw_lines()
        if not has_lines:
            return
        ids.info.look = info_look(state, self._reminded)
        ids.hours.marks, ids.hours.now_x, ids.hours.now = hour_marks(state), state.now_x, now_words(state)
        self._draw_focus()

    def on_key(self, event: KeyEvent) -> bool:
        if event.key.digit is not None:
            if not event.repeat:
                self._complete.cancel()
                self._complete()
                self._change(self._state.pressed(event.key.digit))
            return True
        if event.key in (Key.OK, Key.BACK) and self._state.dial.digits:
            self._complete.cancel()
            is_meant = event.key is Key.OK
            self._change(self._state.dialled() if is_meant else self._state.undialled())
            return True
        if event.key in ARROWS:
            self._change(self._state.undialled().moved(ARROWS[event.key]))
            return True
        if event.key in PAGES:
            self._change(self._state.undialled().paged(PAGES[event.key]))
            return True
        return False

    def on_ok(self, focus_id: str) -> None:
        if self._state.total == 0:
            go_on(self._way, self.services.navigate, self._later)
            return
        channel_id, programme_id = self._state.watchable, self._state.remindable
        if channel_id is not None:
            self.services.navigate.show("player", item_id=channel_id, from_start=False)
        elif programme_id is not None:
            self._remind(programme_id)

    def scroll(self) -> Mapping[str, int]:
        return {"lines": self._state.top * LINE_STEP}

    # ---- what the agent knows

    def _later(self) -> None:
        self._is_put_off, self._answered = False, None
        known, now_ms = self._known_ms, self.services.clocks.boottime_ms()
        self._change(self._state if known is None else self._state.at(known[0] + now_ms - known[1]))

    def _change(self, state: GuideState) -> None:
        self._state = state
        self._ask()
        if self._in_sight:
            self.services.navigate.changed(state.focus_id)

    def _ask(self) -> None:
        wanted = self._state.wanted
        if wanted is None or self._is_asking or self._is_put_off or wanted == self._answered:
            return
        self._is_asking = True
        agent = self.services.agent
        self.services.background.run(
            lambda: agent.guide(wanted.first, wanted.count, wanted.from_ms, wanted.to_ms, wanted.number),
            lambda reply: self._take(wanted, reply),
            self._miss,
        )

    def _take(self, asked: Wanted, reply: GuideReply) -> None:
        self._is_asking, self._answered, self._trouble = False, asked, ""
        now_ms = reply["now_utc_ms"]
        self._known_ms = None if now_ms is None else (now_ms, self.services.clocks.boottime_ms())
        self._change(self._state.fetched(asked, reply))

    def _miss(self, error: TvError) -> None:
        self._is_asking, self._is_put_off, self._trouble = False, True, error.words
        self._change(self._state)

    def _take_reminders(self, reply: RemindersReply) -> None:
        self._reminded = frozenset(each["item_id"] for each in reply["reminders"])
        if self._in_sight:
            self.services.navigate.changed()

    def _remind(self, programme_id: ItemId) -> None:
        agent, is_set = self.services.agent, programme_id in self._reminded
        doing = agent.forget_reminder if is_set else agent.remind
        self.services.background.run(lambda: doing(programme_id), self._take_reminders)

    # ---- showing

    @property
    def _way(self) -> WayOn | None:
        if self._state.total > 0:
            return None
        if self._trouble:
            return WayOn.AGAIN
        if self._state.is_fetched:
            return WayOn.COURSES
        return WayOn.BACK if self._is_late else None

    def _tell_late(self) -> None:
        self._is_late = True
        self.services.navigate.changed()

    def _draw_lines(self) -> None:
        state = self._state
        for place in range(state.top, state.top + LINES):
            line = self._lines[place % LINES]
            line.shown = place in state.lines
            if line.shown:
                line.rect = [0, (place - state.top) * LINE_STEP, *SIZE]
                line.look = line_look(state, place)

    def _draw_focus(self) -> None:
        state, focus = self._state, self.ids.focus
        seen = next((each for each in state.placed(state.row) if each.cell == state.focused), None)
        focus.shown = self.ids.ring.shown = seen is not None
        if seen is None:
            return
        rect = focus_rect(seen.rect)
        y = rect.y - theme.LIFT
        focus.rect = [rect.x, y, rect.w, rect.h]
        focus.title, focus.ways = focus_words(state, self._reminded)
        self.ids.ring.surround(rect.x, y, rect.w, rect.h, theme.RADIUS_TILE)
