"""A group study is over: what was studied, what counts, who was there."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ListProperty, NumericProperty, ObjectProperty

from study.group_api import EndedReply, GroupReply
from study.local_api import COVERS
from tvclient import theme
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.screens.agenda_item import open_item
from tvclient.screens.bar_words import clock_words
from tvclient.screens.screen import Screen
from tvclient.screens.services import Services
from tvclient.state.group_summary_state import GroupSummaryState, group_summary_state
from tvclient.widgets.brush import text_width
from tvclient.widgets.top_bar import BarLook

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

DONE, FOLLOWING = "button:done", "button:following"
CORRECT, HOURS = "button:correct", "button:hours"
BUTTONS = {DONE: "done", FOLLOWING: "following", CORRECT: "correct", HOURS: "hours"}


class GroupSummary(Screen):
    """Focus ids: `button:done`, `button:following`, `button:correct`, `button:hours`."""

    name = "group_summary"
    default_focus = DONE

    state = ObjectProperty(rebind=True)
    counted_colour = ListProperty(theme.PAPER2)
    counted_width_px = NumericProperty(0)
    heads_width_px = NumericProperty(0)

    def __init__(self, services: Services, reply: GroupReply) -> None:
        """`reply` is the agent's to the end of the group study."""
        self._reply = reply
        self._was_left = False
        self._show()
        super().__init__(services)
        self.ids.poster.covers = services.covers
        self.ids.poster.cover = f"{COVERS}/{self.state.course_id}" if self.state.course_id else None

    def enter(self) -> None:
        if self._was_left:  # it may have been corrected meanwhile
            self.services.background.run(self.services.agent.ended_groups, self._take)

    def leave(self) -> None:
        self._was_left = True

    def status_changed(self) -> None:
        clock, date = clock_words(self.services.status.now)
        self.ids.top_bar.look = BarLook(clock, date)

    def focus_tree(self) -> Group:
        leaves = tuple(Leaf(name, enabled=self.ids[part].shown) for name, part in BUTTONS.items())
        return Group(self.name, Kind.ROW, leaves)

    def draw_focus(self, focus_id: str | None) -> None:
        buttons = {name: self.ids[part] for name, part in BUTTONS.items()}
        self.ids.ring.lift_one(buttons, focus_id, theme.RADIUS_CARD)

    def on_ok(self, focus_id: str) -> None:
        navigate = self.services.navigate
        if focus_id == DONE:
            navigate.back()
        elif focus_id == CORRECT:
            navigate.show("group_correction", group=self._reply["group"])
        elif focus_id == HOURS:
            navigate.show("station_record")
        elif self.state.next_item is not None:
            open_item(navigate, self.state.next_item)

    def _take(self, ended: EndedReply) -> None:
        group = self._reply["group"]
        for one in ended["groups"]:
            if group is not None and one["group_id"] == group["group_id"]:
                self._reply = GroupReply(group=one, waiting=self._reply["waiting"])
                self._show()

    def _show(self) -> None:
        state: GroupSummaryState = group_summary_state(self._reply)
        self.state = state
        self.counted_colour = theme.GOLD if state.counts else theme.PAPER2
        self.counted_width_px = text_width(state.counted.figure, theme.FIGURE_XL)
        self.heads_width_px = text_width(state.heads, theme.FIGURE_XL)
