"""The lists in which every course or article is browsed: all, by category, by topic."""

from collections.abc import Mapping
from pathlib import Path

from kivy.clock import Clock
from kivy.lang import Builder

from study.listing_api import ALL_COURSES, ListingOrder
from tvclient import theme
from tvclient.remote.key import Key
from tvclient.remote.key_queue import KeyEvent
from tvclient.remote.node import Group
from tvclient.screens.bar_words import clock_words, sync_mark
from tvclient.screens.category_pages import CategoryPages
from tvclient.screens.category_words import (
    DIALLING,
    ORDERS,
    TITLES,
    coming_look,
    listing_looks,
    notice,
    place_words,
    subtitle,
    tile_look_on,
)
from tvclient.screens.place_dial import PlaceDial
from tvclient.screens.screen import Screen
from tvclient.screens.services import Services
from tvclient.state.browsing import LISTING, ORDER, SIDE, Browsing
from tvclient.widgets.cover_pixels import TILE_CUT
from tvclient.widgets.icons import FAILED, baked_texture
from tvclient.widgets.listing_column import ListingLook
from tvclient.widgets.pill import HEIGHT, RADIUS, Pill, pill_width
from tvclient.widgets.tile_grid import grid_of_articles, grid_of_tiles
from tvclient.widgets.top_bar import BarLook
from tvclient.words import _

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

COVERS_AGAIN_S = 5.0
GRID_X, PILLS_Y, PILL_GAP = 448, 152, 16
PAGE_KEYS = {Key.CHANNEL_DOWN: 1, Key.CHANNEL_UP: -1}
OPENED = ("course", "article")


