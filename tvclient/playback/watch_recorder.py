"""Player events made into watch intervals."""

from dataclasses import dataclass, field

from study.units import BootId, Milliseconds, MonotonicMs
from study.watch import WatchInterval
from tvclient.playback.player_event import (
    Buffering,
    Ended,
    Opened,
    Paused,
    PlayerEvent,
    Playing,
    Position,
    Retrying,
    Seeked,
    Shown,
    Stalled,
    Tracks,
)
from tvclient.playback.playhead import UNPROVED_MS

DRIFT_MS = 1_000
"""A position that is so far from where the one before lets it be means a jump that nobody told of."""
JUMP_MS = 80
"""What each jump shows beyond the places it is told with: the frame in sight to its end, the next, which
libVLC has ready, and half a frame before the place it leads to; two frames of 25 a second, as measured."""
LAST_FRAME_MS = 40
"""Where the data break off libVLC proves the last frame, and tells it a quarter of a second later."""
STORE_MS = 2_500
"""A stream that stands plays on from libVLC's store, a second and what was on its way, without a proof."""
LEFT_OUT_MS = 150
"""When the stream comes again libVLC leaves out about so much before it shows a picture."""
FIRST_PICTURE_MS = 100
"""As late as a picture usually begins to move, where the position does not tell: faster than 1 libVLC leaves
out up to two seconds after each jump, and is ahead."""
NOISE_MS = 100
"""Positions are not that far from the picture."""
UNEVEN_MS = 40
"""Positions of a picture that moves evenly differ by less."""
WAITS_MS = 2_500
"""So long a picture that was seen to stand is waited for, before positions alone are believed."""
SLIDE_MS = 600
"""A picture that stood longer than this while places went on is one that stands in the film."""
EARLY_MS = 200
"""A picture moves no longer than this before its movement is told."""


