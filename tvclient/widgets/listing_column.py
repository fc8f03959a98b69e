"""The lists that can be browsed, one under the other, as a window onto any number of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty

from tvclient import theme
from tvclient.widgets.brush import Brush, Writing, fits, text_width
from tvclient.widgets.part import Part
from tvclient.widgets.plate import paint_plate
from tvclient.widgets.sheet import Sheet

SIZE = (304, 88)
PITCH = 104
SEEN = 8
POOL = SEEN + 1  # the next one peeks in
PAD, PAD_RIGHT, COUNT_GAP = 32, 20, 12


@dataclass(frozen=True, slots=True)
class ListingLook:
    """A list's name and how many courses it has; empty while that is not known. `apart` from the one above
    by a line."""

    id: str
    title: str
    count: str
    apart: bool = False


class ListingRow(Sheet):
    """304×88; `current` is the list in sight, on paper and 4 px higher with the focus."""

    REPAINT_ON = ("look", "current", "focused", "parted")
    look = ObjectProperty(None, allownone=True)
    current = BooleanProperty(False)
    focused = BooleanProperty(False)
    parted = BooleanProperty(False)
    """A line lies above it."""

    def paint(self, brush: Brush) -> None:
        look: ListingLook | None = self.look
        if look is None:
            return
        y = -theme.LIFT if self.focused else 0
        width, height = SIZE
        if self.parted:
            brush.box(PAD, (height - PITCH) // 2 - 1, width - PAD - PAD_RIGHT, 2, theme.INK3)
        self._paint_plate(brush, y)
        count_w = text_width(look.count, theme.META)
        meta = theme.FOCUS_TEXT2 if self.focused else theme.PAPER3
        right = width - PAD_RIGHT - count_w
        brush.text(right, y, count_w, height, look.count, Writing(theme.META, meta))
        strong = self.focused or self.current
        ink = theme.FOCUS_TEXT if self.focused else theme.PAPER if self.current else theme.PAPER2
        room = right - COUNT_GAP - PAD
        role = theme.ROW_TITLE.as_bold(strong)
        if text_width(look.title, theme.ROW_TITLE) <= room:
            brush.text(PAD, y, room, height, look.title, Writing(role, ink))
        else:
            # A long name is smaller, in two lines if it must be; bold ones are as wide as they get.
            lines = 1 if fits(look.title, theme.META_BOLD, room, 1) else 2
            small = Writing(theme.META.as_bold(strong), ink, lines=lines)
            tall = lines * theme.META.line_px
            brush.text(PAD, y + (height - tall) // 2, room, tall, look.title, small)

    def _paint_plate(self, brush: Brush, y: int) -> None:
        if self.focused or self.current:
            fill = theme.FOCUS if self.focused else theme.INK2
            paint_plate(brush, (0, y, *SIZE), fill, spined=True)


class ListingColumn(Part):
    """`rect` starts at the first row in sight."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._first = 0
        self._rows = [ListingRow(rect=[0, 0, *SIZE], shown=False) for _n in range(POOL)]
        for row in self._rows:
            self.add_widget(row)

    def show(self, looks: Sequence[ListingLook], current: int, focused: int | None) -> ListingRow | None:
        """Scroll as little as brings the focus, or else the current list, into sight; the focused row."""
        at = current if focused is None else focused
        last_first = max(0, len(looks) - SEEN)
        self._first = min(max(min(self._first, last_first), at - SEEN + 1), at)
        found = None
        for index in range(self._first, self._first + POOL):
            row = self._rows[index % POOL]
            row.shown = index < len(looks)
            if row.shown:
                row.rect = [0, PITCH * (index - self._first), *SIZE]
                row.look = looks[index]
                row.current, row.focused = index == current, index == focused
                # The ring has no room beside a line.
                row.parted = looks[index].apart and focused not in (index - 1, index)
                found = row if row.focused else found
        return found
