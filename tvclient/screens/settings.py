"""The settings, behind the administrator's PIN: how the box stands, and what can be changed on the spot."""

from collections.abc import Callable
from pathlib import Path

from kivy.clock import Clock
from kivy.lang import Builder

from study.units import MINUTE_MS
from tvclient import theme
from tvclient.remote.key import Key
from tvclient.remote.key_queue import KeyEvent
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.screens.bar_words import clock_words
from tvclient.screens.large_mode import is_large, set_large
from tvclient.screens.screen import Screen
from tvclient.screens.screen_edge import inset_pct, keep_inset
from tvclient.screens.services import Services
from tvclient.screens.setting_looks import (
    about_look,
    edge_look,
    keys_look,
    large_look,
    network_look,
    pin_look,
    stick_look,
    storage_look,
    volume_look,
)
from tvclient.screens.volume_layer import VolumeLayer
from tvclient.widgets.setting_card import SIZE, SettingCard
from tvclient.widgets.top_bar import BarLook
from tvclient.words import _

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

CARDS = ("network", "storage", "volume", "large", "stick", "about", "keys", "pin", "edge")
COLUMNS, LINES_SEEN = 3, 2
CARDS_X, CARDS_Y, PITCH_X, PITCH_Y = 96, 160, 584, 440
LOCKS_AFTER_MS = 5 * MINUTE_MS
TICK_S = 5.0
STEPS = {Key.RIGHT: 1, Key.UP: 1, Key.LEFT: -1, Key.DOWN: -1}


class AdminSettings(Screen):
    """Focus ids: `card:network`, `card:volume` … Locks itself when nobody presses a key.

    `refit` is called when the picture is to keep away from the edges by another share.
    """

    name = "settings"
    default_focus = "card:network"

    def __init__(self, services: Services, volume: VolumeLayer, refit: Callable[[], None]) -> None:
        self._volume = volume
        self._refit = refit
        self._adjusted = ""
        self._seen_ms = 0
        super().__init__(services)
        self._tick = Clock.create_trigger(lambda _dt: self._later(), TICK_S, interval=True)
        self._first_line = 0
        self._cards = {f"card:{name}": self._make_card() for name in CARDS}
        self._place_cards()

    def enter(self) -> None:
        self._seen_ms = self.services.clocks.boottime_ms()
        self._tick()
        self._show()

    def leave(self) -> None:
        self._tick.cancel()
        self._adjust("")

    def status_changed(self) -> None:
        self._show()

    def focus_tree(self) -> Group:
        return Group(self.name, Kind.GRID, tuple(Leaf(name) for name in self._cards), columns=COLUMNS)

    def draw_focus(self, focus_id: str | None) -> None:
        names = list(self._cards)
        line = names.index(focus_id) // COLUMNS if focus_id in names else 0
        self._first_line = min(max(self._first_line, line - LINES_SEEN + 1), line)
        self._place_cards()
        self.ids.ring.lift_one(self._cards, focus_id, theme.RADIUS_CARD)

    def on_key(self, event: KeyEvent) -> bool:
        self._seen_ms = self.services.clocks.boottime_ms()
        if event.key.is_volume:
            self._show()
        if not self._adjusted:
            return False
        if event.key in STEPS:
            self._step(STEPS[event.key])
        elif event.key in (Key.OK, Key.BACK):
            self._adjust("")
        self._show()
        return True

    def on_ok(self, focus_id: str) -> None:
        doings: dict[str, Callable[[], None]] = {
            "card:volume": lambda: self._adjust("card:volume"),
            "card:edge": lambda: self._adjust("card:edge"),
            "card:large": self._turn_large,
            "card:pin": lambda: self.services.navigate.show("pin", is_new=True),
            "card:about": self._tell_warnings,
            "card:keys": lambda: self.services.navigate.show("learn_keys"),
        }
        if focus_id in doings:
            doings[focus_id]()

    def _adjust(self, card: str) -> None:
        """Arrows set this card's value from now on; empty: none's."""
        self._adjusted = card
        self.ids.corners.shown = card == "card:edge"
        self._show()

    def _step(self, way: int) -> None:
        if self._adjusted == "card:volume":
            self._volume.press(Key.VOLUME_UP if way > 0 else Key.VOLUME_DOWN)
            return
        keep_inset(self.services.choices, inset_pct(self.services.choices) + way)
        self._refit()

    def _turn_large(self) -> None:
        set_large(self.services.choices, not is_large(self.services.choices))
        self.services.navigate.start_over()

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
            "card:storage": storage_look(status),
            "card:large": large_look(is_large(self.services.choices)),
            "card:volume": volume_look(self._volume.volume, is_adjusted=self._adjusted == "card:volume"),
            "card:edge": edge_look(
                inset_pct(self.services.choices), is_adjusted=self._adjusted == "card:edge"
            ),
            "card:stick": stick_look(status),
            "card:pin": pin_look(status),
            "card:about": about_look(status, self.services.clocks.boottime_ms()),
            "card:keys": keys_look(),
        }
        for name, look in looks.items():
            self._cards[name].look = look

    def _make_card(self) -> SettingCard:
        card = SettingCard(rect=[0, 0, *SIZE])
        self.ids.cards.add_widget(card)
        return card

    def _place_cards(self) -> None:
        for number, card in enumerate(self._cards.values()):
            line, column = divmod(number, COLUMNS)
            card.shown = 0 <= line - self._first_line < LINES_SEEN
            card.rect = [CARDS_X + PITCH_X * column, CARDS_Y + PITCH_Y * (line - self._first_line), *SIZE]
