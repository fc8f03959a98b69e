"""Something does not work: what happened, what it means, what to do next, and what works meanwhile."""

from pathlib import Path

from kivy.lang import Builder

from study.local_api import HomeReply, Tile
from tvclient import theme
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.screens.bar_words import clock_words, sync_mark
from tvclient.screens.screen import Screen
from tvclient.screens.services import Services
from tvclient.screens.tile_words import tile_look
from tvclient.widgets.icons import FAILED, baked_texture
from tvclient.widgets.row_band import SEEN, RowBand, RowLook
from tvclient.widgets.top_bar import BarLook
from tvclient.words import _

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

RETRY, BACK = "button:retry", "button:back"
BUTTONS = {RETRY: "retry", BACK: "back"}
Target = tuple[str, dict[str, object]]


class Message(Screen):
    """`retry` names the screen to try again, with its params; without it there is only the way back.

    Below stand courses that are on the box and can be watched whatever the network does.
    Focus ids: `button:retry`, `button:back`, `on_box/course:5`.
    """

    name = "message"
    default_focus = RETRY

    def __init__(self, services: Services, title: str, words: str, retry: Target | None = None) -> None:
        self._retry = retry
        self._tiles: list[Tile] = []
        super().__init__(services)
        self._was_away = services.status.away
        # A pulled plug tells that the way is broken; what can't be tried again is another matter.
        self.ids.drawing.texture = baked_texture(FAILED) if retry is not None else None
        self.ids.sign.icon = "" if retry is not None else "info"
        self.ids.title.text, self.ids.words.text = title, words
        self.ids.retry.icon, self.ids.retry.text = "sync", _("再试一次")
        self.ids.back.icon, self.ids.back.text = "back", _("返回")
        self.ids.retry.shown = retry is not None
        if retry is None:
            self.ids.back.rect = list(self.ids.retry.rect)
        self._band = RowBand(services.covers, rect=[0, 0, theme.DESIGN_W, theme.ROW_PITCH])
        self.ids.band.add_widget(self._band)

    def enter(self) -> None:
        self.services.background.run(self.services.agent.home, self._take)

    def status_changed(self) -> None:
        status = self.services.status
        clock, date = clock_words(status.now)
        mark = sync_mark(status.latest, status.away)
        self.ids.top_bar.look = BarLook(clock, date, mark, crumb=_("返回"))
        if self._was_away and not status.away and self._retry is not None:
            self._try_again(self._retry)
        self._was_away = status.away

    def focus_tree(self) -> Group:
        buttons = (Leaf(BACK),) if self._retry is None else (Leaf(RETRY), Leaf(BACK))
        tiles = tuple(Leaf(f"on_box/{tile['id']}") for tile in self._tiles)
        return Group(
            self.name, Kind.COLUMN, (Group("buttons", Kind.ROW, buttons), Group("on_box", Kind.ROW, tiles))
        )

    def draw_focus(self, focus_id: str | None) -> None:
        self.ids.ring.shown = False
        buttons = {name: self.ids[button_id] for name, button_id in BUTTONS.items()}
        self.ids.ring.lift_one(buttons, focus_id, theme.RADIUS_CARD)
        self._draw_tiles(focus_id)

    def on_ok(self, focus_id: str) -> None:
        if focus_id == RETRY and self._retry is not None:
            self._try_again(self._retry)
        elif focus_id == BACK:
            self.services.navigate.back()
        else:
            self.services.navigate.show("course", course_id=focus_id.rpartition(":")[2])

    def _try_again(self, target: Target) -> None:
        name, params = target
        self.services.navigate.replace(name, **params)

    def _take(self, reply: HomeReply) -> None:
        here = {
            tile["id"]: tile
            for row in reply["rows"]
            for tile in row["tiles"]
            if tile["on_box"] and tile["kind"] == "vod"
        }
        self._tiles = list(here.values())[:SEEN]
        self.services.navigate.changed()

    def _draw_tiles(self, focus_id: str | None) -> None:
        names = [f"on_box/{tile['id']}" for tile in self._tiles]
        look = RowLook("on_box", _("现在就能看"), "", tuple(tile_look(tile) for tile in self._tiles))
        focused = names.index(focus_id) if focus_id in names else None
        tile = self._band.show(look if self._tiles else None, 0, focused)
        if tile is not None:
            x, y, width, height = tile.grown_rect
            self.ids.ring.surround(x, self.ids.band.rect[1] + y, width, height, theme.RADIUS_TILE)
