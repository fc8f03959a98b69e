"""One item on the screen, from its opening until it is left: what the player tells, what it is asked."""

from collections.abc import Callable
from enum import StrEnum

from kivy.clock import Clock

from study.presence import PresenceStep
from study.units import MonotonicMs
from tvclient.agent_client.play_state import Standing
from tvclient.playback.player_event import (
    Buffering,
    Ended,
    Failed,
    PlayerEvent,
    Playing,
    Retrying,
    Seeked,
    Stalled,
    Tracks,
)
from tvclient.screens.player_bar import PlayerBar
from tvclient.screens.player_card import lost_words, reason_words
from tvclient.screens.player_cards import Card, PlayerCards
from tvclient.screens.player_choices import PlayerChoices
from tvclient.screens.player_item import PlayerItem
from tvclient.screens.player_seek import PlayerSeek
from tvclient.screens.player_sight import PlayerSight
from tvclient.screens.player_target import PlayerTarget
from tvclient.screens.player_video import Studio
from tvclient.screens.player_watch import PlayerWatch
from tvclient.words import _

FIRST_BAR_AFTER_S = 0.4
"""The first pictures of a film have the processor for themselves."""


class Phase(StrEnum):
    OPENING = "opening"
    PLAYING = "playing"
    PAUSED = "paused"
    OVER = "over"