@dataclass(slots=True)
class _Run:
    """One stretch of movement: begun at `start_ms`, known to have moved until `end_ms`."""

    start_ms: int
    media_ms: int
    rate: float
    end_ms: int
    proved_at_ms: int | None = None
    proved_lag_ms: int = 0
    number: int | None = None
    shown_ms: int | None = None
    """Since when its picture moved, where that is known."""
    until_ms: int = 0
    """Until when its picture was seen to move; what it lagged by is not in its end."""
    told_ms: int = 0
    """When its end was told."""
    waiting: list[Position] = field(default_factory=list)
    """Places while its picture was waited for."""

    @property
    def media_end_ms(self) -> int:
        return self.media_ms + round((self.end_ms - self.start_ms) * self.rate)

    def begin_at(self, start_ms: int) -> None:
        self.start_ms = self.end_ms = start_ms

    def wait_until(self, start_ms: int) -> None:
        """What it moved before was not seen."""
        self.media_ms += round((start_ms - self.start_ms) * self.rate)
        self.begin_at(start_ms)

    def after_lag_ms(self, at_ms: int) -> int:
        """The end, if it moved until `at_ms`; one that was seen to begin lags by more than is uneven."""
        lag_ms = max(0, self.proved_lag_ms)
        return at_ms - (0 if self.shown_ms is not None and lag_ms <= UNEVEN_MS else lag_ms)

    def lag_ms(self, position: Position) -> int:
        """Real time since the start in which the playhead did not move; negative when it is ahead."""
        moved_ms = round((position.media_ms - self.media_ms) / self.rate)
        return position.at_ms - self.start_ms - moved_ms

    def settle(self, position: Position) -> None:
        """The first proof: it began as much later as it lags. One that is ahead, or elsewhere, says less."""
        lag_ms, passed_ms = self.lag_ms(position), position.at_ms - self.start_ms
        if -NOISE_MS <= lag_ms <= DRIFT_MS:
            self.begin_at(self.start_ms + min(max(0, lag_ms), passed_ms))
        elif passed_ms <= UNPROVED_MS:
            self.begin_at(self.start_ms + min(FIRST_PICTURE_MS, passed_ms))
            self.place_by(position)
        else:
            self.begin_at(position.at_ms)
            self.media_ms = position.media_ms

    def place_by(self, position: Position) -> None:
        """It moved all the time since its start, and is at `position` now."""
        self.media_ms = max(0, position.media_ms - round((position.at_ms - self.start_ms) * self.rate))

    def interval(self, boot: BootId) -> WatchInterval:
        return WatchInterval(
            boot,
            MonotonicMs(self.start_ms),
            MonotonicMs(self.end_ms),
            Milliseconds(self.media_ms),
            Milliseconds(self.media_end_ms),
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

    What was shown after the last proof, by a jump or from the store of a stream that stands, is known at
    the first proof of the next movement, and the interval before it grows by that. Where Shown tells when the
    picture moved, it began and ended as seen. Intervals are numbered
    from 0 in order; one only ever grows, and only the last one does, until the next one is there.
    """

    def __init__(self, boot: BootId, late_ms: int = 0) -> None:
        """`late_ms`: the first picture is in sight so much after the moment that its position names."""
        self._boot = boot
        self._late_ms = late_ms
        self._intervals: list[WatchInterval] = []
        self._run: _Run | None = None
        self._before: _Run | None = None
        self._jumped = self._paused = self._faster = False
        self._shown: Shown | None = None

    @property
    def intervals(self) -> tuple[WatchInterval, ...]:
        return tuple(self._intervals)

    def record(self, event: PlayerEvent) -> None:
        """Takes the events of one opening, in order."""
        if isinstance(event, Opened | Tracks):
            return
        if isinstance(event, Shown):
            self._show(event)
            return
        if isinstance(event, Position):
            self._prove(event)
            return
        faster = isinstance(event, Playing) and self._run is not None
        self._finish(event)
        self._faster = faster
        if isinstance(event, Playing):
            self._run = _Run(event.at_ms, event.media_ms, event.rate, event.at_ms)
        elif isinstance(event, Seeked) or (self._paused and isinstance(event, Buffering)):
            self._jumped = True  # live that was paused goes on elsewhere
        self._paused = isinstance(event, Paused)

    def _show(self, shown: Shown) -> None:
        """What was told to have ended goes on until its picture stands; what nobody told of stood as well."""
        earlier, self._shown = self._shown, shown
        run, before = self._run, self._before
        if run is not None and run.proved_at_ms is not None and earlier is not None:
            if shown.since_ms > earlier.until_ms and run.end_ms - earlier.until_ms <= SLIDE_MS:
                self._grow_until(run, earlier.until_ms)
                self._before = run
                start_ms = max(shown.since_ms, run.end_ms)
                self._run = _Run(start_ms, run.media_end_ms, run.rate, start_ms)
            return
        if before is None or before.shown_ms != shown.since_ms:
            return
        self._grow_until(before, min(shown.until_ms, before.told_ms + STORE_MS))

    def _prove(self, position: Position) -> None:
        run = self._run
        if run is None:
            return
        if run.proved_at_ms is None:
            if self._stands(run) and not self._faster:
                run.waiting.append(position)
                if position.at_ms - run.start_ms > WAITS_MS:
                    self._shown = None
                    self._believe(run)
                return
            self._begin(run, position)
        elif abs(run.lag_ms(position) - run.proved_lag_ms) > DRIFT_MS:
            run = self._run = _Run(position.at_ms, position.media_ms, run.rate, position.at_ms)
        self._grow_by(run, position)

    def _stands(self, run: _Run) -> bool:
        """The picture has moved before this run, and has not since."""
        shown = self._shown
        return shown is not None and (shown.until_ms <= run.start_ms or not shown.goes_on)

    def _begin(self, run: _Run, position: Position) -> None:
        """The first proof of a run shows where and when it began, and what the one before it still showed."""
        before, self._before = self._before, None
        shown, jumped = None if self._stands(run) else self._shown, self._jumped
        self._jumped = False
        if shown is not None:
            run.begin_at(max(shown.since_ms, before.end_ms, before.until_ms) if before else shown.since_ms)
            run.place_by(position)
            run.shown_ms = shown.since_ms
            if before is not None and before.shown_ms == shown.since_ms:
                self._grow_until(before, run.start_ms)
            return
        more_ms = JUMP_MS if jumped else _moved_on_ms(before, run, position)
        if self._faster or (more_ms and not jumped):
            run.place_by(position)
        run.settle(position)
        if before is None:
            run.wait_until(min(run.start_ms + self._late_ms, position.at_ms))
            return
        if before.end_ms > run.start_ms:
            run.wait_until(min(before.end_ms, position.at_ms))
        self._grow(before, min(before.end_ms + more_ms, run.start_ms))

    def _believe(self, run: _Run) -> None:
        """The places alone, where it ends before its picture was seen to move once more."""
        if self._shown is not None and self._shown.since_ms == self._shown.until_ms:
            return
        self._begin(run, run.waiting[0])
        self._grow_by(run, run.waiting[-1])

    def _finish(self, event: PlayerEvent) -> None:
        run, self._run = self._run, None
        if run is not None and run.waiting and run.proved_at_ms is None:
            self._believe(run)
        if run is None or run.proved_at_ms is None:
            return
        shown = self._shown
        if shown is not None and shown.until_ms > run.proved_at_ms - EARLY_MS:
            moves = event.at_ms - shown.until_ms <= EARLY_MS and not isinstance(event, Ended | Retrying)
            self._grow_until(run, max(shown.until_ms, event.at_ms) if moves else shown.until_ms)
            run.shown_ms, run.told_ms = shown.since_ms, event.at_ms
        else:
            at_ms = event.since_ms if isinstance(event, Stalled) else event.at_ms
            self._grow(run, run.end_ms + min(max(0, at_ms - run.proved_at_ms), _unproved_ms(event, run)))
        self._before, self._jumped = run, False

    def _grow_by(self, run: _Run, position: Position) -> None:
        """Its place proves it."""
        run.proved_at_ms, run.proved_lag_ms = position.at_ms, run.lag_ms(position)
        self._grow(run, run.after_lag_ms(position.at_ms))

    def _grow_until(self, run: _Run, until_ms: int) -> None:
        """Its picture was seen to move until then."""
        run.until_ms = max(run.until_ms, until_ms)
        self._grow(run, run.after_lag_ms(until_ms))

    def _grow(self, run: _Run, end_ms: int) -> None:
        if end_ms <= run.end_ms:
            return
        run.end_ms = end_ms
        if run.number is None:
            run.number = len(self._intervals)
            self._intervals.append(run.interval(self._boot))
        self._intervals[run.number] = run.interval(self._boot)


def _unproved_ms(event: PlayerEvent, run: _Run) -> int:
    """How long it may have moved on between the last proof and the event that ends the movement."""
    if isinstance(event, Ended):  # the last proof comes before the last frames, the event after them
        return max(LAST_FRAME_MS, round((event.media_ms - run.media_end_ms) / run.rate))
    return LAST_FRAME_MS if isinstance(event, Retrying) else UNPROVED_MS


def _moved_on_ms(before: _Run | None, run: _Run, position: Position) -> int:
    """How long the playhead moved on, unseen, after the run before: what it is ahead of all that was told."""
    if before is None:
        return 0
    told_ms = position.at_ms - run.start_ms
    ahead_ms = round((position.media_ms - before.media_end_ms) / run.rate) - told_ms
    return ahead_ms - LEFT_OUT_MS if LEFT_OUT_MS + NOISE_MS < ahead_ms <= STORE_MS else 0
