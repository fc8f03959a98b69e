"""The first screen: rows of courses and channels, windowed in both directions."""

from collections.abc import Mapping
from pathlib import Path

from kivy.lang import Builder

from study.listing_api import ALL_ARTICLES, WHOLE_LISTING
from study.local_api import HomeReply, Row
from tvclient import theme
from tvclient.remote.key_queue import KeyEvent
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.screens.bar_words import clock_words, month_hours, sync_mark
from tvclient.screens.first_screen import FirstScreen
from tvclient.screens.home_place import HomePlace
from tvclient.screens.services import Services
from tvclient.screens.tile_words import row_look
from tvclient.widgets.row_band import RowBand, RowLook
from tvclient.widgets.tab import PILL_INSET, Tab, tab_width
from tvclient.widgets.top_bar import BarLook
from tvclient.words import _

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

TABS = (
    ("home", "home", "首页"),
    ("category", "grid", "分类"),
    ("live", "live", "直播"),
    ("articles", "list", "图文"),
    ("search", "search", "搜索"),
    ("record", "clock", "本站学时"),
    ("settings", "settings", "设置"),
)
DOORS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "category": ("category", {}),
    "live": ("live", {}),
    "articles": ("category", {"listing_id": ALL_ARTICLES}),
    "search": ("search", {}),
    "record": ("station_record", {}),
    "settings": ("pin", {}),
}
"""Which screen a tab opens."""
TABS_X = theme.SAFE_X - 28
TAB_GAP = 4
ROW_Y = 216
BANDS = 3  # two rows and one that peeks in
ROWS_ID, TABS_ID = "rows", "tabs"


class Home(FirstScreen):
    """Focus ids: `tab:live`, `row:continue/course:42`."""

    default_focus = ROWS_ID

    def __init__(self, services: Services) -> None:
        self._rows: tuple[RowLook, ...] = ()
        self._place = HomePlace()
        super().__init__(services)
        self._tabs = self._make_tabs()
        self._bands = [RowBand(services.covers, rect=[0, 0, theme.DESIGN_W, 0]) for _n in range(BANDS)]
        for band in self._bands:
            self.ids.bands.add_widget(band)

    def status_changed(self) -> None:
        status, away = self.services.status.latest, self.services.status.away
        clock, date = clock_words(self.services.status.now)
        station = status["station"]["name"] if status and status["station"] else _("站学")
        self.ids.top_bar.look = BarLook(
            clock, date, sync_mark(status, away), station=station, hours=month_hours(status)
        )
        self.feed.keep_up()

    def focus_tree(self) -> Group:
        # Until the first rows are there nothing can be chosen: the first focus belongs to a course.
        tabs = tuple(Leaf(f"tab:{key}", enabled=self.feed.reply is not None) for key, _icon, _text in TABS)
        reply = self.feed.reply
        rows = tuple(self._row_group(row) for row in (reply["rows"] if reply else ()))
        return Group(
            self.name, Kind.COLUMN, (Group(TABS_ID, Kind.ROW, tabs), Group(ROWS_ID, Kind.COLUMN, rows))
        )

    def draw_focus(self, focus_id: str | None) -> None:
        if self.way_out.is_asking and focus_id is not None:
            self.way_out.draw(focus_id)
            return
        self._place.look_at(focus_id)
        self._draw_tabs(focus_id)
        self._draw_rows(focus_id)

    def on_key(self, event: KeyEvent) -> bool:
        if super().on_key(event):
            return True
        if self.way_out.is_asking or event.key.digit is None:
            return False
        if not event.repeat:
            self._count_to(event.key.digit)
        return True

    def on_ok(self, focus_id: str) -> None:
        if self.way_out.is_asking:
            self.way_out.answer(focus_id)
            return
        place, _slash, thing = focus_id.rpartition("/")
        name = focus_id.removeprefix("tab:")
        if place:
            self._open(place.removeprefix("row:"), thing)
        elif name in DOORS:
            screen, params = DOORS[name]
            self.services.navigate.show(screen, **params)
        else:
            self.services.navigate.focus(ROWS_ID)

    def start_focus(self) -> str | None:
        rows = self.feed.reply["rows"] if self.feed.reply else []
        return f"row:{rows[0]['id']}/{rows[0]['tiles'][0]['id']}" if rows else self.default_focus

    def scroll(self) -> Mapping[str, int]:
        return self._place.scroll()

    def _count_to(self, number: int) -> None:
        """To the one with this number, counted from 1, on the line that has the focus."""
        lines = [list(self._tabs)]
        if self.feed.reply is not None:
            lines += [[tile.id for tile in self._row_group(row).children] for row in self.feed.reply["rows"]]
        line = next((line for line in lines if self.services.navigate.focused in line), [])
        for name in line[max(0, number - 1) : number]:
            self.services.navigate.focus(name)

    def _open(self, row_id: str, thing: str) -> None:
        kind, _colon, number = thing.partition(":")
        if kind == "live":
            self.services.navigate.show("player", item_id=number, from_start=False)
        elif kind == "group":
            self.services.navigate.show("group_study")
        elif kind == WHOLE_LISTING:
            self.services.navigate.show("category", listing_id=row_id)
        elif kind == "article":
            self.services.navigate.show("article", article_id=number)
        else:
            self.services.navigate.show("course", course_id=number)

    def show_rows(self, reply: HomeReply) -> None:
        rows, is_first = reply["rows"], not self._rows
        self._rows = tuple(row_look(row) for row in rows)
        self._place.set_rows([(row["id"], [tile["id"] for tile in row["tiles"]]) for row in rows])
        self.tell_rows(bool(rows), is_first)

    def repaint_covers(self) -> None:
        for band in self._bands:
            band.repaint()

    @staticmethod
    def _row_group(row: Row) -> Group:
        name = f"row:{row['id']}"
        return Group(name, Kind.ROW, tuple(Leaf(f"{name}/{tile['id']}") for tile in row["tiles"]))

    def _make_tabs(self) -> dict[str, Tab]:
        tabs, x = {}, TABS_X
        for key, icon, text in TABS:
            width = tab_width(_(text))
            tab = Tab(rect=[x, 0, width, theme.TAB_H], icon=icon, text=_(text), selected=key == "home")
            self.ids.tabs.add_widget(tab)
            tabs[f"tab:{key}"] = tab
            x += width + TAB_GAP
        return tabs

    def _draw_tabs(self, focus_id: str | None) -> None:
        for name, tab in self._tabs.items():
            tab.focused = name == focus_id
            if tab.focused:
                x, _y, width, height = tab.rect
                y, pill_h = self.ids.tabs.rect[1] + PILL_INSET, height - 2 * PILL_INSET
                self.ids.ring.surround(x, y, width, pill_h, pill_h // 2)

    def _draw_rows(self, focus_id: str | None) -> None:
        if not focus_id or focus_id not in self._tabs:
            self.ids.ring.shown = False
        for number in range(BANDS):
            index = self._place.first + number
            band = self._bands[index % BANDS]
            band.rect = [0, ROW_Y + theme.ROW_PITCH * number, theme.DESIGN_W, theme.ROW_PITCH]
            look = self._rows[index] if index < len(self._rows) else None
            left = self._place.left(look.id) if look else 0
            tile = band.show(look, left, self._place.focused_in(index))
            if tile is not None:
                x, y, width, height = tile.grown_rect
                self.ids.ring.surround(x, band.rect[1] + y, width, height, theme.RADIUS_TILE)
