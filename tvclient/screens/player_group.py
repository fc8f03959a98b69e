"""The group study before the film: the strip, card numbers typed while it plays, who leaves, discussion."""

from collections.abc import Callable
from functools import partial
from typing import Any

from kivy.clock import Clock

from study.group_api import GroupEntry
from tvclient import theme
from tvclient.errors import TvError
from tvclient.remote.key import Key
from tvclient.remote.key_queue import KeyEvent
from tvclient.screens.film_cards import FilmCards
from tvclient.screens.group_calls import GroupCalls
from tvclient.screens.group_check_in import GroupCheckIn
from tvclient.screens.player_panels import PlayerPanels
from tvclient.screens.services import Services
from tvclient.state.menu_row import Menu, MenuRow
from tvclient.state.strip_look import strip_look
from tvclient.state.together_rows import DISCUSS, PHONES, UNDO, member_of, together_rows
from tvclient.words import _

SHOWN_S = 8.0
POLLED_EVERY = 5
"""Seconds; a film that nobody studies together is not asked about again."""
FORGOTTEN_S = 20
"""So long after the last digit nobody goes on typing."""


class PlayerGroup:
    """Drawing thread only. `changed` hears of every other state, `came` that somebody came or left: they are
    there; `pause` lets the film stand."""

    def __init__(
        self,
        ids: Any,
        panels: PlayerPanels,
        services: Services,
        changed: Callable[[], None],
        came: Callable[[], None],
        pause: Callable[[], None],
    ) -> None:
        self._panels = panels
        self._agent = services.agent
        self._clock_ms = services.clocks.boottime_ms
        self._changed, self._came, self._pause = changed, came, pause
        self._calls = GroupCalls(services.agent, services.background, self._take)
        self._cards = FilmCards(services.navigate, ids.over, panels.lay_over)
        self._check_in = GroupCheckIn(self._calls, self._cards, services.navigate, self._typed)
        self._group: GroupEntry | None = None
        self._taken_ms = 0
        self._seconds = self._typed_s = 0
        self._asked_to_end = False
        self._away = Clock.create_trigger(lambda _dt: self._step_aside(), SHOWN_S)

    @property
    def is_on(self) -> bool:
        """A group study goes on, as far as anybody knows."""
        return self._group is not None

    @property
    def is_asking(self) -> bool:
        """A question lies over the film."""
        return self._cards.is_open

    @property
    def rows(self) -> tuple[MenuRow, ...]:
        """What the menu offers of it."""
        return () if self._group is None else together_rows(self._group)

    def enter(self) -> None:
        self._seconds = 0
        self._calls.poll()

    def leave(self) -> None:
        self._away.cancel()
        self._calls.leave()
        self._cards.close()
        self._group = None
        self._check_in.leave()
        self._panels.show_strip(None)

    def takes(self, event: KeyEvent) -> bool:
        """Digits are card numbers, red and yellow take the last one back; OK sends a whole number."""
        if self._group is None:
            return False
        if self._cards.is_open:
            return event.key not in (Key.UP, Key.DOWN, Key.OK, Key.BACK, Key.HOME)
        if event.key is Key.UP:
            self.show()
        elif event.key.digit is not None:
            if not event.repeat:
                self._typed_s = 0
                self._check_in.press(str(event.key.digit))
            return True
        elif event.key in (Key.RED, Key.YELLOW):
            if not event.repeat:
                self._undo()
            return True
        elif event.key is Key.OK and self._check_in.entry.is_whole:
            self._check_in.press("ok")
            return True
        return False

    def back(self) -> bool:
        """A question, then what is typed, is taken away first."""
        if self._cards.is_open:
            self._cards.back()
        elif not self._check_in.entry.is_empty:
            self._typed_s = 0
            self._check_in.press("delete")
        else:
            return False
        return True

    def answer(self, focus_id: str) -> None:
        """OK on an answer of the question."""
        self._cards.answer(focus_id)

    def draw(self, focus_id: str | None) -> None:
        """Show which answer has the focus."""
        self._cards.draw(focus_id)

    def close_question(self) -> None:
        """Something else wants its place."""
        self._cards.close()

    def choose(self, option_id: str) -> None:
        """An option of `rows`."""
        menu, _colon, value = option_id.partition(":")
        if menu == Menu.LEAVING:
            self._check_out(value)
        elif value == UNDO:
            self._undo()
        elif value == PHONES and self._group is not None:
            self._change(partial(self._agent.let_phones, not self._group["remote"]))
        elif value == DISCUSS:
            self._pause()
            self._asked_to_end = False
            self._change(partial(self._agent.discuss, True))

    def plays(self, playing: bool) -> None:
        """Whether the film plays now: who goes on with it has talked enough."""
        if playing and self._group is not None and self._group["discussing"] and not self._asked_to_end:
            self._asked_to_end = True
            self._change(partial(self._agent.discuss, False))

    def handle_one_second(self) -> None:
        """The clock of a discussion goes on; what is said, and what is half typed, goes after a while."""
        if self._group is None:
            return
        self._seconds += 1
        self._check_in.handle_one_second()
        if not self._check_in.entry.is_empty and not self._cards.is_open:
            self._typed_s += 1
            if self._typed_s >= FORGOTTEN_S:
                self._check_in.leave()
        if self._group["discussing"]:
            self._draw()
        if self._seconds % POLLED_EVERY == 0:
            self._calls.poll()

    def show(self) -> None:
        """The whole strip, for a while."""
        if self._group is not None:
            self._draw(small=False)
            self._away.cancel()
            self._away()

    # ── what is done ──

    def _undo(self) -> None:
        self._change(self._agent.undo_check, lambda: self._say(_("已撤销"), theme.PAPER))

    def _check_out(self, value: str) -> None:
        if self._group is not None and (member := member_of(self._group, value)) is not None:
            words = _("{} 已先离开，按红键撤销").format(member["name"])
            leave = partial(self._agent.check_out, member["member_id"])
            self._change(leave, lambda: self._say(words, theme.PAPER))

    def _change(self, call: Callable[[], Any], then: Callable[[], None] = lambda: None) -> None:
        self._calls.change(call, self._refused, then)

    def _refused(self, error: TvError) -> None:
        self._asked_to_end = False
        self._say(error.words, theme.VERM_TEXT)

    def _say(self, words: str, colour: theme.Rgba) -> None:
        self._check_in.say(words, colour)

    # ── what is told and shown ──

    def _take(self, group: GroupEntry | None) -> None:
        before, self._group = self._group, group
        self._taken_ms = self._clock_ms()
        if group is None:
            if before is not None:
                self._cards.close()
                self._panels.show_strip(None)
                self._changed()
            return
        if not group["discussing"]:
            self._asked_to_end = False
        if before is None or _who(before) != _who(group):
            self.show()
            if before is not None:
                self._came()
        elif before["discussing"] != group["discussing"]:
            self.show()
        else:
            self._draw()
        if before != group:
            self._changed()

    def _typed(self) -> None:
        if self._group is not None:
            self.show()

    def _step_aside(self) -> None:
        busy = self._said is not None or not self._check_in.entry.is_empty
        if self._group is None or busy or self._group["discussing"]:
            self._away()
        else:
            self._draw(small=True)

    @property
    def _said(self) -> tuple[str, theme.Rgba] | None:
        """What was said about the last one; how to type is not told over a film."""
        typed = self._check_in
        if typed.colour == theme.PAPER3:
            return None
        if typed.entry.is_whole and typed.entry.digits == "" and typed.colour == theme.VERM_TEXT:
            return _("没有找到，请输整个卡号，再按 OK"), typed.colour
        return typed.words, typed.colour

    def _draw(self, small: bool | None = None) -> None:
        if self._group is not None:
            passed_ms = self._clock_ms() - self._taken_ms
            look = strip_look(self._group, self._check_in.entry, self._said, passed_ms)
            self._panels.show_strip(look, small)


def _who(group: GroupEntry) -> list[tuple[int, bool]]:
    return [(one["member_id"], one["is_in"]) for one in group["attendees"]]
