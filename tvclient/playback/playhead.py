"""Where the playhead is, as far as the player's events tell."""

from dataclasses import dataclass, replace

from study.units import Milliseconds, MonotonicMs
from tvclient.playback.player_event import (
    Buffering,
    Ended,
    Failed,
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

UNPROVED_MS = 1_000
"""How far the playhead is believed to move on without a new proof; a stall is told by then."""


_START, _UNKNOWN = Milliseconds(0), MonotonicMs(0)


@dataclass(frozen=True, slots=True)
class Playhead:
    """At `media_ms` at the moment `at_ms`, moving on at `rate` (0 when it stands)."""

    media_ms: Milliseconds = _START
    at_ms: MonotonicMs = _UNKNOWN
    rate: float = 0.0
    length_ms: Milliseconds | None = None

    @property
    def moving(self) -> bool:
        return self.rate > 0

    def position_at(self, now_ms: MonotonicMs) -> Milliseconds:
        """The position at `now_ms`, between two proofs reckoned by the clock, within the length."""
        since = min(max(0, now_ms - self.at_ms), UNPROVED_MS)
        position = self.media_ms + round(since * self.rate)
        if self.length_ms is not None:
            position = min(position, max(self.length_ms, self.media_ms))
        return Milliseconds(position)

    def after(self, event: PlayerEvent) -> "Playhead":
        """The playhead once `event` is known."""
        match event:
            case Opened(length_ms=length_ms):
                return replace(self, length_ms=length_ms)
            case Tracks() | Shown():
                return self
            case Playing(at_ms=at_ms, media_ms=media_ms, rate=rate):
                return replace(self, media_ms=media_ms, at_ms=at_ms, rate=rate)
            case Position(at_ms=at_ms, media_ms=media_ms):
                return replace(self, media_ms=media_ms, at_ms=at_ms)
            case Seeked(at_ms=at_ms, to_ms=media_ms):
                return replace(self, media_ms=media_ms, at_ms=at_ms, rate=0.0)
            case Paused() | Stalled() | Ended() | Failed():
                return replace(self, media_ms=event.media_ms, at_ms=event.at_ms, rate=0.0)
            case Buffering():
                return replace(self, media_ms=self.position_at(event.at_ms), at_ms=event.at_ms, rate=0.0)
            case Retrying():
                # The data ended at the last proof, and are told to have ended later.
                return replace(self, at_ms=event.at_ms, rate=0.0)
