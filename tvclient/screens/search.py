"""The search: a field, a pad to type on, and beside it what was found, or what was looked for before."""

from collections.abc import Callable, Mapping
from pathlib import Path

from kivy.clock import Clock
from kivy.lang import Builder

from study.search_api import SearchesReply, SearchReply
from tvclient import theme
from tvclient.errors import TvError
from tvclient.remote.key_queue import KeyEvent
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.screens.bar_words import clock_words, sync_mark
from tvclient.screens.screen import Screen
from tvclient.screens.search_pads import COLUMNS, SearchPads, pad_places
from tvclient.screens.services import Services
from tvclient.state.search_row import SearchRow
from tvclient.state.search_state import Pad, Phase, SearchState
from tvclient.widgets.brush import text_width
from tvclient.widgets.key_hint import HINT_GAP, Hint
from tvclient.widgets.result_list import SEEN, ResultList
from tvclient.widgets.top_bar import BarLook
from tvclient.widgets.word_list import PITCH, WordList
from tvclient.words import _

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

PAGE = 20
MORE_FROM = 8
"""Results before the end of those that are here, at which the next page is asked for."""
AGAIN_S = 1.0
TYPED_X, TYPED_W = 184, 480
DELETE, CLEAR, OTHER_PAD, FORGET, AGAIN = "key:delete", "key:clear", "key:pad", "forget", "again"
BUTTONS = {DELETE: "delete_one", CLEAR: "delete_all", OTHER_PAD: "pad"}
TYPING = "typing"


