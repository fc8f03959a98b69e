"""An article, page by page, in letters that are read from the back row, or in larger ones still."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from secrets import token_hex

from kivy.clock import Clock
from kivy.lang import Builder

from study.article_api import ArticleReply
from study.units import BootId, ItemId, PlayId
from tvclient import theme
from tvclient.agent_client.reporter import Reporter
from tvclient.errors import TvError
from tvclient.remote.key import Key
from tvclient.remote.key_queue import KeyEvent
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.screens.bar_words import clock_words, sync_mark
from tvclient.screens.large_mode import is_large
from tvclient.screens.read_aloud import Change, ReadAloud, Trouble
from tvclient.screens.screen import Screen
from tvclient.screens.services import Services
from tvclient.state.article_look import LARGE, NORMAL, Look
from tvclient.state.article_part import parts_of
from tvclient.state.article_state import ArticleState, opened
from tvclient.state.reading import Reading
from tvclient.widgets.advances import Advances, advances_of
from tvclient.widgets.key_hint import Hint
from tvclient.widgets.top_bar import BarLook
from tvclient.words import _

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

MakeAloud = Callable[[Change, Trouble], ReadAloud]
TICK_S = 5.0
"""So often the time of reading is told, and a picture that could not be had is asked for again."""
ONWARD = (Key.RIGHT, Key.DOWN, Key.CHANNEL_DOWN)
BACKWARD = (Key.LEFT, Key.CHANNEL_UP)
ALOUD = (Key.UP, Key.PLAY_PAUSE)
CHOICE = "article_letters"
LARGE_CHOICE = "large"
PAGE, DONE, AGAIN = "page", "done", "again"


class Article(Screen):
    """Focus ids: `page:3`, `done` on the last page, `again` where it could not be had, `page` before that."""

    name = "article"

    def __init__(
        self,
        services: Services,
        article_id: str,
        aloud: MakeAloud,
        reporter: Reporter | None = None,
        boot: BootId | None = None,
    ) -> None:
        """`reporter` is told of the reading; without one nothing is recorded."""
        self._article_id = article_id
        self._reporter, self._boot = reporter, boot
        self._aloud = aloud(self._turned_by_voice, self._tell_trouble)
        self._silence = ""
        self._item_id = ItemId("")
        self._state: ArticleState | None = None
        self._reading: Reading | None = None
        self._advances: Advances | None = None
        self._trouble = ""
        self._in_sight = self._is_setting = False
        chosen = services.choices.get(CHOICE) or (LARGE_CHOICE if is_large(services.choices) else None)
        self._look = LARGE if chosen == LARGE_CHOICE else NORMAL
        super().__init__(services)
        self.ids.page.covers = services.covers
        self._tick = Clock.create_trigger(lambda _dt: self._later(), TICK_S, interval=True)

    def enter(self) -> None:
        self._in_sight = True
        if self._state is None:
            self._load()
        else:
            self._begin_reading()
        self._tick()

    def leave(self) -> None:
        self._in_sight = False
        self._tick.cancel()
        self._aloud.stop()
        if self._state is not None:
            self._state = self._state.reading_sentence(None)
        if self._reading is not None:
            self._reading.left(self.services.clocks.boottime_ms())
            self._tell(changed=True)
        self._reading = None

    def status_changed(self) -> None:
        clock, date = clock_words(self.services.status.now)
        mark = sync_mark(self.services.status.latest, self.services.status.away)
        self.ids.top_bar.look = BarLook(clock, date, mark, crumb=_("返回"))

    def focus_tree(self) -> Group:
        return Group("article", Kind.COLUMN, (Leaf(self._focus_id),))

    def draw_focus(self, focus_id: str | None) -> None:
        state, ids = self._state, self.ids
        ids.silence.text = self._silence
        ids.page.shown = state is not None
        ids.notice.text, ids.advice.text = self._notice()
        if state is not None:
            ids.page.parts, ids.page.page, ids.page.sentence = state.parts, state.page, state.sentence
            ids.place.text = state.page_words
            ids.read.rect = [0, 1072, round(theme.DESIGN_W * state.share_read), 8]
        for part in (ids.place, ids.hints, ids.way, ids.read):
            part.shown = state is not None
        self._show_hints()
        self._draw_button()

    def on_key(self, event: KeyEvent) -> bool:
        if self._reading is not None and not event.repeat:
            self._reading.key(self.services.clocks.boottime_ms())
            self._tell(changed=False)
        if self._state is None:
            return False
        if event.key in (*ONWARD, *BACKWARD):
            self._change(self._state.turned(1 if event.key in ONWARD else -1))
            return True
        if event.key in ALOUD:
            if not event.repeat:
                self._aloud.toggle(self._state)
                self._spoken()
            return True
        if event.key is Key.MENU:
            if not event.repeat:
                self._set_in(NORMAL if self._look is LARGE else LARGE)
            return True
        return False

    def on_ok(self, focus_id: str) -> None:
        if focus_id == AGAIN:
            self._load()
        elif focus_id == DONE:
            self.services.navigate.back()
        elif self._state is not None:
            self._change(self._state.turned(1))

    # ---- the article

    @property
    def _focus_id(self) -> str:
        if self._state is None:
            return AGAIN if self._trouble else PAGE
        return f"{PAGE}:{self._state.number + 1}" if self._state.has_next else DONE

    def _load(self) -> None:
        self._trouble = ""
        agent = self.services.agent
        self.services.background.run(lambda: agent.article(self._article_id), self._take, self._miss)
        self._changed()

    def _take(self, reply: ArticleReply) -> None:
        parts = parts_of(reply)
        roles = [role for look in (NORMAL, LARGE) for role in _roles(look)]
        advances = advances_of((part.text for part in parts), roles)
        self._advances, self._item_id = advances, ItemId(reply["item_id"])
        self._aloud.has(reply["recording"])
        laying_out = partial(opened, parts, self._look, advances.width)
        self.services.background.run(laying_out, self._open, self._miss)

    def _open(self, state: ArticleState) -> None:
        self._change(state)
        if self._in_sight:
            self._begin_reading()

    def _miss(self, error: TvError) -> None:
        self._trouble = error.words
        self._changed()

    def _set_in(self, look: Look) -> None:
        """The same place in other letters; a long article takes a moment."""
        state, advances = self._state, self._advances
        if state is None or advances is None or self._is_setting:
            return
        self._look, self._is_setting = look, True
        self.services.choices.keep(CHOICE, LARGE_CHOICE if look is LARGE else "normal")
        laying_out = partial(state.laid_out_anew, look, advances.width)
        self.services.background.run(laying_out, self._was_set, lambda _error: self._was_set(state))

    def _was_set(self, state: ArticleState) -> None:
        self._is_setting = False
        self._change(state)

    def _change(self, state: ArticleState) -> None:
        self._state, self._silence = state, ""
        self._aloud.follow(state)
        self._changed()

    def _turned_by_voice(self, state: ArticleState) -> None:
        self._state = state
        self._spoken()
        self._changed()

    def _tell_trouble(self, words: str) -> None:
        self._silence = words
        self._changed()

    def _changed(self) -> None:
        if self._in_sight:
            self.services.navigate.changed(self._focus_id)

    # ---- what is recorded

    def _begin_reading(self) -> None:
        if self._reporter is None or self._boot is None or self._reading is not None:
            return
        now_ms = self.services.clocks.boottime_ms()
        self._reading = Reading(PlayId(token_hex(8)), self._item_id, self._boot, now_ms)
        self._tell(changed=True)

    def _spoken(self) -> None:
        if self._reading is not None:
            self._reading.spoken(self.services.clocks.boottime_ms(), self._aloud.speaks)
            self._tell(changed=False)

    def _later(self) -> None:
        if self._reading is not None:
            self._reading.time_passed(self.services.clocks.boottime_ms())
            self._tell(changed=False)
        if self.services.covers.ask_again():
            self.ids.page.repaint()

    def _tell(self, changed: bool) -> None:
        if self._reporter is not None and self._reading is not None:
            self._reporter.note(self._reading.state(), changed)

    # ---- showing

    def _notice(self) -> tuple[str, str]:
        if self._state is not None:
            return "", ""
        if self._trouble:
            return _("图文暂时取不到"), self._trouble
        return _("正在取这篇图文…"), ""

    def _show_hints(self) -> None:
        letters = _("普通字号") if self._look is LARGE else _("更大的字")
        aloud = _("停止朗读") if self._aloud.speaks else _("朗读")
        hints = [
            Hint(("chev_l", "chev_r"), _("翻页")),
            Hint(("chev_u",), aloud),
            Hint((_("菜单"),), letters),
        ]
        if self.ids.hints.hints != hints:
            self.ids.hints.hints = hints

    def _draw_button(self) -> None:
        words = {AGAIN: ("sync", _("再试一次")), DONE: ("check", _("读完返回"))}
        button = self.ids.onward
        button.shown = self.ids.ring.shown = self._state is not None or bool(self._trouble)
        button.icon, button.text = words.get(self._focus_id, ("chev_r", _("下一页")))
        button.focused = True
        x, y, w, h = button.rect
        self.ids.ring.surround(x, y - theme.LIFT, w, h, theme.RADIUS_CARD)
        self.ids.ring.shown = button.shown


def _roles(look: Look) -> tuple[theme.Type, ...]:
    return (look.text, look.title, *look.headings, look.byline, look.caption)
