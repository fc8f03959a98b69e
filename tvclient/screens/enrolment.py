"""The first time the box is switched on: account and activation code make it this station's."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import NumericProperty

from study.local_api import StatusReply
from tvclient import theme
from tvclient.errors import TvError
from tvclient.remote.key import Key
from tvclient.remote.key_queue import KeyEvent
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.screens.enrolment_form import CODE_DIGITS, EnrolmentForm, Field, grouped
from tvclient.screens.leave_question import WayOut
from tvclient.screens.screen import Screen
from tvclient.screens.services import Services
from tvclient.widgets.brush import text_width
from tvclient.widgets.icons import baked_texture
from tvclient.widgets.pad_key import PadKey
from tvclient.words import _

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

PAD = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "delete", "0", "next")
PAD_COLUMNS = 3
PAD_X, PAD_Y, PITCH_X, PITCH_Y, KEY = 808, 484, 204, 104, (192, 92)
SUBMIT = "submit"


class Enrolment(Screen):
    """Focus ids: `key:7`, `key:delete`, `key:next`, `submit`. Digits of the remote type directly."""

    name = "enrolment"
    default_focus = "key:1"
    background = "bg_ridge.png"
    step = NumericProperty(1)

    def __init__(self, services: Services) -> None:
        self._form = EnrolmentForm()
        super().__init__(services)
        self._way_out = WayOut(services.navigate, self.ids.over)
        self.ids.seal.texture = baked_texture("seal_256.png")
        self._keys = {f"key:{name}": self._make_key(n, name) for n, name in enumerate(PAD)}
        self._draw_form()

    def status_changed(self) -> None:
        status = self.services.status
        if status.latest is not None and status.latest["enrolled"]:
            self.services.navigate.home()
            return
        self.ids.net_icon.icon = "warn" if status.away else "wifi" if self._online else "offline"
        self.ids.net.text = (
            _("本机服务重连中") if status.away else _("网络已接通") if self._online else _("网络还没有接通")
        )
        self.ids.net.colour = self.ids.net_icon.colour = theme.GREEN if self._online else theme.VERM_TEXT

    def focus_tree(self) -> Group:
        pad = Group("pad", Kind.GRID, tuple(Leaf(name) for name in self._keys), columns=PAD_COLUMNS)
        return Group(self.name, Kind.COLUMN, (pad, Leaf(SUBMIT)))

    def draw_focus(self, focus_id: str | None) -> None:
        if self._way_out.is_asking and focus_id is not None:
            self._way_out.draw(focus_id)
            return
        self.ids.ring.lift_one(self._keys, focus_id, theme.RADIUS_TILE)
        self.ids.ring.lift_one({SUBMIT: self.ids.submit}, focus_id, theme.RADIUS_CARD)

    def on_key(self, event: KeyEvent) -> bool:
        if self._way_out.is_asking or self.step == 2:
            return False
        if event.key.digit is not None:
            self._type(str(event.key.digit))
            return True
        if event.key is Key.BACK and not self._form.empty:
            self._type("delete")
            return True
        return False

    def on_ok(self, focus_id: str) -> None:
        if self._way_out.is_asking:
            self._way_out.answer(focus_id)
        elif focus_id == SUBMIT:
            self._submit()
        elif self.step == 1:
            self._type(focus_id.removeprefix("key:"))

    def back(self) -> bool:
        self._way_out.back()
        return True

    @property
    def _online(self) -> bool:
        latest = self.services.status.latest
        return latest is not None and latest["online"] and not self.services.status.away

    def _type(self, name: str) -> None:
        self._complain("")
        if name == "delete":
            self._form = self._form.deleted()
        elif name == "next":
            self._form = self._form.other_field()
        else:
            self._form = self._form.typed(int(name))
        self._draw_form()
        if self._form.complete and self._form.field is Field.CODE:
            self.services.navigate.focus(SUBMIT)

    def _submit(self) -> None:
        if self.step == 2:
            return
        if not self._form.complete:
            words = _("请填站点账号和 {} 位激活码，填好再核对。").format(CODE_DIGITS)
            self._complain(words)
            return
        self.step = 2
        self._complain("")
        form = self._form
        self.services.background.run(
            lambda: self.services.agent.enrol(form.account, form.code), self._enrolled, self._refused
        )

    def _enrolled(self, status: StatusReply) -> None:
        # The feed tells this screen too, which then goes home.
        self.services.status.take(status)

    def _refused(self, error: TvError) -> None:
        self.step = 1
        self._complain(error.words)

    def _complain(self, words: str) -> None:
        self.ids.trouble.text = words
        self.ids.trouble_icon.icon = "warn" if words else ""

    def _draw_form(self) -> None:
        form = self._form
        ids = self.ids
        in_account = form.field is Field.ACCOUNT
        ids.account.text = grouped(form.account)
        ids.caret.shown = in_account
        ids.caret.rect = [840 + text_width(grouped(form.account), theme.FIGURE), 230, 4, 52]
        ids.code.code, ids.code.active = form.code, not in_account
        ids.account_field.line = theme.FIELD_LINE if in_account else theme.INK3
        ids.code_field.line = theme.INK3 if in_account else theme.FIELD_LINE

    def _make_key(self, number: int, name: str) -> PadKey:
        x = PAD_X + PITCH_X * (number % PAD_COLUMNS)
        y = PAD_Y + PITCH_Y * (number // PAD_COLUMNS)
        key = PadKey(rect=[x, y, *KEY])
        if name == "delete":
            key.icon = "backspace"
        elif name == "next":
            key.text, key.role = _("下一项"), theme.ROW_TITLE
        else:
            key.text = name
        self.ids.pad.add_widget(key)
        return key
