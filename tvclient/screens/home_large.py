"""The first screen in large mode: six courses and three buttons, each chosen by its digit."""

from pathlib import Path

from kivy.lang import Builder

from study.local_api import HomeReply, Tile
from tvclient import theme
from tvclient.remote.key_queue import KeyEvent
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.screens.bar_words import clock_words, month_hours, sync_mark
from tvclient.screens.first_screen import FirstScreen
from tvclient.screens.services import Services
from tvclient.screens.tile_words import tile_look
from tvclient.widgets.large_bar import LargeBarLook
from tvclient.widgets.large_button import LargeButton
from tvclient.widgets.large_tile import LargeTile
from tvclient.words import _

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

COLUMNS, COURSES = 3, 6
X, PITCH_X, TILES_Y, PITCH_Y, DOORS_Y, DOOR_H = theme.SAFE_X, 592, 180, 360, 908, 104
LARGE_DOORS = (
    ("live", "live", "看直播"),
    ("category", "grid", "全部课程"),
    ("station_record", "clock", "本站学时"),
)
"""Screen, icon and words; their digits follow those of the courses."""
TILES = "tiles"
TILE, DOOR = "tile/", "door:"


class HomeLarge(FirstScreen):
    """Focus ids: `tile/course:42`, `door:live`. The menu key leads to the settings, as on the other home."""

    default_focus = TILES

    def __init__(self, services: Services) -> None:
        self._courses: tuple[Tile, ...] = ()
        super().__init__(services)
        self._tiles = [self._make_tile(number) for number in range(COURSES)]
        self._doors = {f"{DOOR}{door[0]}": self._make_door(n, door) for n, door in enumerate(LARGE_DOORS)}

    def status_changed(self) -> None:
        status, away = self.services.status.latest, self.services.status.away
        clock = clock_words(self.services.status.now)[0]
        mark = sync_mark(status, away)
        self.ids.top_bar.look = LargeBarLook(
            clock,
            status["station"]["name"] if status and status["station"] else _("站学"),
            month_hours(status),
            mark if mark is not None and mark.icon_colour == theme.VERM_TEXT else None,
        )
        self.feed.keep_up()

    def focus_tree(self) -> Group:
        # As on the other home: until the first courses are there the first focus belongs to them.
        doors = tuple(Leaf(name, enabled=self.feed.reply is not None) for name in self._doors)
        tiles = tuple(Leaf(TILE + tile["id"]) for tile in self._courses)
        return Group(
            self.name,
            Kind.COLUMN,
            (Group(TILES, Kind.GRID, tiles, columns=COLUMNS), Group("doors", Kind.ROW, doors)),
        )

    def draw_focus(self, focus_id: str | None) -> None:
        if self.way_out.is_asking and focus_id is not None:
            self.way_out.draw(focus_id)
            return
        self.ids.ring.shown = False
        self.ids.ring.lift_one(self._doors, focus_id, theme.RADIUS_CARD)
        for tile, course in zip(self._tiles, self._courses, strict=False):
            tile.focused = focus_id == TILE + course["id"]
            if tile.focused:
                x, y, width, height = tile.grown_rect
                self.ids.ring.surround(x, y, width, height, theme.RADIUS_TILE)

    def on_key(self, event: KeyEvent) -> bool:
        if super().on_key(event):
            return True
        if self.way_out.is_asking or event.repeat or event.key.digit is None:
            return False
        return self._choose(event.key.digit)

    def on_ok(self, focus_id: str) -> None:
        if self.way_out.is_asking:
            self.way_out.answer(focus_id)
        elif focus_id.startswith(DOOR):
            self.services.navigate.show(focus_id.removeprefix(DOOR))
        elif focus_id.startswith(f"{TILE}group:"):
            self.services.navigate.show("group_study")
        else:
            self.services.navigate.show("course", course_id=focus_id.partition(":")[2])

    def _choose(self, digit: int) -> bool:
        """What has this digit; False where nothing has."""
        named = [TILE + course["id"] for course in self._courses]
        named += [""] * (COURSES - len(named)) + list(self._doors)
        focus_id = named[digit - 1] if 1 <= digit <= len(named) else ""
        if not focus_id:
            return False
        self.services.navigate.focus(focus_id)
        self.on_ok(focus_id)
        return True

    def show_rows(self, reply: HomeReply) -> None:
        is_first = not self._courses
        self._courses = courses_of(reply)
        for number, tile in enumerate(self._tiles):
            tile.shown = number < len(self._courses)
            tile.look = tile_look(self._courses[number]) if tile.shown else None
        self.tell_rows(bool(self._courses), is_first)

    def repaint_covers(self) -> None:
        for tile in self._tiles:
            tile.repaint()

    def _make_tile(self, number: int) -> LargeTile:
        line, column = divmod(number, COLUMNS)
        place = [X + PITCH_X * column, TILES_Y + PITCH_Y * line, *theme.LARGE_TILE]
        tile = LargeTile(self.services.covers, rect=place, digit=str(number + 1), shown=False)
        self.ids.tiles.add_widget(tile)
        return tile

    def _make_door(self, number: int, door: tuple[str, str, str]) -> LargeButton:
        place = [X + PITCH_X * number, DOORS_Y, theme.LARGE_TILE[0], DOOR_H]
        digit = str(COURSES + number + 1)
        button = LargeButton(rect=place, icon=door[1], text=_(door[2]), digit=digit)
        self.ids.tiles.add_widget(button)
        return button


def courses_of(reply: HomeReply) -> tuple[Tile, ...]:
    """The group study that goes on and the most urgent courses, six at most, row after row, each once."""
    found: dict[str, Tile] = {}
    for row in reply["rows"]:
        for tile in row["tiles"]:
            if tile["kind"] in ("group", "vod") and len(found) < COURSES:
                found.setdefault(tile["id"], tile)
    return tuple(found.values())
