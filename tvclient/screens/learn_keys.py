"""Teaches the television the keys of a remote that no keymap knows."""

from collections.abc import Callable
from pathlib import Path

from kivy.clock import Clock
from kivy.lang import Builder

from tvclient import theme
from tvclient.remote.key import Key
from tvclient.remote.learning import Learning, Stage
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.screens.bar_words import clock_words
from tvclient.screens.key_teacher import KeyTeacher, Told
from tvclient.screens.screen import Screen
from tvclient.screens.services import Services
from tvclient.state.key_words import key_words
from tvclient.widgets.pad_key import PadKey
from tvclient.widgets.top_bar import BarLook
from tvclient.words import _

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

TURN_S = 0.1
KEYS = (
    *(Key.UP, Key.DOWN, Key.LEFT, Key.RIGHT, Key.OK, Key.BACK, Key.HOME, Key.MENU),
    *(Key.PLAY_PAUSE, Key.STOP, Key.REWIND, Key.FORWARD, Key.CHANNEL_UP, Key.CHANNEL_DOWN),
    *(Key.VOLUME_UP, Key.VOLUME_DOWN, Key.MUTE, Key.INFO, Key.RED, Key.GREEN, Key.YELLOW, Key.BLUE),
    *sorted((key for key in Key if key.digit is not None), key=lambda key: (key.digit == 0, key)),
)
COLUMNS = 6
X, Y, PITCH_X, PITCH_Y, SIZE = 96, 428, 292, 104, (268, 88)
UNDO, CHANGE, YES, NO = "undo", "change", "change/yes", "change/no"


class LearnKeys(Screen):
    """Focus ids: `key:back` …, `undo`, and `change/yes`, `change/no` while it asks."""

    name = "learn_keys"
    default_focus = f"key:{Key.UP}"

    def __init__(self, services: Services, make_teacher: Callable[[Told], KeyTeacher]) -> None:
        self._teacher = make_teacher(self._was_saved)
        self._learning: Learning | None = None
        self._trouble = ""
        self._is_asking = self._can_undo = self._was_undone = False
        super().__init__(services)
        self._turn = Clock.create_trigger(lambda _dt: self._follow(), TURN_S, interval=True)
        self._keys = {f"key:{key}": self._make_key(number, key) for number, key in enumerate(KEYS)}
        self._show()

    def leave(self) -> None:
        self._turn.cancel()
        self._teacher.cancel()

    def status_changed(self) -> None:
        clock, date = clock_words(self.services.status.now)
        self.ids.top_bar.look = BarLook(clock, date, title=_("遥控器按键"))

    def focus_tree(self) -> Group:
        grid = Group("keys", Kind.GRID, tuple(Leaf(name) for name in self._keys), columns=COLUMNS)
        return Group(self.name, Kind.COLUMN, (Leaf(UNDO, enabled=self._can_undo), grid))

    def draw_focus(self, focus_id: str | None) -> None:
        ids = self.ids
        ids.ring.shown = False
        ids.ring.lift_one(self._keys, focus_id, theme.RADIUS_TILE)
        ids.ring.lift_one({UNDO: ids.undo, YES: ids.yes, NO: ids.no}, focus_id, theme.RADIUS_CARD)

    def on_ok(self, focus_id: str) -> None:
        if self._is_asking:
            self._answer(focus_id == YES)
        elif focus_id == UNDO:
            self._can_undo, self._was_undone, self._learning = False, True, None
            self._teacher.undo()
            self._changed()
        else:
            self._was_undone, self._trouble = False, ""
            self._teacher.teach(Key(focus_id.removeprefix("key:")))
            self._learning = self._teacher.learning
            self._turn()
            self._show()

    def back(self) -> bool:
        if self._is_asking:
            self._answer(False)
            return True
        return False

    # ---- learning

    def _follow(self) -> None:
        """Time has passed, or a key was heard."""
        self._teacher.handle_one_turn()
        learning = self._learning
        if learning is None or learning.is_over:
            self._turn.cancel()
        if learning is not None and learning.stage is Stage.ASKING and not self._is_asking:
            self._is_asking = True
            self.services.navigate.open_modal(Group(CHANGE, Kind.ROW, (Leaf(YES), Leaf(NO))), NO)
        elif self._is_asking and (learning is None or learning.stage is not Stage.ASKING):
            self._stop_asking()  # nobody answered
        self._show()

    def _answer(self, yes: bool) -> None:
        self._teacher.answer(yes)
        self._stop_asking()
        self._show()

    def _stop_asking(self) -> None:
        self._is_asking = False
        self.services.navigate.close_modal()

    def _was_saved(self, trouble: str) -> None:
        self._trouble = trouble
        learned = self._learning is not None and self._learning.stage is Stage.LEARNED
        self._can_undo = learned and not trouble
        self._changed()

    def _changed(self) -> None:
        self._show()
        self.services.navigate.changed()

    # ---- showing

    def _show(self) -> None:
        ids = self.ids
        ids.title.text, ids.words.text = self._told()
        ids.words.colour = theme.VERM_TEXT if self._trouble else theme.PAPER2
        ids.undo.shown = self._can_undo
        ids.yes.shown = ids.no.shown = self._is_asking

    def _told(self) -> tuple[str, str]:
        learning = self._learning
        if self._trouble:
            return _("没有学成"), self._trouble
        if self._was_undone:
            return _("已撤销"), _("这个键又和从前一样")
        if learning is None:
            return _("选一个键来学"), _("用方向键选好，按 OK，再按遥控器上想用的那个键")
        return _words(learning)

    def _make_key(self, number: int, key: Key) -> PadKey:
        row, column = divmod(number, COLUMNS)
        rect = [X + PITCH_X * column, Y + PITCH_Y * row, *SIZE]
        made = PadKey(rect=rect, text=key_words(key), role=theme.ROW_TITLE)
        self.ids.pad.add_widget(made)
        return made


def _words(learning: Learning) -> tuple[str, str]:
    target = key_words(learning.target)
    match learning.stage:
        case Stage.WAITING if learning.pressed_together:
            return _("请按想当作“{}”的键").format(target), _("刚才同时按了两个键，请只按一个")
        case Stage.WAITING:
            return _("请按想当作“{}”的键").format(target), _("半分钟内不按就不改；按“返回”不改")
        case Stage.PRESSED:
            return _("收到了，请松开"), ""
        case Stage.ASKING:
            means = "" if learning.means is None else key_words(learning.means)
            return _("这个键现在是“{}”").format(means), _("要改成“{}”吗？改了以后它就不再是“{}”").format(
                target, means
            )
        case Stage.LEARNED:
            return _("学会了：“{}”").format(target), _("现在就可以用；不对可以撤销，或再学别的键")
        case Stage.KNOWN:
            return _("这个键本来就是“{}”").format(target), _("不用改；可以再学别的键")
        case Stage.CANCELLED:
            return _("没有改"), _("按键和从前一样；可以再选一个来学")
