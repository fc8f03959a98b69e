"""Plays one item: picture, bar, cards, and the keys that go with them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.lang import Builder

from study.presence import PresenceStep
from study.units import ItemId
from tvclient.agent_client.play_state import Standing
from tvclient.errors import TvError
from tvclient.remote.key import Key
from tvclient.remote.key_queue import KeyEvent
from tvclient.remote.node import Group, Kind, Leaf
from tvclient.remote.rect import Rect
from tvclient.screens.player_cards import Card, PlayerCards
from tvclient.screens.player_channels import PlayerChannels
from tvclient.screens.player_choices import PlayerChoices
from tvclient.screens.player_group import PlayerGroup
from tvclient.screens.player_item import PlayerItem, ask_for
from tvclient.screens.player_keys import Act, act_of
from tvclient.screens.player_panels import PlayerPanels
from tvclient.screens.player_showing import Phase, PlayerShowing
from tvclient.screens.player_sight import PlayerSight
from tvclient.screens.player_target import PlayerTarget
from tvclient.screens.player_video import Studio
from tvclient.screens.ready_item import ReadyItem
from tvclient.screens.screen import Screen
from tvclient.screens.services import Services
from tvclient.state.menu_row import Menu
from tvclient.widgets.ask_card import FIRST, SECOND
from tvclient.widgets.thumbnails import Thumbnails
from tvclient.words import _

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

PICTURE = Leaf("player:picture", Rect(0, 0, 1920, 1080))


class Player(Screen):
    """`item_id` is played from where it was left, or from its beginning.

    Without a card every key is the player's own; with one, the arrows choose between its buttons.
    """

    name = "player"
    shows_state = False

    def __init__(
        self, services: Services, studio: Studio, ready: ReadyItem, item_id: str, from_start: bool = False
    ) -> None:
        super().__init__(services)
        self._ready = ready
        self._studio = studio
        self._item_id = ItemId(item_id)
        self._from_start = from_start
        self._visit = 0
        self._told_away = False
        panels = PlayerPanels(self.ids, studio.video)
        self._sight = PlayerSight(self.ids, panels)
        self._cards = PlayerCards(self.ids, panels, services.navigate)
        target = PlayerTarget(self.ids, panels, Thumbnails(services.agent, services.background))
        self._choices = PlayerChoices(studio.video.player, services.choices)
        self._channels = PlayerChannels(panels, self._choose)
        self._showing = PlayerShowing(
            studio,
            self._sight,
            self._cards,
            self.ids.bar,
            target,
            self._choices,
            services.clocks.boottime_ms,
        )
        self._group = PlayerGroup(
            self.ids, panels, services, self._group_changed, self._somebody_is_there, self._stand_still
        )
        self._cards.before_open = self._group.close_question
        self._acts = self._all_acts()
        # Whatever is read after the player was left must know what was watched in it.
        services.agent.read_after(studio.reporter.wait_until_told)
        self._second = Clock.create_trigger(lambda _dt: self.handle_one_second(), 1.0, interval=True)

    # ── the contract of a screen ──

    def enter(self) -> None:
        self._studio.video.listen(self._showing.take)
        self._studio.reporter.listen(self._on_report)
        self._second()
        self._group.enter()
        self._open(self._item_id, self._from_start)

    def leave(self) -> None:
        self._visit += 1
        self._group.leave()
        self._showing.leave()
        self._channels.leave()
        self._second.cancel()
        self._studio.reporter.listen(None)
        self._studio.video.listen(None)
        self._studio.video.stop()
        self._sight.leave()
        self._from_start = False
        self.services.status.handle_one_poll()

    def focus_tree(self) -> Group:
        if self._cards.kind is not None:
            return Group(self.name, Kind.COLUMN, (self._cards.part.focus_tree(),))
        return Group(self.name, Kind.FREE, (PICTURE,))

    def draw_focus(self, focus_id: str | None) -> None:
        if self._group.is_asking:
            self._group.draw(focus_id)
        elif self._cards.kind is not None:
            self._cards.part.draw_focus(focus_id)

    def on_key(self, event: KeyEvent) -> bool:
        if event.key in (Key.HOME, Key.BACK):
            return False
        if self._group.takes(event):
            self._somebody_is_there()
            return True
        if self._group.is_asking:
            return False
        if self._cards.kind in (None, Card.FAILED) and self._channels.takes(event):
            self._showing.sign_of_life()
            return True
        if self._cards.kind is not None:
            return self._on_card_key(event)
        self._showing.sign_of_life()
        act = act_of(event)
        if act is not None:
            self._acts[act]()
        return True

    def on_rest(self) -> None:
        self._showing.rest()

    def on_ok(self, focus_id: str) -> None:
        self._showing.sign_of_life()
        if self._group.is_asking:
            self._group.answer(focus_id)
        elif self._cards.kind is Card.MENU:
            self._choose_in_menu(focus_id)
        elif self._cards.kind is not None:
            self._answers(self._cards.kind)[0 if focus_id == FIRST else 1]()

    def back(self) -> bool:
        self._showing.sign_of_life()
        if self._group.back() or self._channels.cancel():
            return True
        if self._cards.asks_for_presence:
            self._stay()
            return True
        if self._cards.kind is Card.MENU:
            self._choose(None)
            return True
        if self._cards.stay():
            self._showing.refresh()
            return True
        if self._sight.panels.bar_shown and self._showing.phase is Phase.PLAYING:
            self._sight.panels.show_bar(False)
            return True
        return False

    def standby(self) -> None:
        if not self._showing.stand_still():
            self.services.navigate.back()

    # ── keys ──

    def _all_acts(self) -> dict[Act, Callable[[], None]]:
        return {
            Act.LEAVE: self.services.navigate.back,
            Act.SEEK_BACK: partial(self._showing.seek, -1),
            Act.SEEK_ON: partial(self._showing.seek, 1),
            Act.PAUSE: self._toggle_pause,
            Act.STEP_UP: lambda: self._choose(self._what.after if self._what else None),
            Act.STEP_DOWN: lambda: self._choose(self._what.before if self._what else None),
            Act.MENU: self._open_menu,
            Act.SHOW_BAR: self._showing.show_bar,
        }

    def _on_card_key(self, event: KeyEvent) -> bool:
        if event.key in (Key.UP, Key.DOWN, Key.OK):
            return False
        if self._cards.kind is Card.MENU:
            return self._on_menu_key(event)
        if event.key is Key.STOP:
            self._showing.sign_of_life()
            self.services.navigate.back()
        elif self._cards.asks_for_presence:
            self._stay()
        elif event.key is Key.PLAY_PAUSE:
            self.on_ok(FIRST)
        return True

    def _on_menu_key(self, event: KeyEvent) -> bool:
        self._showing.sign_of_life()
        if event.key is Key.MENU:
            self.back()
        elif event.key is Key.STOP:
            self.services.navigate.back()
        return not event.key.is_move

    def _open_menu(self) -> None:
        if self._choices.rows:
            self._cards.show_menu(self._choices.rows)
        else:
            self._showing.show_bar()

    def _choose_in_menu(self, option_id: str) -> None:
        menu, _separator, value = option_id.partition(":")
        if menu == Menu.EPISODE:
            self._choose(ItemId(value))
        elif menu in (Menu.TOGETHER, Menu.LEAVING):
            self._cards.close()
            self._group.choose(option_id)
        else:
            self._showing.choose(option_id)

    def _choose(self, item_id: ItemId | None) -> None:
        if item_id is None or item_id == self._item_id:
            self._cards.close()
            self._showing.show_bar()
        else:
            self._open(item_id, from_start=False)

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

    def _stay(self) -> None:
        """Somebody is there: go on."""
        self._showing.sign_of_life()
        self._cards.close()
        if self._showing.phase is Phase.PAUSED:
            self._toggle_pause()
        self._showing.show_bar()

    def _toggle_pause(self) -> None:
        self._showing.toggle_pause()
        self._group.plays(self._showing.phase is Phase.PLAYING)

    # ── studying together ──

    def _group_changed(self) -> None:
        self._choices.together = self._group.rows
        self._showing.study_together(self._group.is_on)

    def _somebody_is_there(self) -> None:
        self._showing.sign_of_life()
        if self._cards.asks_for_presence:
            self._stay()

    def _stand_still(self) -> None:
        self._cards.close()
        if self._showing.phase is Phase.PLAYING:
            self._showing.toggle_pause()

    # ── opening items ──

    @property
    def _what(self) -> PlayerItem | None:
        return self._showing.what

    def _open(self, item_id: ItemId, from_start: bool) -> None:
        self._visit += 1
        self._item_id = item_id
        self._cards.close()
        self._showing.open(self._channels.tune(item_id))
        ready = self._ready.take(item_id)
        if ready is not None:
            self._found(ready, from_start)
            return
        self.services.background.run(
            partial(ask_for, self.services.agent, item_id),
            self._if_still(lambda found: self._found(found, from_start)),
            self._if_still(lambda error: self._showing.fail(error.words)),
        )

    def _found(self, what: PlayerItem, from_start: bool) -> None:
        self._channels.know(what)
        self._showing.play(what, from_start)

    def _if_still(self, then: Callable[[Any], None]) -> Callable[[Any], None]:
        """Forget the answer if meanwhile something else was opened or the screen left."""
        visit = self._visit
        return lambda answer: then(answer) if visit == self._visit else None

    # ── every second ──

    def handle_one_second(self) -> None:
        """Report, ask for presence, count down, and draw what is in sight."""
        step = self._showing.handle_one_second()
        self._group.plays(self._showing.phase is Phase.PLAYING)
        self._group.handle_one_second()
        if step is PresenceStep.NOTHING and self._cards.has_run_out():
            # Nobody chose: the next episode follows, an empty chair is left.
            self.on_ok(FIRST if self._cards.kind is Card.ENDED else SECOND)
        self._showing.refresh()

    def _on_report(self, standings: tuple[Standing, ...], error: TvError | None) -> None:
        """On the reporter's thread: hand it over."""
        self._studio.video.deliver(partial(self._take_report, standings, error))

    def _take_report(self, standings: tuple[Standing, ...], error: TvError | None) -> None:
        self._showing.learn(standings)
        if error is not None and not self._told_away:
            self._told_away = True
            self._sight.notice(_("学习记录稍后补传，不影响观看"), "info")
