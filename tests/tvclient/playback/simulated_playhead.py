"""A playhead moved a millisecond at a time, told of the way libVLC tells of its own."""

from dataclasses import dataclass, field
from random import Random

from study.units import Milliseconds, MonotonicMs
from tvclient.playback.player_event import (
    Buffering,
    Ended,
    Opening,
    Paused,
    PlayerEvent,
    Playing,
    Position,
    Retrying,
    Seeked,
    Stalled,
)

ONE = Opening(1)
SPACINGS_MS = (250, 500)
"""Between two positions, as libVLC tells them."""
POSITION_ERROR_MS = 10
"""A position is so far from the picture, either way, as measured on the screen."""
LATE_MS = 250
"""The picture begins to move up to so long after Playing."""
PAUSE_TAIL_MS = 40
"""So long it moves on after Paused, and as long it stands after the Playing that ends the pause."""
JUMP_TAIL_MS, JUMP_LEAD_MS = 60, 20
"""So long it moves on after Seeked, and so far before the place asked for it begins."""
END_TOLD_MS = (150, 300)
"""Data that ended are told so long after the last picture, whose position is told at once."""
STARVED_MS = 1_700
"""After the last position what is in store plays on for up to so long."""
STALL_TOLD_MS = 800
LEFT_OUT_MS = (80, 240)
"""So much of the film is never seen when the stream comes again."""
DEED_BLUR_MS, FREEZE_BLUR_MS = 2 * POSITION_ERROR_MS + 10, 110
"""How far any deed, and a freeze besides, may lead the sum astray."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event, how long the picture had truly moved when it was told, and how far the sum may be off."""

    event: PlayerEvent
    moved_ms: int
    blur_ms: int


@dataclass
class SimulatedPlayhead:
    """Call the deeds one after the other; `told` is what a player says of them.

    `moments` are the milliseconds in which the picture moved, `seen` those of the media that it showed.
    """

    random: Random
    now: int = 5_000
    media: float = 1_000.0
    rate: float = 1.0
    told: list[Told] = field(default_factory=list)
    moments: set[int] = field(default_factory=set)
    seen: set[int] = field(default_factory=set)
    stands_ms: int = 0
    blur_ms: int = 2 * DEED_BLUR_MS
    _proof_due: int = 0
    _proved: tuple[int, int] = (0, 0)
    _lead_ms: int = 0

    # ── deeds; each begins and ends with a moving picture ──

    def open(self) -> None:
        self._start(self._some(LATE_MS))

    def play(self, for_ms: int) -> None:
        """The picture moves, and positions tell of it."""
        self._move(self.stands_ms, moves=False)
        self.stands_ms = 0
        self._move(for_ms, moves=True)

    def pause(self, for_ms: int) -> None:
        self._tell(Paused(ONE, self._at, self._place))
        self._silently(min(PAUSE_TAIL_MS, for_ms))
        self.now += max(0, for_ms - PAUSE_TAIL_MS)
        self._start(PAUSE_TAIL_MS)

    def seek(self, to_ms: int) -> None:
        self._jump(to_ms)
        self._start(self._some(LATE_MS) + JUMP_TAIL_MS)

    def seek_in_a_pause(self, for_ms: int, to_ms: int) -> None:
        self._tell(Paused(ONE, self._at, self._place))
        self._silently(JUMP_TAIL_MS)
        self.now += for_ms
        self._tell(Seeked(ONE, self._at, self._place, Milliseconds(to_ms)))
        self.media, self._lead_ms = float(to_ms), JUMP_LEAD_MS
        self.now += for_ms
        self._start(self._some(LATE_MS))

    def freeze(self, for_ms: int) -> None:
        """Nothing comes any more: no position at once, and the picture stands once the store is empty."""
        since_ms, place_ms = self._proved
        self._silently(self._some(STARVED_MS - (self.now - since_ms)))
        self.now = max(self.now, since_ms + STALL_TOLD_MS) + for_ms
        at, since = self._at, MonotonicMs(since_ms)
        self._tell(Stalled(ONE, at, since, Milliseconds(place_ms)))
        before, self.media = self.media, self.media + self.random.randint(*LEFT_OUT_MS) * self.rate
        self.seen.update(range(int(before), int(self.media) + 1))  # too little for anybody to miss
        self.blur_ms += FREEZE_BLUR_MS
        if self.random.random() < 0.5:
            self._tell(Buffering(ONE, self._at, 0))
            self._start(self._some(LATE_MS), place_ms)
        else:
            self._silently(self._some(max(SPACINGS_MS)))
            self._start(0)

    def lose(self, for_ms: int) -> None:
        """The data end before the film does; they are fetched again from there."""
        self._prove(0)
        self._silently(PAUSE_TAIL_MS)
        self.now += self.random.randint(*END_TOLD_MS)
        place_ms = self._proved[1]
        self._tell(Retrying(ONE, self._at, 1, Milliseconds(500)))
        self.now += for_ms
        self.media = float(place_ms)
        self._start(self._some(LATE_MS), place_ms)

    def change_speed(self, rate: float) -> None:
        self.rate = rate
        self._start(0)

    def stutter(self, for_ms: int) -> None:
        """It stands for a moment, and nobody says so."""
        self.stands_ms = for_ms

    def end(self) -> None:
        self._prove(0)
        self._silently(PAUSE_TAIL_MS)
        self.now += self.random.randint(*END_TOLD_MS)
        self._tell(Ended(ONE, self._at, self._place))

    # ── the playhead ──

    def _start(self, late_ms: int, place_ms: int | None = None) -> None:
        self.blur_ms += DEED_BLUR_MS
        place = self._place if place_ms is None else Milliseconds(place_ms)
        self._tell(Playing(ONE, self._at, place, self.rate))
        self.media -= min(self.media, self._lead_ms * self.rate)
        self._lead_ms, self.stands_ms = 0, late_ms
        self._proved = (self.now, place)
        self._proof_due = self.now + self.random.choice(SPACINGS_MS)

    def _jump(self, to_ms: int) -> None:
        self._tell(Seeked(ONE, self._at, self._place, Milliseconds(to_ms)))
        at = self.now
        self._silently(JUMP_TAIL_MS)
        self.now = at
        self.media, self._lead_ms = float(to_ms), JUMP_LEAD_MS

    def _move(self, for_ms: int, moves: bool) -> None:
        for _ in range(for_ms):
            if moves:
                self._step()
            self.now += 1
            if self.now >= self._proof_due and (moves or self._proved[1] != self._place):
                self._prove(POSITION_ERROR_MS)

    def _silently(self, for_ms: int) -> None:
        for _ in range(for_ms):
            self._step()
            self.now += 1

    def _step(self) -> None:
        self.moments.add(self.now)
        before, self.media = self.media, self.media + self.rate
        self.seen.update(range(int(before), int(self.media) + 1))

    def _prove(self, error_ms: int) -> None:
        place_ms = max(0, self._place + self.random.randint(-error_ms, error_ms))
        self._proved = (self.now, place_ms)
        self._proof_due = self.now + self.random.choice(SPACINGS_MS)
        self._tell(Position(ONE, self._at, Milliseconds(place_ms)))

    def _tell(self, event: PlayerEvent) -> None:
        self.told.append(Told(event, len(self.moments), self.blur_ms))

    def _some(self, most_ms: int) -> int:
        return self.random.randint(0, most_ms)

    @property
    def _at(self) -> MonotonicMs:
        return MonotonicMs(self.now)

    @property
    def _place(self) -> Milliseconds:
        return Milliseconds(int(self.media))
