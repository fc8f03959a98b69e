"""One line of the player's menu: what it is about, and what can be chosen in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kivy.properties import NumericProperty, ObjectProperty, StringProperty

from tvclient import theme
from tvclient.state.menu_row import MenuOption, MenuRow
from tvclient.widgets.brush import Brush, Writing, text_width
from tvclient.widgets.plate import paint_plate
from tvclient.widgets.sheet import Sheet

LINE_H = 68
LEAST_OPTIONS_X = 144
MORE_PX = 28
ROOM_FOR_MORE = 2 * MORE_PX
GAP = 16
ICON_PX, ICON_GAP = 36, 10
PAD = 28
LEAST_W, MOST_W = 152, 560


@dataclass(frozen=True, slots=True)
class Place:
    """Where an option lies in its line, px."""

    x: int
    w: int

    @property
    def end(self) -> int:
        return self.x + self.w


class MenuLine(Sheet):
    """`rect` starts at the safe edge and ends at the screen's, so that the next option peeks in.

    Options that do not fit are scrolled through, none is ever cut at the left. `focused_id` is the option
    with the focus, empty while another line has it.
    """

    REPAINT_ON = ("row", "focused_id", "options_x")
    row = ObjectProperty(None, allownone=True)
    focused_id = StringProperty("")
    options_x = NumericProperty(LEAST_OPTIONS_X)
    """Where the options begin, px; what they are about stands before."""

    def __init__(self, **given: Any) -> None:
        self._first = 0
        self._places: tuple[Place, ...] = ()
        super().__init__(**given)

    def focus(self, row: MenuRow, option_id: str) -> Place:
        """Show this row with the focus on one of its options; where that is seen."""
        index = self._show(row, option_id)
        self.focused_id = option_id
        return self._seen(index)

    def rest(self, row: MenuRow) -> None:
        """Show this row without the focus, scrolled to what is in use."""
        self._show(row, row.entry)
        self.focused_id = ""

    def paint(self, brush: Brush) -> None:
        row: MenuRow | None = self.row
        if row is None:
            return
        in_it = bool(self.focused_id)
        label = Writing(theme.BODY.as_bold(in_it), theme.PAPER if in_it else theme.PAPER3)
        brush.text(0, 0, self.options_x - ROOM_FOR_MORE, LINE_H, row.words, label)
        if self._first:
            more_y = (LINE_H - MORE_PX) // 2
            brush.icon(self.options_x - MORE_PX - 18, more_y, MORE_PX, "chev_l", theme.PAPER3)
        for index, option in enumerate(row.options[self._first :], self._first):
            place = self._seen(index)
            if place.x >= self.rect[2]:
                break
            self._paint_option(brush, option, place, option.option_id == row.chosen)

    def _paint_option(self, brush: Brush, option: MenuOption, place: Place, chosen: bool) -> None:
        focused = option.option_id == self.focused_id
        y = -theme.LIFT if focused else 0
        fill = theme.FOCUS if focused else theme.INK2 if chosen else theme.INK1
        paint_plate(brush, (place.x, y, place.w, LINE_H), fill, spined=chosen)
        strong = focused or chosen
        ink = theme.FOCUS_TEXT if focused else theme.PAPER if chosen else theme.PAPER2
        words = Writing(theme.BODY.as_bold(strong), ink)
        beside = ICON_PX + ICON_GAP if chosen else 0
        wide = min(text_width(option.words, words.role), place.w - beside - PAD)
        x = place.x + (place.w - wide - beside) // 2
        if chosen:
            tick = theme.VERM_FILL if focused else theme.PAPER
            brush.icon(x, y + (LINE_H - ICON_PX) // 2, ICON_PX, "check", tick)
        brush.text(x + beside, y, wide + 1, LINE_H, option.words, words)

    def _show(self, row: MenuRow, option_id: str) -> int:
        """Scroll so that the option is seen; its place in the row."""
        if self.row is None or self.row.menu is not row.menu:
            self._first = 0
        if self.row is None or self.row.options != row.options:
            self._places = tuple(_places(row.options))
        self.row = row
        index = [option.option_id for option in row.options].index(option_id)
        self._scroll_to(index)
        return index

    def _scroll_to(self, index: int) -> None:
        """As little as it takes for the option to lie between the safe edges."""
        places, room = self._places, self.rect[2] - theme.SAFE_X - self.options_x
        first = min(self._first, index)
        while first < index and places[index].end - places[first].x > room:
            first += 1
        # Coming back from the right, what is left of the list fills the line.
        while first and places[-1].end - places[first - 1].x <= room:
            first -= 1
        if first != self._first:
            self._first = first
            self.repaint()

    def _seen(self, index: int) -> Place:
        """Where an option lies now."""
        place = self._places[index]
        return Place(self.options_x + place.x - self._places[self._first].x, place.w)


def options_x(rows: Iterable[MenuRow]) -> int:
    """Where the options of lines one under the other begin: behind the widest of what they are about."""
    return max(LEAST_OPTIONS_X, *(text_width(row.words, theme.BODY_BOLD) + ROOM_FOR_MORE for row in rows))


def _places(options: tuple[MenuOption, ...]) -> Iterator[Place]:
    """Counted from the first option."""
    x = 0
    for option in options:
        place = Place(x, _width(option))
        yield place
        x = place.end + GAP


def _width(option: MenuOption) -> int:
    """The same whether it is the one in use or not: nothing moves when somebody chooses."""
    words = text_width(option.words, theme.BODY_BOLD)
    return min(MOST_W, max(LEAST_W, words + ICON_PX + ICON_GAP + 2 * PAD))
