"""Which card lies over the picture, what it says, and what it counts down to."""

import logging
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from study.units import MonotonicMs
from tvclient.screens.player_card import NEXT_AFTER_S, end_look, failed_look
from tvclient.screens.player_item import PlayerItem
from tvclient.screens.player_panels import PlayerPanels
from tvclient.screens.player_watch import PlayerWatch
from tvclient.screens.presence_card import LEAVE_WITHIN_MS, asking_look, stopped_look
from tvclient.screens.services import Navigate
from tvclient.state.menu_row import MenuRow
from tvclient.widgets.ask_card import FIRST, AskCard
from tvclient.widgets.menu_panel import MenuPanel

log = logging.getLogger(__name__)


class Card(StrEnum):
    ASKING = "asking"
    STOPPED = "stopped"
    ENDED = "ended"
    FAILED = "failed"
    MENU = "menu"


COUNTDOWNS_S = {Card.STOPPED: LEAVE_WITHIN_MS // 1000, Card.ENDED: NEXT_AFTER_S}


class PlayerCards:
    """One card at a time, and the focus is in it; the screen does what an answer means."""

    def __init__(self, ids: Any, panels: PlayerPanels, navigate: Navigate) -> None:
        self._ask: AskCard = ids.card
        self._menu: MenuPanel = ids.menu
        self._panels = panels
        self._navigate = navigate
        self._left_s: int | None = None
        self.kind: Card | None = None
        self.before_open: Callable[[], None] = lambda: None
        """Takes away what lies over the film already."""

    @property
    def asks_for_presence(self) -> bool:
        return self.kind in (Card.ASKING, Card.STOPPED)

    @property
    def part(self) -> AskCard | MenuPanel:
        """What takes the focus while a card is shown."""
        return self._menu if self.kind is Card.MENU else self._ask

    def open(self, kind: Card, focus_id: str = FIRST, counting: bool = True) -> None:
        """Put the card over the picture; a card that leads on by itself counts down, if it may."""
        self.before_open()
        self.kind = kind
        self._left_s = COUNTDOWNS_S.get(kind) if counting else None
        self._panels.show_card(self.part)
        self._navigate.changed()
        self._navigate.focus(focus_id)

    def close(self) -> None:
        """Back to the picture, if there was a card."""
        if self.kind is not None:
            self.kind, self._left_s = None, None
            self._panels.show_card(None)
            self._navigate.changed()

    def say_why(self, words: str, what: PlayerItem | None) -> None:
        """What the card says that has FAILED."""
        title = what.item.title if what else ""
        log.warning("不能播放《%s》：%s", title, words)
        self._ask.look = failed_look(words, title)

    def show_menu(self, rows: tuple[MenuRow, ...]) -> None:
        """Open the menu, or show in the open one what has changed."""
        self._panels.show_menu(rows)
        if self.kind is Card.MENU:
            self._navigate.changed()
        else:
            self.open(Card.MENU, rows[0].entry)

    def stay(self) -> bool:
        """Lead nowhere by itself after the end of an item; False if it doesn't."""
        counted = self.kind is Card.ENDED and self._left_s is not None
        if counted:
            self._left_s = None
        return counted

    def has_run_out(self) -> bool:
        """One second less; True when that was the last."""
        if self._left_s is None:
            return False
        self._left_s -= 1
        if self._left_s <= 0:
            self._left_s = None
            return True
        return False

    def refresh(self, watch: PlayerWatch, what: PlayerItem, now_ms: MonotonicMs) -> None:
        """The figures of this moment."""
        bar, presence = watch.bar(), watch.presence
        if self.kind is Card.ASKING:
            self._ask.look = asking_look(presence, now_ms, what.item, bar)
        elif self.kind is Card.STOPPED:
            self._ask.look = stopped_look(presence, self._left_s or 0, what.item, bar)
        elif self.kind is Card.ENDED:
            self._ask.look = end_look(what, bar, self._left_s)
