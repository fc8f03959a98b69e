"""The settings, behind the administrator's PIN: how the box stands, and what can be changed on the spot."""

from collections.abc import Callable
from pathlib import Path

from kivy.clock import Clock
from kivy.lang import Builder

from study.units import MINUTE_MS
from study.version import own_version
from tvclient import theme
from tvclient.remote.key import Key
from tvclient.remote.key_queue import KeyEvent
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.screens.bar_words import clock_words
from tvclient.screens.screen import Screen
from tvclient.screens.services import Services
from tvclient.screens.setting_looks import (
    about_look,
    keys_look,
    network_look,
    pin_look,
    stick_look,
    volume_look,
)
from tvclient.screens.volume_layer import VolumeLayer
from tvclient.widgets.setting_card import SIZE, SettingCard
from tvclient.widgets.top_bar import BarLook
from tvclient.words import _

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

CARDS = ("network", "volume", "stick", "keys", "pin", "about")
COLUMNS = 3
CARDS_X, CARDS_Y, PITCH_X, PITCH_Y = 96, 160, 584, 440
LOCKS_AFTER_MS = 5 * MINUTE_MS
TICK_S = 5.0
LOUDER = {
    Key.RIGHT: Key.VOLUME_UP,
    Key.UP: Key.VOLUME_UP,
    Key.LEFT: Key.VOLUME_DOWN,
    Key.DOWN: Key.VOLUME_DOWN,
}


class AdminSettings(Screen):
    """Focus ids: `card:network`, `card:volume` … Locks itself when nobody presses a key."""

    name = "settings"
    default_focus = "card:network"

    def __init__(self, services: Services, volume: VolumeLayer) -> None:
        self._volume = volume
        self._is_adjusted = False
        self._seen_ms = 0
        super().__init__(services)
        self._tick = Clock.create_trigger(lambda _dt: self._later(), TICK_S, interval=True)
        self._cards = {f"card:{name}": self._make_card(n) for n, name in enumerate(CARDS)}

    def enter(self) -> None:
        self._seen_ms = self.services.clocks.boottime_ms()
        self._tick()
        self._show()

    def leave(self) -> None:
        self._tick.cancel()
        self._is_adjusted = False

    def status_changed(self) -> None:
        self._show()

    def focus_tree(self) -> Group:
        return Group(self.name, Kind.GRID, tuple(Leaf(name) for name in self._cards), columns=COLUMNS)

    def draw_focus(self, focus_id: str | None) -> None:
        self.ids.ring.lift_one(self._cards, focus_id, theme.RADIUS_CARD)

    def on_key(self, event: KeyEvent) -> bool:
        self._seen_ms = self.services.clocks.boottime_ms()
        if event.key.is_volume:
            self._show()
        if not self._is_adjusted:
            return False
        if event.key in LOUDER:
            self._volume.press(LOUDER[event.key])
        elif event.key in (Key.OK, Key.BACK):
            self._is_adjusted = False
        self._show()
        return True

    def on_ok(self, focus_id: str) -> None:
        doings: dict[str, Callable[[], None]] = {
            "card:volume": self._adjust,
            "card:pin": lambda: self.services.navigate.show("pin", is_new=True),
            "card:about": self._tell_warnings,
            "card:keys": lambda: self.services.navigate.show("learn_keys"),
        }
        if focus_id in doings:
            doings[focus_id]()

    def _adjust(self) -> None:
        self._is_adjusted = True
        self._show()

    def _tell_warnings(self) -> None:
        status = self.services.status.latest
        if status is not None and status["warnings"]:
            words = "\n".join(status["warnings"])
            self.services.navigate.show("message", title=_("本机有提醒"), words=words)

    def _later(self) -> None:
        if self._locks_in_ms <= 0:
            self.services.navigate.home()
        else:
            self._show()

    @property
    def _locks_in_ms(self) -> int:
        return self._seen_ms + LOCKS_AFTER_MS - self.services.clocks.boottime_ms()

    def _show(self) -> None:
        status, away = self.services.status.latest, self.services.status.away
        clock, date = clock_words(self.services.status.now)
        minutes = max(1, -(-self._locks_in_ms // MINUTE_MS))
        locks = _("管理员已验证·{} 分钟后上锁").format(minutes)
        self.ids.top_bar.look = BarLook(clock, date, title=_("设置"), subtitle=locks)
        looks = {
            "card:network": network_look(status, away),
            "card:volume": volume_look(self._volume.volume, is_adjusted=self._is_adjusted),
            "card:stick": stick_look(status),
            "card:pin": pin_look(),
            "card:about": about_look(status, own_version(), self.services.clocks.boottime_ms()),
            "card:keys": keys_look(),
        }
        for name, look in looks.items():
            self._cards[name].look = look

    def _make_card(self, number: int) -> SettingCard:
        row, column = divmod(number, COLUMNS)
        card = SettingCard(rect=[CARDS_X + PITCH_X * column, CARDS_Y + PITCH_Y * row, *SIZE])
        self.ids.cards.add_widget(card)
        return card
