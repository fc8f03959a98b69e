"""What this station has studied: the month, its days, the rank, every session and its state."""

from collections.abc import Mapping
from pathlib import Path

from kivy.clock import Clock
from kivy.lang import Builder
from kivy.properties import NumericProperty, ObjectProperty, StringProperty

from study.local_api import RecordReply
from tvclient import theme
from tvclient.errors import TvError
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.screens.bar_words import clock_words, sync_mark
from tvclient.screens.screen import Screen
from tvclient.screens.services import Services
from tvclient.screens.way_on import LATE_S, WayOn, draw_way_on, go_on
from tvclient.state.record_state import RecordState, record_state
from tvclient.widgets.brush import text_width
from tvclient.widgets.session_line import SIZE, SessionLine
from tvclient.widgets.top_bar import BarLook
from tvclient.words import _

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

LINES, PITCH = 5, 84
SESSIONS_ID = "sessions"
EMPTY_ID = "sessions:none"


class StationRecord(Screen):
    """Focus ids: `session:<session_id>`; the list shows five sessions at a time. Without any, a button has
    the focus.
    """

    name = "station_record"
    default_focus = SESSIONS_ID

    state = ObjectProperty(None, allownone=True, rebind=True)
    month_title = StringProperty("")
    figure = StringProperty("")
    figure_width_px = NumericProperty(0)
    unit = StringProperty("")
    foot = StringProperty("")
    chart_title = StringProperty("")
    empty = StringProperty("")

    def __init__(self, services: Services) -> None:
        self._first = 0
        super().__init__(services)
        self._lines = [SessionLine(rect=[0, n * PITCH, *SIZE]) for n in range(LINES)]
        for line in self._lines:
            self.ids.lines.add_widget(line)
        self._way: WayOn | None = None
        self._late = Clock.create_trigger(lambda _dt: self._lacks(WayOn.BACK, _("正在读取学习记录…")), LATE_S)

    def enter(self) -> None:
        if self.state is None:
            self._late()
        self._load()

    def leave(self) -> None:
        self._late.cancel()

    def status_changed(self) -> None:
        status, away = self.services.status.latest, self.services.status.away
        clock, date = clock_words(self.services.status.now)
        station = status["station"] if status else None
        place = station["name"] if station else ""
        self.ids.top_bar.look = BarLook(
            clock, date, sync_mark(status, away), title=_("本站学时"), subtitle=place
        )
        if not away:
            self._load()

    def focus_tree(self) -> Group:
        sessions = self.state.sessions if self.state else ()
        leaves = tuple(Leaf(f"session:{row.session_id}") for row in sessions) or (Leaf(EMPTY_ID),)
        return Group(self.name, Kind.COLUMN, (Group(SESSIONS_ID, Kind.COLUMN, leaves),))

    def draw_focus(self, focus_id: str | None) -> None:
        sessions = self.state.sessions if self.state else ()
        at = next((n for n, row in enumerate(sessions) if f"session:{row.session_id}" == focus_id), None)
        if at is not None:
            self._first = min(max(self._first, at - LINES + 1), at)
        self._first = max(0, min(self._first, len(sessions) - LINES))
        for n, line in enumerate(self._lines):
            place = self._first + n
            line.row = sessions[place] if place < len(sessions) else None
            line.focused = place == at
        draw_way_on(self._way, self.ids.button, self.ids.ring)
        if at is not None:
            self._draw_ring(at - self._first)
        self.ids.more.text = f"{at + 1} / {len(sessions)}" if at is not None and len(sessions) > LINES else ""

    def on_ok(self, focus_id: str) -> None:
        go_on(self._way, self.services.navigate, self._load)

    def scroll(self) -> Mapping[str, int]:
        return {SESSIONS_ID: self._first * PITCH}

    def _draw_ring(self, line: int) -> None:
        x, y = self.ids.lines.rect[:2]
        self.ids.ring.surround(x, y + line * PITCH - theme.LIFT, *SIZE, theme.RADIUS_TILE)

    def _load(self) -> None:
        status = self.services.status.latest
        if status is None:
            return
        month = status["month"]["month"]
        self.services.background.run(lambda: self.services.agent.record(month), self._take, self._miss)

    def _take(self, record: RecordReply) -> None:
        now = self.services.status.now
        state = record_state(record, now.date() if now else None)
        if state == self.state:
            return
        self._show(state)
        self.services.navigate.changed()

    def _show(self, state: RecordState) -> None:
        self.state = state
        self.month_title = state.month_title
        self.figure, self.unit = state.figure
        self.figure_width_px = text_width(self.figure, theme.HERO)
        self.foot = state.foot
        self.chart_title = _("每天有效学时（{}）").format(state.scale.unit)
        self._late.cancel()
        self._way = None if state.sessions else WayOn.COURSES
        self.empty = "" if state.sessions else _("本月还没有学习。\n选一门课程学起来，这里会记下每一次。")

    def _miss(self, error: TvError) -> None:
        if self.state is None:
            self._late.cancel()
            self._lacks(WayOn.AGAIN, error.words)

    def _lacks(self, way: WayOn, words: str) -> None:
        self._way, self.empty = way, words
        self.services.navigate.changed()