class Search(Screen):
    """Focus ids: `key:F`, `key:delete`, `key:clear`, `key:pad`, `result:course:5`, `recent:<words>`,
    `hot:<words>`, `forget`, `again`. Digits of the remote type directly."""

    name = "search"
    default_focus = TYPING

    def __init__(self, services: Services) -> None:
        self._state = SearchState()
        self._asks_more = False
        self._goes_beside = False
        super().__init__(services)
        self._again_soon = Clock.create_trigger(lambda _dt: self._change(self._state.again()), AGAIN_S)
        self._pads = SearchPads(self.ids.key_room)
        self._results = ResultList(services.covers, rect=[800, 216, 1024, 720])
        self._lists = {
            "recent": WordList(_("最近搜索"), "clock", rect=[800, 152, 496, 784]),
            "hot": WordList(_("常搜的"), "rank", rect=[1328, 152, 496, 784]),
        }
        for part in (self._results, *self._lists.values()):
            self.ids.beside.add_widget(part)
        self._set_hints()
        self._show()

    def enter(self) -> None:
        self.services.background.run(self.services.agent.searches, self._took_searches)
        self._ask()

    def leave(self) -> None:
        self._again_soon.cancel()

    def status_changed(self) -> None:
        status, away = self.services.status.latest, self.services.status.away
        clock, date = clock_words(self.services.status.now)
        self.ids.top_bar.look = BarLook(clock, date, sync_mark(status, away), title=_("搜索"))

    def focus_tree(self) -> Group:
        pad = self._state.pad
        keys = tuple(Leaf(place.key_id) for place in pad_places(pad))
        grid = Group(f"pad:{pad}", Kind.GRID, keys, columns=COLUMNS[pad])
        buttons = Group("buttons", Kind.ROW, tuple(Leaf(name) for name in BUTTONS))
        return Group(self.name, Kind.ROW, (Group(TYPING, Kind.COLUMN, (grid, buttons)), self._beside()))

    def draw_focus(self, focus_id: str | None) -> None:
        ring, ids = self.ids.ring, self.ids
        ring.shown = False
        ring.lift_one(self._pads.show(self._state.pad), focus_id, theme.RADIUS_TILE)
        buttons = {name: ids[part] for name, part in BUTTONS.items()}
        ring.lift_one(buttons | {FORGET: ids.forget, AGAIN: ids.again}, focus_id, theme.RADIUS_CARD)
        for place in (self._draw_results(focus_id), *self._draw_offers(focus_id)):
            if place is not None:
                ring.surround(*place, theme.RADIUS_TILE)

    def on_key(self, event: KeyEvent) -> bool:
        if event.key.digit is None:
            return False
        self._change(self._state.press(str(event.key.digit)))
        return True

    def take_text(self, text: str) -> bool:
        self._change(self._state.take_words(text))
        return True

    def on_ok(self, focus_id: str) -> None:
        kind, _colon, name = focus_id.partition(":")
        if kind == "result":
            self._open(name)
        elif focus_id == FORGET:
            self.services.background.run(self.services.agent.forget_searches, self._took_searches)
        elif kind in self._lists or focus_id == AGAIN:
            self._goes_beside = True
            self._change(self._state.again() if focus_id == AGAIN else self._state.take_words(name))
        else:
            self._change(self._typed(focus_id, name))

    def scroll(self) -> Mapping[str, int]:
        return {"results": self._results.scrolled_px}

    # ---- typing and asking

    def _typed(self, focus_id: str, name: str) -> SearchState:
        doings: dict[str, Callable[[], SearchState]] = {
            DELETE: self._state.delete,
            CLEAR: self._state.clear,
            OTHER_PAD: self._state.other_pad,
        }
        return doings[focus_id]() if focus_id in doings else self._state.press(name.lower())

    def _change(self, state: SearchState) -> None:
        if state.answered != self._state.answered:
            self._results.begin_again()
        self._state = state
        self._ask()
        self._show()
        self.services.navigate.changed()

    def _ask(self) -> None:
        question = self._state.question
        if question is not None:
            self._state = self._state.asking()
            self.services.background.run(
                lambda: self.services.agent.search(question, 0, PAGE), self._took, self._missed
            )

    def _took(self, reply: SearchReply) -> None:
        self._change(self._state.took(reply))
        if self._state.phase is Phase.PREPARING:
            self._again_soon()
        self._go_beside()

    def _missed(self, error: TvError) -> None:
        self._change(self._state.failed(error.words))
        self._go_beside()

    def _go_beside(self) -> None:
        """Whoever chose words from before wants to see what they find."""
        if self._goes_beside and self._state.asked is None:
            self._goes_beside = False
            self.services.navigate.focus(self._beside_id)

    def _ask_more(self) -> None:
        typed, offset = self._state.answered, len(self._state.rows)
        if self._asks_more or typed is None or offset >= self._state.total:
            return
        self._asks_more = True
        self.services.background.run(
            lambda: self.services.agent.search(typed, offset, PAGE),
            lambda reply: self._took_more(self._state.took_more(reply, offset)),
            lambda _error: self._took_more(self._state),
        )

    def _took_more(self, state: SearchState) -> None:
        self._asks_more = False
        self._state = state
        self.services.navigate.changed()

    def _took_searches(self, reply: SearchesReply) -> None:
        self._change(self._state.took_searches(reply))

    def _open(self, result_id: str) -> None:
        row = next((row for row in self._state.rows if row.result_id == result_id), None)
        if row is not None:
            agent, title = self.services.agent, row.title
            self.services.background.run(lambda: agent.keep_search(title), lambda _kept: None)
            kind, _colon, number = result_id.partition(":")
            self.services.navigate.show(kind, **{f"{kind}_id": number})

    # ---- showing

    @property
    def _rows(self) -> tuple[SearchRow, ...]:
        return self._state.rows if self._state.phase is Phase.FOUND else ()

    def _offered(self) -> dict[str, tuple[str, ...]]:
        is_offering = self._state.phase is Phase.OFFERS
        return {"recent": self._state.recent, "hot": self._state.hot} if is_offering else {}

    @property
    def _beside_id(self) -> str:
        """Other results are another group, so that the first of them is the first to be entered."""
        return f"beside:{self._state.answered or ''}"

    def _beside(self) -> Group:
        """What can be chosen beside the pad."""
        offered = self._offered()
        if any(offered.values()):
            leaves = {kind: [Leaf(f"{kind}:{one}") for one in words] for kind, words in offered.items()}
            leaves["recent"].append(Leaf(FORGET, enabled=bool(offered["recent"])))
            lists = tuple(Group(f"{kind}s", Kind.COLUMN, tuple(held)) for kind, held in leaves.items())
            return Group(self._beside_id, Kind.ROW, lists)
        results = tuple(Leaf(f"result:{row.result_id}") for row in self._rows)
        again = Leaf(AGAIN, enabled=self._state.phase is Phase.AWAY)
        return Group(self._beside_id, Kind.COLUMN, (*results, again))

    def _show(self) -> None:
        state, ids = self._state, self.ids
        ids.typed.text = _fitting(state.typed.upper())
        ids.placeholder.shown = not state.typed
        ids.caret.rect = [TYPED_X + text_width(ids.typed.text, theme.TITLE) + 12, 174, 4, 52]
        ids.pad.text = _("九宫格") if state.pad is Pad.LETTERS else _("字母")
        has_offers = any(self._offered().values())
        ids.title.text, ids.hint.text = ("", "") if has_offers else (state.title, state.hint)
        ids.again.shown = state.phase is Phase.AWAY

    def _draw_results(self, focus_id: str | None) -> tuple[float, ...] | None:
        rows, total = self._rows, self._state.total
        at = next((n for n, row in enumerate(rows) if f"result:{row.result_id}" == focus_id), None)
        if at is not None and at >= len(rows) - MORE_FROM:
            self._ask_more()
        self.ids.place.text = f"{at + 1} / {total}" if at is not None and total > SEEN else ""
        return self._results.show(rows, at)

    def _draw_offers(self, focus_id: str | None) -> list[tuple[float, ...] | None]:
        offered = self._offered()
        places: list[tuple[float, ...] | None] = []
        for kind, held in self._lists.items():
            words = offered.get(kind, ())
            at = next((n for n, one in enumerate(words) if f"{kind}:{one}" == focus_id), None)
            places.append(held.show(words, at))
        recent = offered.get("recent", ())
        self.ids.forget.shown = bool(recent)
        self.ids.forget.rect = [800, 216 + PITCH * len(recent), 300, 72]
        return places

    def _set_hints(self) -> None:
        hints = [
            Hint(("3", "5", "2"), _("数字键也能拼 F J C")),
            Hint(("chev_r",), _("去选课程")),
            Hint((_("返回"),), _("首页")),
        ]
        width = sum(hint.width_px for hint in hints) + HINT_GAP * (len(hints) - 1)
        self.ids.hints.rect = [theme.SAFE_X, 980, width, 44]
        self.ids.hints.hints = hints


def _fitting(typed: str) -> str:
    """As much of the end as the field shows."""
    if text_width(typed, theme.TITLE) <= TYPED_W:
        return typed
    starts = range(1, len(typed))
    return next((f"…{typed[n:]}" for n in starts if text_width(f"…{typed[n:]}", theme.TITLE) <= TYPED_W), "…")
