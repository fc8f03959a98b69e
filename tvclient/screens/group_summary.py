"""A group study is over: what was studied, what counts, who was there."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ListProperty, NumericProperty, ObjectProperty

from study.group_api import GroupReply
from study.local_api import COVERS
from tvclient import theme
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.screens.bar_words import clock_words
from tvclient.screens.screen import Screen
from tvclient.screens.services import Services
from tvclient.state.group_summary_state import GroupSummaryState, group_summary_state
from tvclient.widgets.brush import text_width
from tvclient.widgets.top_bar import BarLook

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

DONE, FOLLOWING, HOURS = "button:done", "button:following", "button:hours"
BUTTONS = {DONE: "done", FOLLOWING: "following", HOURS: "hours"}


class GroupSummary(Screen):
    """Focus ids: `button:done`, `button:following`, `button:hours`."""

    name = "group_summary"
    default_focus = DONE

    state = ObjectProperty(rebind=True)
    counted_colour = ListProperty(theme.PAPER2)
    counted_width_px = NumericProperty(0)
    heads_width_px = NumericProperty(0)

    def __init__(self, services: Services, reply: GroupReply) -> None:
        """`reply` is the agent's to the end of the group study."""
        state: GroupSummaryState = group_summary_state(reply)
        self.state = state
        self.counted_colour = theme.GOLD if state.counts else theme.PAPER2
        self.counted_width_px = text_width(state.counted.figure, theme.FIGURE_XL)
        self.heads_width_px = text_width(state.heads, theme.FIGURE_XL)
        super().__init__(services)
        self.ids.poster.covers = services.covers
        self.ids.poster.cover = f"{COVERS}/{state.course_id}" if state.course_id else None

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
        elif focus_id == HOURS:
            navigate.show("station_record")
        elif self.state.next_item is not None:
            kind, item_id = self.state.next_item
            if kind == "article":
                navigate.show("article", article_id=item_id)
            else:
                navigate.show("player", item_id=item_id)
