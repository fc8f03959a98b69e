"""The play that is going on: fed with the player's events, told to the reporter, watched for presence."""

from collections.abc import Callable
from dataclasses import replace
from secrets import token_hex

from study.presence import Presence, PresenceStep
from study.units import Milliseconds, MonotonicMs, PlayId
from tvclient.agent_client.play_state import Standing
from tvclient.playback.player_event import Buffering, Opening, PlayerEvent, Position, Shown, Tracks
from tvclient.screens.player_item import PlayerItem
from tvclient.screens.player_video import Studio
from tvclient.state.bar_state import BarState
from tvclient.state.play import Play


class PlayerWatch:
    """From opening an item to leaving it. The opening is told at once, the leaving at the latest."""

    def __init__(
        self,
        what: PlayerItem,
        opening: Opening,
        studio: Studio,
        clock: Callable[[], MonotonicMs],
    ) -> None:
        now_ms = clock()
        self._clock = clock
        self._reporter = studio.reporter
        self._opening = opening
        self._studio = studio
        self._play = Play(PlayId(token_hex(8)), what.item_id, what.item, now_ms, studio.boot, what.earlier)
        self.presence = Presence(now_ms, ask_after_ms=studio.ask_after_ms)
        self._tell(changed=True)

    @property
    def position_ms(self) -> Milliseconds:
        """Where the playhead was last seen."""
        return self._play.position_ms

    @property
    def length_ms(self) -> Milliseconds:
        """0 when nobody knows it."""
        return self._play.length_ms

    @property
    def is_left(self) -> bool:
        return self._play.left_ms is not None

    def study_together(self, together: bool) -> None:
        """Whether a group studies it: then presence is asked for less often."""
        after_ms = self._studio.ask_after_group_ms if together else self._studio.ask_after_ms
        self.presence = replace(self.presence, ask_after_ms=after_ms)

    def bar(self, target_ms: Milliseconds | None = None) -> BarState:
        """The bar now, with the playhead at the target of a seek if there is one."""
        return self._play.bar(target_ms)

    def takes(self, event: PlayerEvent) -> bool:
        """Take the event if it belongs to this play; a change is reported at once."""
        if event.opening != self._opening or self.is_left:
            return False
        self._play.feed(event)
        self._tell(changed=not isinstance(event, Position | Buffering | Shown | Tracks))
        return True

    def learn(self, standings: tuple[Standing, ...]) -> None:
        """What the agent makes of the session."""
        for standing in standings:
            if standing.play_id == self._play.play_id:
                self._play.learn(standing)

    def handle_one_second(self, playing: bool) -> PresenceStep:
        """Let the reporter have the latest figures; what presence asks for while the item plays."""
        if not self.is_left:
            self._tell(changed=False)
        if not playing:
            return PresenceStep.NOTHING
        now_ms = self._clock()
        self.presence, step = self.presence.step(now_ms)
        if step is PresenceStep.ASK:
            self._play.ask(now_ms)
        elif step is PresenceStep.PAUSE:
            self._play.unanswered(now_ms)
        return step

    def sign_of_life(self) -> None:
        """A key was pressed: somebody is there, and was while the card asked."""
        held_back = self._play.asked_ms is not None
        self._play.answered()
        self.presence = self.presence.sign_of_life(self._clock())
        if held_back and not self.is_left:
            self._tell(changed=True)

    def leave(self) -> None:
        """The item is over or was left; told at once."""
        if not self.is_left:
            self._play.leave(self._clock())
            self._tell(changed=True)

    def _tell(self, changed: bool) -> None:
        self._reporter.note(self._play.state(), changed)
