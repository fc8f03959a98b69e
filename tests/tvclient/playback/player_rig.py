"""A player under the contract suite, whether real or fake, and the ear that hears its events."""

import queue
from collections.abc import Callable
from typing import Protocol, TypeVar

from study.units import Milliseconds
from tests.fakes.fake_player import STEP_MS, FakeMedia, FakePlayer
from tvclient.playback.player import Player
from tvclient.playback.player_event import FailReason, PlayerEvent, Position
from tvclient.playback.vlc_player import VlcPlayer

PATIENCE_S = 15.0

E = TypeVar("E", bound=PlayerEvent)


class PlayerRig(Protocol):
    """What the contract suite needs to know of a player."""

    player: Player
    events: list[PlayerEvent]
    clip: str
    short: str
    nothing: str

    def until(self, kind: type[E]) -> E:
        """Lets it play until an event of this kind comes, and returns it."""

    def settle(self) -> None:
        """Lets half a second go by."""


class RealRig:
    """libVLC on real media, in real time."""

    def __init__(
        self, make: Callable[[Callable[[PlayerEvent], None]], VlcPlayer], clip: str, short: str, nothing: str
    ) -> None:
        self.clip, self.short, self.nothing = clip, short, nothing
        self.events: list[PlayerEvent] = []
        self._coming: queue.Queue[PlayerEvent] = queue.Queue()
        self.player: Player = make(self._coming.put)

    def until(self, kind: type[E]) -> E:
        while True:
            event = self._next(PATIENCE_S)
            if isinstance(event, kind):
                return event

    def settle(self) -> None:
        for _ in range(5):
            try:
                self._next(0.1)
            except queue.Empty:
                continue

    def _next(self, timeout_s: float) -> PlayerEvent:
        event = self._coming.get(timeout=timeout_s)
        self.events.append(event)
        return event


class FakeRig:
    """The fake, on its own clock."""

    clip, short, nothing = "clip", "short", "nothing"

    def __init__(self, clip_ms: int, short_ms: int) -> None:
        self.events: list[PlayerEvent] = []
        self._heard = 0
        media = {
            self.clip: FakeMedia(clip_ms),
            self.short: FakeMedia(short_ms),
            self.nothing: FakeMedia(failure=FailReason.CANNOT_OPEN),
        }
        self._fake = FakePlayer(self.events.append, media)
        self.player: Player = self._fake

    def until(self, kind: type[E]) -> E:
        for _ in range(1_000):
            while self._heard < len(self.events):
                event = self.events[self._heard]
                self._heard += 1
                if isinstance(event, kind):
                    return event
            self._fake.advance(STEP_MS)
        raise AssertionError(f"no {kind.__name__} came")

    def settle(self) -> None:
        self._fake.advance(2 * STEP_MS)
        self._heard = len(self.events)


def play_until(rig: PlayerRig, media_ms: int) -> Milliseconds:
    """Lets it play until the playhead is at `media_ms`; returns where it is."""
    while (position := rig.until(Position)).media_ms < media_ms:
        pass
    return position.media_ms
