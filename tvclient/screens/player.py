"""Plays one item: picture, bar, cards, and the keys that go with them."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.lang import Builder

from study.presence import PresenceStep
from study.units import ItemId
from tvclient.agent_client.play_state import Standing
from tvclient.errors import TvError
from tvclient.playback.player_event import (
    Buffering,
    Ended,
    Failed,
    PlayerEvent,
    Playing,
    Retrying,
    Seeked,
    Stalled,
)
from tvclient.remote.key import Key
from tvclient.remote.key_queue import KeyEvent
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.remote.rect import Rect
from tvclient.screens.player_card import lost_words, reason_words
from tvclient.screens.player_cards import Card, PlayerCards
from tvclient.screens.player_item import PlayerItem, ask_for
from tvclient.screens.player_panels import PlayerPanels
from tvclient.screens.player_seek import PlayerSeek
from tvclient.screens.player_video import Studio
from tvclient.screens.player_watch import PlayerWatch
from tvclient.screens.screen import Screen
from tvclient.screens.services import Services
from tvclient.widgets.ask_card import FIRST, SECOND
from tvclient.words import _

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

BAR_S = 5.0
NOTICE_S = 6.0
BUFFERING_S = 0.8
PICTURE = Leaf("player:picture", Rect(0, 0, 1920, 1080))
SEEKS = {Key.LEFT: -1, Key.REWIND: -1, Key.RIGHT: 1, Key.FORWARD: 1}


class Phase(StrEnum):
    OPENING = "opening"
    PLAYING = "playing"
    PAUSED = "paused"
    OVER = "over"


class Player(Screen):
    """`item_id` is played from where it was left, or from its beginning.

    Without a card every key is the player's own; with one, the arrows choose between its buttons.
    """

    name = "player"

    def __init__(self, services: Services, studio: Studio, item_id: str, from_start: bool = False) -> None:
        super().__init__(services)
        self._studio = studio
        self._item_id = ItemId(item_id)
        self._from_start = from_start
        self._visit = 0
        self._what: PlayerItem | None = None
        self._watch: PlayerWatch | None = None
        self._phase = Phase.OPENING
        self._told_away = False
        self._panels = PlayerPanels(self.ids, studio.video)
        self._cards = PlayerCards(self.ids, self._panels)
        # Whatever is read after the player was left must know what was watched in it.
        services.agent.read_after(studio.reporter.wait_until_told)
        self._seeking = PlayerSeek(studio.video.player, services.clocks.boottime_ms)
        self._second = Clock.create_trigger(lambda _dt: self.handle_one_second(), 1.0, interval=True)
        self._hide_bar = Clock.create_trigger(lambda _dt: self._bar_is_due(), BAR_S)
        self._hide_notice = Clock.create_trigger(lambda _dt: self._panels.show_notice(""), NOTICE_S)
        self._buffering = Clock.create_trigger(lambda _dt: self._say_buffering(), BUFFERING_S)

    # ── the contract of a screen ──

    def enter(self) -> None:
        self._studio.video.listen(self._on_event)
        self._studio.reporter.listen(self._on_report)
        self._second()
        self._open(self._item_id, self._from_start)

    def leave(self) -> None:
        self._visit += 1
        self._end_watch()
        for timer in (self._second, self._hide_bar, self._hide_notice, self._buffering):
            timer.cancel()
        self._studio.reporter.listen(None)
        self._studio.video.listen(None)
        self._studio.video.stop()
        self._panels.show_picture(False)
        self._from_start = False

    def focus_tree(self) -> Group:
        if self._cards.kind is not None:
            return Group(self.name, Kind.COLUMN, (self._cards.part.focus_tree(),))
        return Group(self.name, Kind.FREE, (PICTURE,))

    def draw_focus(self, focus_id: str | None) -> None:
        if self._cards.kind is not None:
            self._cards.part.draw_focus(focus_id)

    def on_key(self, event: KeyEvent) -> bool:
        if event.key in (Key.HOME, Key.BACK):
            return False
        if self._cards.kind is not None:
            return self._on_card_key(event)
        self._sign_of_life()
        self._on_player_key(event)
        return True

    def on_ok(self, focus_id: str) -> None:
        self._sign_of_life()
        if self._cards.kind is Card.EPISODES:
            self._choose(ItemId(focus_id.removeprefix("episode:")))
        elif self._cards.kind is not None:
            self._answers(self._cards.kind)[0 if focus_id == FIRST else 1]()

    def back(self) -> bool:
        self._sign_of_life()
        if self._cards.asks_for_presence:
            self._stay()
            return True
        if self._cards.kind is Card.EPISODES:
            self._choose(None)
            return True
        if self._panels.bar_shown and self._phase is Phase.PLAYING:
            self._panels.show_bar(False)
            return True
        return False

    # ── keys ──

    def _on_card_key(self, event: KeyEvent) -> bool:
        if event.key in (Key.UP, Key.DOWN, Key.OK):
            return False
        if self._cards.kind is Card.EPISODES:
            return self._on_episodes_key(event)
        if event.key is Key.STOP:
            self._sign_of_life()
            self.services.navigate.back()
        elif self._cards.asks_for_presence:
            self._stay()
        elif event.key is Key.PLAY_PAUSE:
            self.on_ok(FIRST)
        return True

    def _on_episodes_key(self, event: KeyEvent) -> bool:
        self._sign_of_life()
        if event.key is Key.MENU:
            self.back()
        return not event.key.is_move

    def _on_player_key(self, event: KeyEvent) -> None:
        key = event.key
        if key is Key.STOP:
            self.services.navigate.back()
        elif key in SEEKS:
            self._seek(SEEKS[key])
        elif event.repeat or key.is_volume:
            return
        elif key in (Key.OK, Key.PLAY_PAUSE):
            self._toggle_pause()
        elif key is Key.CHANNEL_UP:
            self._choose(self._what.before if self._what else None)
        elif key is Key.CHANNEL_DOWN:
            self._choose(self._what.after if self._what else None)
        elif key is Key.MENU and self._what is not None and self._what.episodes:
            self._list_episodes(self._what)
        else:
            self._show_bar()

    def _toggle_pause(self) -> None:
        if self._phase is Phase.PLAYING:
            self._studio.video.player.pause()
            self._set_phase(Phase.PAUSED)
        elif self._phase is Phase.PAUSED:
            self._studio.video.player.resume()
            self._set_phase(Phase.PLAYING)

    def _seek(self, direction: int) -> None:
        watch = self._watch
        if watch is None or self._what is None or self._phase not in (Phase.PLAYING, Phase.PAUSED):
            return
        if not self._what.live and watch.length_ms:
            self._seeking.press(direction, watch.position_ms, watch.length_ms)
        self._show_bar()

    def _list_episodes(self, what: PlayerItem) -> None:
        self._cards.list_episodes(what)
        self._show_card(Card.EPISODES, f"episode:{what.item_id}")

    def _choose(self, item_id: ItemId | None) -> None:
        if item_id is None or item_id == self._item_id:
            self._close_card()
            self._show_bar()
        else:
            self._open(item_id, from_start=False)

    # ── opening and leaving items ──

    def _open(self, item_id: ItemId, from_start: bool) -> None:
        self._visit += 1
        self._end_watch()
        self._studio.video.stop()
        self._item_id = item_id
        self._close_card()
        self._panels.show_none()
        self._set_phase(Phase.OPENING)
        self._page(_("正在打开…"))
        self.services.background.run(
            partial(ask_for, self.services.agent, item_id),
            self._if_still(lambda found: self._found(found, from_start)),
            self._if_still(lambda error: self._fail(error.words)),
        )

    def _if_still(self, then: Callable[[Any], None]) -> Callable[[Any], None]:
        """Forget the answer if meanwhile something else was opened or the screen left."""
        visit = self._visit
        return lambda answer: then(answer) if visit == self._visit else None

    def _found(self, what: PlayerItem, from_start: bool) -> None:
        self._what = what
        self.ids.bar.show_item(what)
        self._page(_("正在打开…"))
        opening = self._studio.video.open(what.url, what.start_ms(from_start), what.live)
        self._watch = PlayerWatch(what, opening, self._studio, self.services.clocks.boottime_ms)

    def _end_watch(self) -> None:
        self._seeking.forget()
        if self._watch is not None:
            self._watch.leave()
            self._watch = None

    def _answers(self, card: Card) -> tuple[Callable[[], None], Callable[[], None]]:
        """What the card's first and second button do."""
        back, after = self.services.navigate.back, self._what.after if self._what else None
        if card is Card.FAILED:
            return partial(self._open, self._item_id, False), back
        if card is not Card.ENDED:
            return self._stay, back
        if after is not None:
            return partial(self._open, after, False), back
        return back, partial(self._open, self._item_id, True)

    # ── what the player tells ──

    def _on_event(self, event: PlayerEvent) -> None:
        if self._watch is None or not self._watch.takes(event):
            return
        if isinstance(event, Playing):
            self._on_playing()
        elif isinstance(event, Buffering):
            self._buffering()
        elif isinstance(event, Stalled | Retrying):
            self._buffering.cancel()
            self._panels.show_loss(lost_words(event, self._what, self._phase is Phase.OPENING))
        elif isinstance(event, Seeked):
            self._seeking.landed(event.to_ms)
            self._refresh()
        elif isinstance(event, Ended):
            self._on_ended(self._watch)
        elif isinstance(event, Failed):
            self._fail(reason_words(event.reason))

    def _on_playing(self) -> None:
        self._buffering.cancel()
        if not self._hide_notice.is_triggered:
            self._panels.show_notice("")
        self._panels.show_picture(True)
        if self._phase is Phase.OPENING:
            self._set_phase(Phase.PLAYING)
            self._show_bar()

    def _on_ended(self, watch: PlayerWatch) -> None:
        watch.leave()
        self._over()
        if self._what is not None:
            self._show_card(Card.ENDED, counting=self._what.after is not None)

    def _fail(self, words: str) -> None:
        if self._watch is not None:
            self._watch.leave()
        self._over()
        self._cards.say_why(words, self._what)
        self._show_card(Card.FAILED)

    def _over(self) -> None:
        self._buffering.cancel()
        self._panels.show_notice("")
        self._set_phase(Phase.OVER)
        self._panels.show_picture(False)
        self._page(self._what.item.episode if self._what else "")

    # ── every second ──

    def handle_one_second(self) -> None:
        """Report, ask for presence, count down, and draw what is in sight."""
        if self._watch is None:
            return
        step = self._watch.handle_one_second(self._phase is Phase.PLAYING)
        if step is PresenceStep.ASK:
            self._show_card(Card.ASKING)
        elif step is PresenceStep.PAUSE:
            self._studio.video.player.pause()
            self._cards.open(Card.STOPPED)
            self._set_phase(Phase.PAUSED)
        elif self._cards.has_run_out():
            # Nobody chose: the next episode follows, an empty chair is left.
            self.on_ok(FIRST if self._cards.kind is Card.ENDED else SECOND)
        self._refresh()

    def _on_report(self, standings: tuple[Standing, ...], error: TvError | None) -> None:
        """On the reporter's thread: hand it over."""
        self._studio.video.deliver(partial(self._take_report, standings, error))

    def _take_report(self, standings: tuple[Standing, ...], error: TvError | None) -> None:
        if self._watch is not None:
            self._watch.learn(standings)
            if error is not None and not self._told_away:
                self._told_away = True
                self._panels.show_notice(_("学习记录稍后补传，不影响观看"), "info")
                self._hide_notice()

    # ── what is in sight ──

    def _stay(self) -> None:
        """Somebody is there: go on."""
        self._sign_of_life()
        self._close_card()
        if self._phase is Phase.PAUSED:
            self._toggle_pause()
        self._show_bar()

    def _sign_of_life(self) -> None:
        if self._watch is not None:
            self._watch.sign_of_life()

    def _set_phase(self, phase: Phase) -> None:
        self._phase = phase
        self._panels.show_pause(phase is Phase.PAUSED)
        if phase in (Phase.PLAYING, Phase.PAUSED):
            self._show_bar()

    def _show_bar(self) -> None:
        if self._phase not in (Phase.PLAYING, Phase.PAUSED) or self._what is None:
            return
        self._hide_bar.cancel()
        self._hide_bar()
        self.ids.bar.show_keys(self._what, self._phase is Phase.PAUSED)
        self._panels.show_bar(True)
        self._refresh()

    def _bar_is_due(self) -> None:
        if self._phase is Phase.PLAYING:
            self._panels.show_bar(False)

    def _show_card(self, card: Card, focus_id: str = FIRST, counting: bool = True) -> None:
        self._cards.open(card, counting)
        self._refresh()
        self.services.navigate.changed()
        self.services.navigate.focus(focus_id)

    def _close_card(self) -> None:
        if self._cards.kind is not None:
            self._cards.close()
            self.services.navigate.changed()

    def _refresh(self) -> None:
        """Draw the figures of this moment, but only those in sight."""
        if self._watch is None or self._what is None:
            return
        if self._cards.kind is not None:
            self._cards.refresh(self._watch, self._what, self.services.clocks.boottime_ms())
        elif self._panels.bar_shown:
            self.ids.bar.bar = self._watch.bar(self._seeking.target_ms)

    def _say_buffering(self) -> None:
        words = _("正在缓冲，请稍候…")
        if self._phase is Phase.OPENING:
            self._page(words)
        else:
            self._panels.show_notice(words)

    def _page(self, words: str) -> None:
        self._panels.show_page(self._what.item.title if self._what else "", words)
