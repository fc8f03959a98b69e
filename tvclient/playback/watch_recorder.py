"""Player events made into watch intervals."""

from dataclasses import dataclass

from study.units import BootId, Milliseconds, MonotonicMs
from study.watch import WatchInterval
from tvclient.playback.player_event import (
    Ended,
    Opened,
    PlayerEvent,
    Playing,
    Position,
    Retrying,
    Seeked,
    Stalled,
    Tracks,
)
from tvclient.playback.playhead import UNPROVED_MS

DRIFT_MS = 1_000
"""A position this far from where the playhead should be means a jump that nobody told of."""
JUMP_MS = 80
"""What each jump shows beyond the places it is told with: the frame in sight to its end, the next, which
libVLC has ready, and half a frame before the place it leads to; two frames of 25 a second, as measured."""

LAST_FRAME_MS = 40
"""Where the data end libVLC proves the last frame, and tells the end a quarter of a second later."""


@dataclass(slots=True)
class _Run:
    """One stretch of movement: begun at `start_ms`, known to have moved until `end_ms`."""

    start_ms: int
    media_ms: int
    rate: float
    end_ms: int
    proved_at_ms: int | None = None
    number: int | None = None

    def lag_ms(self, position: Position) -> int:
        """Real time since the start in which the playhead did not move; negative when it is ahead."""
        moved_ms = round((position.media_ms - self.media_ms) / self.rate)
        return position.at_ms - self.start_ms - moved_ms

    def begin_late(self, lag_ms: int) -> None:
        """Nothing was proved yet, and the first proof lags by so much: the playhead began to move later."""
        self.start_ms = self.end_ms = self.start_ms + max(0, lag_ms)

    def interval(self, boot: BootId) -> WatchInterval:
        media_end = self.media_ms + round((self.end_ms - self.start_ms) * self.rate)
        return WatchInterval(
            boot,
            MonotonicMs(self.start_ms),
            MonotonicMs(self.end_ms),
            Milliseconds(self.media_ms),
            Milliseconds(media_end),
            self.rate,
        )


class WatchRecorder:
    """The watch intervals of one opening of the player.

    An interval grows with every Position by what the playhead really moved, and by the event that ends
    the movement up to the moment that event names. It never runs past what was played, whenever it is
    asked and whatever comes next; a playhead that starts late or stutters counts only what it moved::

        Playing   (starts late)   Position   Position   Position   (gone at this moment)
        ├───────────────┼─────────┼──────────┼──────────┼───────▶
                        ╞═════════╧══════════╧══════════╡            what is counted

    Intervals are numbered from 0 in order; one only ever grows, and only the last one does.
    """

    def __init__(self, boot: BootId) -> None:
        self._boot = boot
        self._intervals: list[WatchInterval] = []
        self._run: _Run | None = None
        self._stood: _Run | None = None
        self._cut_off: _Run | None = None

    @property
    def intervals(self) -> tuple[WatchInterval, ...]:
        return tuple(self._intervals)

    def record(self, event: PlayerEvent) -> None:
        """Takes the events of one opening, in order."""
        if isinstance(event, Opened | Tracks):
            return
        if isinstance(event, Position):
            self._prove(event)
            return
        self._finish(event)
        if isinstance(event, Playing):
            self._run = _Run(event.at_ms, event.media_ms, event.rate, event.at_ms)
        elif isinstance(event, Seeked) and self._stood is not None:
            self._cut_off, self._stood = self._stood, None

    def _prove(self, position: Position) -> None:
        run = self._run
        if run is None:
            return
        lag_ms = run.lag_ms(position)
        if abs(lag_ms) > DRIFT_MS:
            run = self._run = _moved_elsewhere(run, position)
        elif run.proved_at_ms is None:
            run.begin_late(min(lag_ms, position.at_ms - run.start_ms))
        if self._cut_off is not None:
            self._grow(self._cut_off, min(self._cut_off.end_ms + JUMP_MS, run.start_ms))
            self._cut_off = None
        run.proved_at_ms = position.at_ms
        self._grow(run, position.at_ms - max(0, run.lag_ms(position)))

    def _finish(self, event: PlayerEvent) -> None:
        run, self._run = self._run, None
        if run is None or run.proved_at_ms is None:
            return
        at_ms = event.since_ms if isinstance(event, Stalled) else event.at_ms
        most_ms = LAST_FRAME_MS if isinstance(event, Ended | Retrying) else UNPROVED_MS
        self._grow(run, run.end_ms + min(max(0, at_ms - run.proved_at_ms), most_ms))
        self._stood = run

    def _grow(self, run: _Run, end_ms: int) -> None:
        if end_ms <= run.end_ms:
            return
        run.end_ms = end_ms
        if run.number is None:
            run.number = len(self._intervals)
            self._intervals.append(run.interval(self._boot))
        self._intervals[run.number] = run.interval(self._boot)


def _moved_elsewhere(run: _Run, position: Position) -> _Run:
    """A new run at `position`; the whole of `run` if a seek landed elsewhere and this is its first proof."""
    if run.proved_at_ms is None and position.at_ms - run.start_ms <= UNPROVED_MS:
        landed_ms = position.media_ms - round((position.at_ms - run.start_ms) * run.rate)
        return _Run(run.start_ms, max(0, landed_ms), run.rate, run.start_ms)
    return _Run(position.at_ms, position.media_ms, run.rate, position.at_ms)
