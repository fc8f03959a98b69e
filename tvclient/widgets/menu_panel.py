"""The player's menu over the lower part of the picture, a line for everything there is to choose."""

from itertools import pairwise
from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from tvclient import theme
from tvclient.remote.direction import Direction
from tvclient.remote.edge import WRAP, Edge, LeaveTo
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.state.menu_row import Menu, MenuRow, option_in
from tvclient.widgets.menu_line import LEAST_OPTIONS_X, LINE_H, MenuLine, Place, options_x
from tvclient.widgets.part import Part

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

GROUP = "menu"
TOP, PITCH, UNDER = 28, 88, 114
LINE_W = theme.DESIGN_W - theme.SAFE_X


class MenuPanel(Part):
    """As high as its lines need; focus ids are those of the options.

    At the bottom of the screen, but at the top if it offers subtitles: what is chosen is seen at once.
    """

    note = StringProperty("")
    at_top = BooleanProperty(False)
    options_x = NumericProperty(LEAST_OPTIONS_X)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._rows: tuple[MenuRow, ...] = ()
        self._lines = [MenuLine(rect=[0, PITCH * n, LINE_W, LINE_H], shown=False) for n in range(len(Menu))]

    def on_kv_post(self, base_widget: object) -> None:
        for line in self._lines:
            self.ids.lines.add_widget(line)

    def list(self, rows: tuple[MenuRow, ...]) -> None:
        """What there is to choose, one row at least."""
        self._rows = rows
        self.options_x = options_x(rows)
        height = TOP + PITCH * len(rows) + UNDER
        self.at_top = any(row.menu is Menu.SUBTITLE for row in rows)
        self.rect = [0, 0 if self.at_top else theme.DESIGN_H - height, theme.DESIGN_W, height]
        for n, line in enumerate(self._lines):
            line.shown = n < len(rows)
            if line.shown:
                line.options_x = self.options_x
                line.rest(rows[n])

    def focus_tree(self) -> Group:
        """A column of rows; up and down lead to what is in use in the next one."""
        edges: list[dict[Direction, Edge]] = [{} for _ in self._rows]
        for (upper, above), (lower, below) in pairwise(zip(self._rows, edges, strict=True)):
            above[Direction.DOWN] = LeaveTo(lower.entry)
            below[Direction.UP] = LeaveTo(upper.entry)
        groups = []
        for row, edge in zip(self._rows, edges, strict=True):
            if row.menu is Menu.EPISODE:
                edge |= {Direction.LEFT: WRAP, Direction.RIGHT: WRAP}
            leaves = tuple(Leaf(option.option_id) for option in row.options)
            groups.append(Group(f"{GROUP}:{row.menu}", Kind.ROW, leaves, edges=edge, preferred=row.entry))
        return Group(GROUP, Kind.COLUMN, tuple(groups))

    def draw_focus(self, focus_id: str | None) -> None:
        """Scroll to the option with the focus and turn it into paper; the other lines show what is in use."""
        found = option_in(self._rows, focus_id or "")
        self.ids.ring.shown = found is not None
        self.note = found[1].note if found else ""
        for row, line in zip(self._rows, self._lines, strict=False):
            if found is None or row is not found[0]:
                line.rest(row)
            else:
                self._surround(line, line.focus(row, found[1].option_id))

    def _surround(self, line: MenuLine, place: Place) -> None:
        left, top = self.ids.lines.rect[:2]
        y = top + line.rect[1] - theme.LIFT
        self.ids.ring.surround(left + place.x, y, place.w, line.rect[3], theme.RADIUS_TILE)
