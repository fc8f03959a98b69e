"""The bar under the picture: title, place, what was seen, whether it counts, what the keys do."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty, StringProperty

from tvclient import theme
from tvclient.remote.rect import Rect
from tvclient.screens.player_item import PlayerItem
from tvclient.state.bar_state import EMPTY
from tvclient.widgets.brush import text_width
from tvclient.widgets.key_hint import Hint
from tvclient.widgets.part import Part
from tvclient.words import _

PLACE = Rect(0, 768, 1920, 312)
PLACE_AT_TOP = Rect(0, 0, 1920, 312)
TRACK = Rect(232, 102, 1456, 90)
WIDEST_TITLE_PX = 860


class PlayerBar(Part):
    """Lies at PLACE or PLACE_AT_TOP; `bar` is a BarState, everything else follows from what is playing."""

    track = TRACK

    title = StringProperty("")
    title_width_px = NumericProperty(0)
    episode = StringProperty("")
    bar = ObjectProperty(EMPTY, rebind=True)
    hints = ListProperty([])
    speed = StringProperty("")
    at_top = BooleanProperty(False)

    def on_at_top(self, *_args: object) -> None:
        self.rect = list(PLACE_AT_TOP if self.at_top else PLACE)

    def show_item(self, what: PlayerItem) -> None:
        """What is playing."""
        self.title, self.episode = what.heading, what.item.episode
        self.title_width_px = min(WIDEST_TITLE_PX, text_width(self.title, theme.FIGURE) + 1)

    def show_keys(self, what: PlayerItem, paused: bool, lost: bool, menu: str) -> None:
        """What the keys do now; `menu` says what its key leads to, nothing without one."""
        seek = () if what.live or paused else (Hint(("chev_l", "chev_r"), _("快退快进")),)
        middle = Hint((_("OK"),), _("马上再试") if lost else _("继续播放") if paused else _("暂停"))
        tune = (Hint((_("频道±"), _("数字")), _("换台")),) if len(what.channels) > 1 else ()
        more = (Hint((_("菜单"),), menu),) if menu else ()
        self.hints = [*seek, middle, *tune, *more, Hint((_("返回"),), _("退出"))]


Builder.load_file(str(Path(__file__).with_suffix(".kv")))