class PlayerShowing:
    """One at a time: `open` begins with another item. Until `play`, the agent is being asked about it."""

    def __init__(
        self,
        studio: Studio,
        sight: PlayerSight,
        cards: PlayerCards,
        bar: PlayerBar,
        target: PlayerTarget,
        choices: PlayerChoices,
        clock: Callable[[], MonotonicMs],
    ) -> None:
        self._studio = studio
        self._sight = sight
        self._cards = cards
        self._bar = bar
        self._target = target
        self._choices = choices
        self._clock = clock
        self._seeking = PlayerSeek(studio.video.player, clock)
        self._first_bar = Clock.create_trigger(lambda _dt: self.show_bar(), FIRST_BAR_AFTER_S)
        self._watch: PlayerWatch | None = None
        self.what: PlayerItem | None = None
        self.phase = Phase.OPENING
        self._lost = False
        self._together = False

    # ── opening and leaving ──

    def open(self, heading: str) -> None:
        """Leave what is on; of the item that takes its place no more is known than its heading, if that."""
        self.leave()
        self._studio.video.stop()
        self._studio.video.expect(soon=True)
        self._set_phase(Phase.OPENING)
        self._lost = False
        self._sight.open(heading or (self.what.heading if self.what else ""))

    def play(self, what: PlayerItem, from_start: bool) -> None:
        """This is the item."""
        self.what = what
        self._bar.show_item(what)
        self._sight.open(what.heading)
        self._choices.begin(what)
        self._studio.video.expect(soon=what.on_box)
        opening = self._studio.video.open(what.url, what.start_ms(from_start), what.live, what.subtitles)
        self._watch = PlayerWatch(what, opening, self._studio, self._clock)
        self._watch.study_together(self._together)

    def leave(self) -> None:
        """The item was left, if one was on. What moves until it is out of sight was watched."""
        self._seeking.forget()
        self._first_bar.cancel()
        if self._watch is not None:
            self._sight.panels.show_picture(False)
            self._watch.leave()
            self._watch = None

    # ── what it is asked ──

    def toggle_pause(self) -> None:
        """Stand still, or go on; what is lost is tried again at once, as there is nothing to stop."""
        if self._lost:
            self._sight.notice(_("正在重新连接…"), "sync")
            self._studio.video.player.resume()
        elif self.phase is Phase.PLAYING:
            self._studio.video.player.pause()
            self._set_phase(Phase.PAUSED)
        elif self.phase is Phase.PAUSED:
            self._studio.video.player.resume()
            self._set_phase(Phase.PLAYING)

    def stand_still(self) -> bool:
        """Nobody sees it any more. False if it can't stand: still opening, lost or over, it would go on by
        itself."""
        if self.phase is Phase.PLAYING and not self._lost:
            self.toggle_pause()
        return self.phase is Phase.PAUSED and not self._lost

    def seek(self, direction: int) -> None:
        """One press of left (-1) or right (+1)."""
        watch = self._watch
        if watch is None or self.what is None or not self._is_on:
            return
        if not self.what.live and watch.length_ms:
            self._seeking.press(direction, watch.position_ms, watch.length_ms)
        self.show_bar()
        if self._seeking.target_ms is not None:
            self._target.show(self._seeking.target_ms, self._bar.bar, self.what.thumbnails)

    def rest(self) -> None:
        """No key is held any more."""
        self._seeking.rest()

    def show_bar(self) -> None:
        """The bar with the figures of this moment; it stays while the picture stands."""
        self._first_bar.cancel()
        if self._is_on and self.what is not None:
            paused = self.phase is Phase.PAUSED
            self._show_keys(self.what)
            self._sight.show_bar(stays=paused)
            self.refresh()

    def choose(self, option_id: str) -> None:
        """An option of the menu other than an episode."""
        self._choices.choose(option_id)
        self._show_choices()

    def study_together(self, together: bool) -> None:
        """Whether a group studies it; what the menu offers may be something else now."""
        self._together = together
        if self._watch is not None:
            self._watch.study_together(together)
        self._show_choices()

    def sign_of_life(self) -> None:
        """A key was pressed."""
        if self._watch is not None:
            self._watch.sign_of_life()

    # ── what the player and the agent tell ──

    def take(self, event: PlayerEvent) -> None:
        """One event, of this item or of an earlier one."""
        if self._watch is None or not self._watch.takes(event):
            return
        if isinstance(event, Playing):
            self._on_playing()
        elif isinstance(event, Tracks):
            self._choices.take(event)
            self._show_choices()
        elif isinstance(event, Buffering):
            if self.phase is not Phase.PAUSED:
                self._sight.picture_waits()
        elif isinstance(event, Stalled | Retrying):
            self._take_loss(lost_words(event, self.what, self.phase is Phase.OPENING))
        elif isinstance(event, Seeked):
            self._seeking.landed(event.to_ms)
            self.refresh()
        elif isinstance(event, Ended):
            self._on_ended(self._watch)
        elif isinstance(event, Failed):
            self.fail(reason_words(event.reason))

    def fail(self, words: str) -> None:
        """It can't be played, or no longer; what was watched of it is told."""
        if self._watch is not None:
            self._watch.leave()
        self._over()
        self._cards.say_why(words, self.what)
        self._show_card(Card.FAILED)

    def learn(self, standings: tuple[Standing, ...]) -> None:
        """What the agent makes of the session."""
        if self._watch is not None:
            self._watch.learn(standings)

    def _take_loss(self, words: str) -> None:
        self._set_lost(bool(words))
        self._sight.picture_is_lost(words)

    def _on_playing(self) -> None:
        if self._lost:
            self._set_lost(False)
            self._sight.notice("", "sync")
        self._sight.picture_moves()
        if self.phase is Phase.OPENING:
            self.phase = Phase.PLAYING
            self._first_bar()

    def _set_lost(self, lost: bool) -> None:
        self._lost = lost
        if self.what is not None:
            self._show_keys(self.what)

    def _on_ended(self, watch: PlayerWatch) -> None:
        watch.leave()
        self._over()
        if self.what is not None:
            self._show_card(Card.ENDED, counting=self.what.after is not None)

    def _over(self) -> None:
        self._set_phase(Phase.OVER)
        self._lost = False
        self._sight.over(self.what.item.episode if self.what else "")

    # ── every second ──

    def handle_one_second(self) -> PresenceStep:
        """Report; what presence asks for is done."""
        if self._watch is None:
            return PresenceStep.NOTHING
        step = self._watch.handle_one_second(self.phase is Phase.PLAYING)
        if self.phase is Phase.PLAYING:
            self._sight.count_frames(self._studio.video.player.statistics.frames_shown)
        if step is PresenceStep.ASK:
            self._show_card(Card.ASKING)
        elif step is PresenceStep.PAUSE:
            self._studio.video.player.pause()
            self._show_card(Card.STOPPED)
            self._set_phase(Phase.PAUSED)
        return step

    def refresh(self) -> None:
        """Draw the figures of this moment, but only those in sight."""
        if self._watch is None or self.what is None:
            return
        if self._cards.kind is not None:
            self._cards.refresh(self._watch, self.what, self._clock())
        elif self._bar.shown:
            self._bar.bar = self._watch.bar(self._seeking.target_ms)

    def _show_choices(self) -> None:
        """In the menu if it is open, and in the bar."""
        if self._cards.kind is Card.MENU:
            self._cards.show_menu(self._choices.rows)
        if self.what is not None:
            self._show_keys(self.what)

    def _show_keys(self, what: PlayerItem) -> None:
        self._bar.show_keys(what, self.phase is Phase.PAUSED, self._lost, self._choices.menu_words)
        self._sight.panels.place_bar(at_top=self._choices.subtitled)
        speed = self._choices.speed_words
        self._bar.speed = _("{}·学时按实际时间计").format(speed) if speed else ""

    @property
    def _is_on(self) -> bool:
        return self.phase in (Phase.PLAYING, Phase.PAUSED)

    def _show_card(self, card: Card, counting: bool = True) -> None:
        self._cards.open(card, counting=counting)
        self.refresh()

    def _set_phase(self, phase: Phase) -> None:
        self.phase = phase
        if phase is Phase.PAUSED:
            self._sight.picture_stands()
        self._sight.panels.show_pause(phase is Phase.PAUSED)
        self.show_bar()
