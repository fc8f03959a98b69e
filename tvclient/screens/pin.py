"""The door of the settings: the administrator's PIN, chosen by whoever comes first."""

import logging
from pathlib import Path

from kivy.clock import Clock
from kivy.lang import Builder

from study.units import MINUTE_MS
from tvclient import theme
from tvclient.errors import TvError
from tvclient.kept_pin import KeptPin
from tvclient.remote.key import Key
from tvclient.remote.key_queue import KeyEvent
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.screens.bar_words import clock_words
from tvclient.screens.screen import Screen
from tvclient.screens.services import Services
from tvclient.state.pin_entry import TRIES, PinEntry, Stage
from tvclient.widgets.key_hint import HINT_GAP, Hint
from tvclient.widgets.pad_key import PadKey
from tvclient.widgets.top_bar import BarLook
from tvclient.words import _

log = logging.getLogger(__name__)

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

PAD = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "delete", "0", "ok")
PAD_COLUMNS = 3
PAD_X, PAD_Y, PITCH_X, PITCH_Y, KEY = 692, 544, 184, 108, (168, 92)
BEHIND = "settings"
"""The screen that a right PIN leads to."""


class Pin(Screen):
    """Focus ids: `key:7`, `key:delete`, `key:ok`. Digits of the remote type directly."""

    name = "pin"
    default_focus = "key:5"

    def __init__(self, services: Services, is_new: bool = False) -> None:
        """`is_new`: whoever is here knows the present one, and chooses another."""
        self._is_new = is_new
        self._kept = KeptPin(services.settings.data_folder / "pin.json")
        self._entry: PinEntry | None = None
        self._trouble = ""
        self._is_asking = False
        super().__init__(services)
        self._second = Clock.create_trigger(lambda _dt: self._show(), 1.0, interval=True)
        self._keys = {f"key:{name}": self._make_key(n, name) for n, name in enumerate(PAD)}
        self._set_hints()
        self._show()

    def enter(self) -> None:
        self.services.background.run(self._kept.is_set, self._take)

    def leave(self) -> None:
        self._second.cancel()

    def status_changed(self) -> None:
        clock, date = clock_words(self.services.status.now)
        self.ids.top_bar.look = BarLook(clock, date, title=_("设置"))

    def focus_tree(self) -> Group:
        return Group(self.name, Kind.GRID, tuple(Leaf(name) for name in self._keys), columns=PAD_COLUMNS)

    def draw_focus(self, focus_id: str | None) -> None:
        self.ids.ring.lift_one(self._keys, focus_id, theme.RADIUS_TILE)

    def on_key(self, event: KeyEvent) -> bool:
        if event.key.digit is not None:
            if not event.repeat:
                self._type(str(event.key.digit))
            return True
        if event.key is Key.BACK and self._entry is not None and self._entry.digits:
            self._type("delete")
            return True
        return False

    def on_ok(self, focus_id: str) -> None:
        self._type(focus_id.removeprefix("key:"))

    # ---- typing

    @property
    def _now_ms(self) -> int:
        return self.services.clocks.boottime_ms()

    def _take(self, is_set: bool) -> None:
        if self._entry is None:
            is_chosen = self._is_new or not is_set
            self._entry = PinEntry(Stage.CHOSEN if is_chosen else Stage.OPENS)
        self._show()

    def _type(self, name: str) -> None:
        if self._entry is None or self._is_asking:
            return
        self._trouble = ""
        if name == "delete":
            self._entry = self._entry.deleted()
        elif name != "ok":
            self._entry = self._entry.typed(int(name), self._now_ms)
        self._show()
        if self._entry.is_full:
            self._complete(self._entry)

    def _complete(self, entry: PinEntry) -> None:
        digits = entry.digits
        if entry.stage is Stage.OPENS:
            self._is_asking = True
            self.services.background.run(lambda: self._holds(digits), self._opened, self._failed)
        elif entry.is_new:
            self._is_asking = True
            self.services.background.run(
                lambda: self._choose(digits), lambda _chosen: self._opened(True), self._failed
            )
        else:
            self._entry = entry.once_more()
            self._show()

    def _holds(self, digits: str) -> bool:
        is_right = self._kept.holds(digits)
        if is_right:
            self._tell_agent(digits)
        return is_right

    def _choose(self, digits: str) -> None:
        self._kept.choose(digits)
        self._tell_agent(digits)

    def _tell_agent(self, digits: str) -> None:
        """The same PIN opens the box's page for operators; without the agent it is told the next time."""
        try:
            self.services.agent.tell_pin(digits)
        except TvError as error:
            log.warning("管理页还不知道这个密码：%s", error.words)

    def _opened(self, is_right: bool) -> None:
        self._is_asking = False
        if is_right and self._is_new:
            self.services.navigate.back()
        elif is_right:
            self.services.navigate.replace(BEHIND)
        elif self._entry is not None:
            self._entry = self._entry.was_wrong(self._now_ms)
            self._show()

    def _failed(self, error: TvError) -> None:
        self._is_asking = False
        self._entry = PinEntry(Stage.CHOSEN)
        self._trouble = error.words
        self._show()

    # ---- showing

    def _show(self) -> None:
        entry, ids = self._entry, self.ids
        wait_ms = 0 if entry is None else entry.wait_ms(self._now_ms)
        ids.prompt.text = _prompt(entry)
        ids.words.text = self._trouble or _words(entry, wait_ms)
        is_wrong = bool(self._trouble or wait_ms or (entry and (entry.wrong or entry.differed)))
        ids.words.colour = theme.VERM_TEXT if is_wrong else theme.PAPER3
        ids.cells.typed, ids.cells.closed = len(entry.digits) if entry else 0, wait_ms > 0
        if wait_ms:
            self._second()
        else:
            self._second.cancel()

    def _make_key(self, number: int, name: str) -> PadKey:
        row, column = divmod(number, PAD_COLUMNS)
        rect = [PAD_X + PITCH_X * column, PAD_Y + PITCH_Y * row, *KEY]
        icon = "backspace" if name == "delete" else ""
        role = theme.ROW_TITLE if name == "ok" else theme.FIGURE
        key = PadKey(rect=rect, text=_("确定") if name == "ok" else name, icon=icon, role=role)
        self.ids.pad.add_widget(key)
        return key

    def _set_hints(self) -> None:
        hints = [Hint(("0-9",), _("直接按数字键")), Hint((_("返回"),), _("首页"))]
        width = sum(hint.width_px for hint in hints) + HINT_GAP * (len(hints) - 1)
        self.ids.hints.rect = [theme.SAFE_X, 984, width, 44]
        self.ids.hints.hints = hints


def _prompt(entry: PinEntry | None) -> str:
    if entry is None:
        return ""
    return {
        Stage.OPENS: _("请输入管理员密码"),
        Stage.CHOSEN: _("请给设置选一个管理员密码"),
        Stage.REPEATED: _("请把密码再输一遍"),
    }[entry.stage]


def _words(entry: PinEntry | None, wait_ms: int) -> str:
    if entry is None:
        return ""
    if wait_ms:
        minutes, seconds = divmod(-(-wait_ms // 1000), MINUTE_MS // 1000)
        return _("输错太多次，{}:{:02} 后可以再试").format(minutes, seconds)
    if entry.differed:
        return _("两遍不一样，请重新选一个")
    if entry.wrong and not entry.digits:
        left = TRIES - entry.wrong
        return _("密码不对，还可以试 {} 次").format(left) if left > 0 else _("密码不对")
    if entry.stage is Stage.CHOSEN:
        return _("6 位数字，以后进设置时要用，请记在本站的登记单上")
    return ""
