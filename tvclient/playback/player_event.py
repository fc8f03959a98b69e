"""What a player tells while it plays."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from study.units import Milliseconds, MonotonicMs

Opening = NewType("Opening", int)
"""Counts the calls of `Player.open`; tells the events of one playback from those of the one before."""
TrackId = NewType("TrackId", int)


class FailReason(StrEnum):
    CANNOT_OPEN = "cannot_open"
    """Missing, forbidden, empty or not media at all."""
    CANNOT_SHOW = "cannot_show"
    """Data come, and neither a picture nor a sound of them: protected, or of a kind that is not known."""
    NO_ANSWER = "no_answer"
    """Nothing came in the time allowed for opening."""
    BROKE_OFF = "broke_off"
    """It played, then the data ended before the item did and trying again did not help."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The media is known; `length_ms` is None while the length is not (live). Comes again when it changes."""

    opening: Opening
    at_ms: MonotonicMs
    length_ms: Milliseconds | None


@dataclass(frozen=True, slots=True)
class Playing:
    """From `at_ms` on the playhead moves from `media_ms` on, at `rate`.

    Only this event starts movement; every other one but Opened, Tracks, Shown and Position ends it. A
    change of speed is another Playing.
    """

    opening: Opening
    at_ms: MonotonicMs
    media_ms: Milliseconds
    rate: float


@dataclass(frozen=True, slots=True)
class Position:
    """Proof that the playhead has moved up to here; comes a few times a second while it does."""

    opening: Opening
    at_ms: MonotonicMs
    media_ms: Milliseconds


@dataclass(frozen=True, slots=True)
class Paused:
    opening: Opening
    at_ms: MonotonicMs
    media_ms: Milliseconds


@dataclass(frozen=True, slots=True)
class Buffering:
    """The picture stands while data are gathered; `percent` 0–99. Playing follows."""

    opening: Opening
    at_ms: MonotonicMs
    percent: int


@dataclass(frozen=True, slots=True)
class Stalled:
    """The playhead should move and has not since `since_ms`, where it was at `media_ms`."""

    opening: Opening
    at_ms: MonotonicMs
    since_ms: MonotonicMs
    media_ms: Milliseconds


@dataclass(frozen=True, slots=True)
class Retrying:
    """The stream is gone; attempt number `attempt` (from 1) to get it back starts in `wait_ms`."""

    opening: Opening
    at_ms: MonotonicMs
    attempt: int
    wait_ms: Milliseconds


@dataclass(frozen=True, slots=True)
class Seeked:
    """The playhead jumped; `to_ms` is what was asked for, bounded by the length."""

    opening: Opening
    at_ms: MonotonicMs
    from_ms: Milliseconds
    to_ms: Milliseconds


@dataclass(frozen=True, slots=True)
class Ended:
    """The item was played to its end. Only `open` does anything after this."""

    opening: Opening
    at_ms: MonotonicMs
    media_ms: Milliseconds


@dataclass(frozen=True, slots=True)
class Failed:
    """Playback is over and will not come back by itself. Only `open` does anything after this."""

    opening: Opening
    at_ms: MonotonicMs
    media_ms: Milliseconds
    reason: FailReason


@dataclass(frozen=True, slots=True)
class Track:
    """One sound or one subtitle of what is open."""

    track_id: TrackId
    """The player's own; holds for this opening."""
    language: str
    """As the media or the catalogue name it ("zh", "chi", "yue"); empty when they do not."""
    name: str
    """What the media or the catalogue call it; empty when they do not."""


@dataclass(frozen=True, slots=True)
class Tracks:
    """The sounds and subtitles there are, and which are in use; comes again at every change.

    Says nothing about movement. `sound` is None where there is none or not known yet, `subtitle` is None
    while none is shown.
    """

    opening: Opening
    at_ms: MonotonicMs
    sounds: tuple[Track, ...]
    subtitles: tuple[Track, ...]
    sound: TrackId | None
    subtitle: TrackId | None


@dataclass(frozen=True, slots=True)
class Shown:
    """The picture was seen to move without a stop from `since_ms` until `until_ms`; it goes on, or stands.

    Told empty when nothing was seen yet, then when it begins, when it has stopped, and before what ends a
    movement. Says nothing about places, and no more comes where nobody can tell: sound only, few pictures a
    second, a screen that does not say. A picture of a course may stand while it goes on: a slide.
    """

    opening: Opening
    at_ms: MonotonicMs
    since_ms: MonotonicMs
    until_ms: MonotonicMs
    goes_on: bool


PlayerEvent = (
    Opened
    | Tracks
    | Shown
    | Playing
    | Position
    | Paused
    | Buffering
    | Stalled
    | Retrying
    | Seeked
    | Ended
    | Failed
)
