"""The episodes of a course over the lower part of the picture, two in a line."""

from pathlib import Path
from typing import Any

from kivy.lang import Builder

from tvclient import theme
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.widgets.episode_row import EpisodeLook, EpisodeRow
from tvclient.widgets.part import Part

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

COLUMNS, LINES = 2, 4
PITCH_X, PITCH_Y = 880, 84
GROUP = "episodes"


class EpisodePanel(Part):
    """Shows four lines at a time; focus ids are `episode:<item id>`."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._episodes: tuple[tuple[str, EpisodeLook], ...] = ()
        self._first_line = 0
        self._rows = [
            EpisodeRow(rect=[PITCH_X * (n % COLUMNS), PITCH_Y * (n // COLUMNS), *theme.EPISODE_ROW])
            for n in range(COLUMNS * LINES)
        ]

    def on_kv_post(self, base_widget: object) -> None:
        for row in self._rows:
            self.ids.rows.add_widget(row)

    def list(self, episodes: tuple[tuple[str, EpisodeLook], ...]) -> None:
        """What there is to choose: item ids and what their rows say."""
        self._episodes = episodes

    def focus_tree(self) -> Group:
        """A grid of the episodes."""
        leaves = tuple(Leaf(f"episode:{item_id}") for item_id, _look in self._episodes)
        return Group(GROUP, Kind.GRID, leaves, columns=COLUMNS)

    def draw_focus(self, focus_id: str | None) -> None:
        """Scroll to the episode with the focus and turn its row into paper."""
        ids = [f"episode:{item_id}" for item_id, _look in self._episodes]
        at = ids.index(focus_id) if focus_id in ids else None
        if at is not None:
            line = at // COLUMNS
            self._first_line = min(max(self._first_line, line - LINES + 1), line)
            self.ids.place.text = f"{at + 1} / {len(ids)}"
        first = self._first_line * COLUMNS
        for n, row in enumerate(self._rows):
            row.shown = first + n < len(ids)
            row.look = self._episodes[first + n][1] if row.shown else None
            row.focused = at == first + n
            if row.focused:
                self._surround(row)
        self.ids.ring.shown = at is not None

    def _surround(self, row: EpisodeRow) -> None:
        left, top = self.ids.rows.rect[:2]
        x, y, w, h = row.rect
        self.ids.ring.surround(left + x, top + y - theme.LIFT, w, h, theme.RADIUS_TILE)