class Category(Screen):
    """Focus ids: `listing:category:实用技术`, `order:newest`, `course:42`, `article:1`, `place:17` for one
    to come."""

    name = "category"
    default_focus = SIDE

    def __init__(self, services: Services, listing_id: str = ALL_COURSES) -> None:
        self._browsing = Browsing(listing_id, _first_order(services))
        self._pages = CategoryPages(services, self._browsing, self._focused, self._changed)
        self._dial = PlaceDial(self._go_to, self._show_place)
        self._listings: list[ListingLook] = []
        self._in_sight = False
        self._is_held = False
        self._is_going_in = listing_id != self._browsing.all_id
        super().__init__(services)
        self._cover_round = Clock.create_trigger(self._look_for_covers, COVERS_AGAIN_S, interval=True)
        shape = self._browsing.grid.shape
        if self._browsing.of_articles:
            self._grid = grid_of_articles(shape.lines_drawn)
        else:
            self._grid = grid_of_tiles(services.covers, shape.columns, shape.lines_drawn)
        self.ids.grid.add_widget(self._grid)
        self._pills = self._make_pills()
        self._look_at_listings()

    def enter(self) -> None:
        self._in_sight = True
        self._pages.load()
        self._cover_round()

    def leave(self) -> None:
        self._in_sight = False
        self._dial.cancel()
        self._cover_round.cancel()

    def status_changed(self) -> None:
        self._show_bar()
        if self._in_sight:
            self._pages.keep_up()

    def focus_tree(self) -> Group:
        return self._browsing.focus_tree(self.name)

    def draw_focus(self, focus_id: str | None) -> None:
        if self._browsing.look_at(focus_id):
            self.services.navigate.changed()
            return
        is_on_list = self._draw_listings(focus_id)
        self.ids.ring.lift_one(self._pills, focus_id, RADIUS)
        for name, pill in self._pills.items():
            pill.current = name == ORDER + self._browsing.order
        is_on_tile = self._draw_tiles(focus_id)
        # Said once: hidden and shown again, it would cost a picture of the whole screen.
        self.ids.ring.shown = is_on_list or focus_id in self._pills or is_on_tile
        self._show_bar()
        # Under a held key lists are opened only to be left: what they hold is asked for where it ends.
        if not (self._is_held and focus_id == self._browsing.start):
            self._pages.ask()

    def on_key(self, event: KeyEvent) -> bool:
        if event.repeat and not self._is_held:
            self._hurry(True)
        self._is_going_in = False
        grid = self._browsing.grid
        if grid.total and self._dial.takes(event):
            return True
        place = grid.place_of(self.services.navigate.focused)
        if place is None or event.key not in PAGE_KEYS:
            return False
        self._go_to(grid.onward(place, PAGE_KEYS[event.key] * grid.shape.seen) + 1)
        return True

    def on_rest(self) -> None:
        if self._is_held:
            self._hurry(False)
            self._pages.ask()

    def on_ok(self, focus_id: str) -> None:
        if focus_id.startswith(LISTING):
            self._is_going_in = True
            self._go_in()
        elif focus_id.startswith(ORDER):
            order = ListingOrder(focus_id.removeprefix(ORDER))
            self._browsing.open(self._browsing.listing_id, order, from_start=True)
            self.services.navigate.changed()
        kind, _colon, number = focus_id.partition(":")
        if kind in OPENED:
            self.services.navigate.show(kind, **{f"{kind}_id": number})

    def scroll(self) -> Mapping[str, int]:
        return {"tiles": self._browsing.grid.first_line * self._grid.line_pitch}

    def _focused(self) -> str | None:
        return self.services.navigate.focused if self._in_sight else None

    def _changed(self, focus_id: str | None) -> None:
        self._look_at_listings()
        if self._in_sight:
            self.services.navigate.changed(focus_id)
            self._go_in()

    def _go_in(self) -> None:
        """Who chose a list, here or on home, is led to what is on it as soon as there is anything."""
        if self._is_going_in and self._browsing.grid.total:
            self._is_going_in = False
            self.services.navigate.focus(self._browsing.grid.focus_id)

    def _look_at_listings(self) -> None:
        self._listings = listing_looks(self._browsing.entries, self._browsing.are_known)

    def _go_to(self, number: int) -> None:
        """To the one with this number, counted from 1, or the nearest there is."""
        grid = self._browsing.grid
        grid.look_at(max(0, min(number, grid.total) - 1))
        self.services.navigate.changed(grid.focus_id)

    def _hurry(self, is_held: bool) -> None:
        self._is_held = is_held
        self._grid.hurry(is_held)

    def _look_for_covers(self, *_: object) -> None:
        # The box fetches covers after the catalogue, so one that was not there yet may be by now.
        if self.services.covers.ask_again():
            self._grid.repaint()

    def _show_bar(self) -> None:
        status, away = self.services.status.latest, self.services.status.away
        clock, date = clock_words(self.services.status.now)
        title = _(TITLES[self._browsing.of_articles])
        self.ids.top_bar.look = BarLook(
            clock, date, sync_mark(status, away), title=title, subtitle=subtitle(self._browsing)
        )

    def _show_place(self) -> None:
        grid = self._browsing.grid
        of_articles = self._browsing.of_articles
        words = place_words(grid.place_of(self.services.navigate.focused), grid.total, of_articles)
        if self._dial.digits:
            words = _(DIALLING[of_articles]).format(self._dial.digits, grid.total)
        self.ids.place.text = words

    def _make_pills(self) -> dict[str, Pill]:
        pills, x = {}, GRID_X
        for order in self._browsing.orders:
            words = _(ORDERS[order])
            width = pill_width(words)
            pills[ORDER + order] = Pill(rect=[x, PILLS_Y, width, HEIGHT], text=words)
            self.ids.orders.add_widget(pills[ORDER + order])
            x += width + PILL_GAP
        return pills

    def _draw_listings(self, focus_id: str | None) -> bool:
        """True if one of them has the focus."""
        names = [LISTING + look.id for look in self._listings]
        focused = names.index(focus_id) if focus_id in names else None
        row = self.ids.side.show(self._listings, names.index(self._browsing.start), focused)
        if row is not None:
            left, top = self.ids.side.rect[:2]
            x, y, width, height = row.rect
            self.ids.ring.surround(left + x, top + y - theme.LIFT, width, height, theme.RADIUS_TILE)
        return row is not None

    def _draw_tiles(self, focus_id: str | None) -> bool:
        """True if one of them has the focus."""
        grid = self._browsing.grid
        focused = grid.place_of(focus_id)
        looks = {}
        # Somebody who stands among tiles that can't be had is told so by the one in focus.
        is_blank = grid.is_blank and focused is None
        for place in () if is_blank else grid.in_sight():
            tile = grid.pages.tile(place)
            if tile is None:
                looks[place] = coming_look(grid.pages.is_missed, place == focused)
            else:
                looks[place] = tile_look_on(tile, self._browsing.listing_id)
        shown = self._grid.show(looks, grid.first_line, focused)
        if not self._is_held:
            for tile in filter(None, map(grid.pages.tile, grid.near())):
                self.services.covers.prepare(tile["cover"], TILE_CUT)
        self._show_place()
        title, advice = ("", "") if looks else notice(self._browsing, self._pages.error)
        self.ids.notice.text, self.ids.advice.text = title, advice
        is_failed = bool(title) and self._pages.error is not None
        self.ids.drawing.texture = baked_texture(FAILED) if is_failed else None
        if shown is not None:
            x, y, width, height = shown.grown_rect
            left, top = self.ids.grid.rect[:2]
            self.ids.ring.surround(left + x, top + y, width, height, theme.RADIUS_TILE)
        return shown is not None


def _first_order(services: Services) -> ListingOrder:
    """Without the network what plays all the same comes first."""
    latest = services.status.latest
    return ListingOrder.NEWEST if latest is None or latest["online"] else ListingOrder.ON_BOX
