"""The pictures of a simulated playhead, put out the way libVLC does, and what is told of them."""

from random import Random

from study.units import MonotonicMs
from tests.tvclient.playback.simulated_playhead import ONE, SimulatedPlayhead, Told
from tvclient.playback.player_event import PlayerEvent, Playing, Position
from tvclient.playback.seen_picture import SeenPicture

STANDS_MS = (60, 80)
"""A picture that stands is put out again so often."""
LOOK_MS = 200
LATE_MS = 3
"""One that moves is put out so far from its time, either way."""


def with_pictures(head: SimulatedPlayhead, random: Random, frame_ms: int) -> tuple[list[Told], int]:
    """What is told, in between what a player tells of the pictures; and how long they were seen to move, each
    for as long as it lasts."""
    screen = _Screen(head, random, frame_ms)
    for told in head.told:
        screen.go_on_until(told.event.at_ms)
        screen.hear(told)
    screen.go_on_until(MonotonicMs(head.now))
    return screen.told, len(screen.seen)


class _Screen:
    def __init__(self, head: SimulatedPlayhead, random: Random, frame_ms: int) -> None:
        self.told: list[Told] = []
        self.seen: set[int] = set()
        self._moments = head.moments
        self._random = random
        self._frame_ms = frame_ms
        self._picture = SeenPicture(ONE, live=False, rate=1.0, tell=self._tell)
        self._opened = False
        self._now = self._put_ms = head.told[0].event.at_ms
        self._moved_ms = self._blur_ms = 0

    def go_on_until(self, at_ms: MonotonicMs) -> None:
        for now in range(self._now, at_ms):
            self._moved_ms += now in self._moments
            if self._is_due(now):
                self._put(MonotonicMs(now))
            if now % LOOK_MS == 0:
                self._picture.look(MonotonicMs(now))
        self._now = max(self._now, at_ms)

    def hear(self, told: Told) -> None:
        event, self._blur_ms = told.event, told.blur_ms
        if isinstance(event, Playing) and not self._opened:
            self._opened = True
            self._picture.open(event.at_ms)
        self._picture.precede(event)
        self.told.append(told)
        if not isinstance(event, Playing | Position):
            self._picture.expect_end(event.at_ms)

    def _is_due(self, now: int) -> bool:
        """Frames come while it moves; the first of them at once."""
        moves, moved = now in self._moments, now - 1 in self._moments
        if (moves and not moved) or not self._moved_ms:
            return moves
        every_ms = self._frame_ms if moves else self._random.randint(*STANDS_MS)
        return now - self._put_ms >= every_ms + self._random.randint(-LATE_MS, LATE_MS)

    def _put(self, now: MonotonicMs) -> None:
        if now in self._moments:
            goes_on = now - 1 in self._moments and now - self._put_ms <= self._frame_ms + 2 * LATE_MS
            self.seen.update(range(self._put_ms if goes_on else now, now + self._frame_ms))
        self._put_ms = now
        self._picture.put(now)

    def _tell(self, event: PlayerEvent) -> None:
        self.told.append(Told(event, self._moved_ms, self._blur_ms))
