"""The contract between the television and whatever plays its media."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from study.units import Milliseconds
from tvclient.playback.player_event import Opening, PlayerEvent, TrackId

OnEvent = Callable[[PlayerEvent], None]
"""Called on the player's own thread, one event at a time, in order of `at_ms`. It must return quickly;
a television hands the event over to its main thread."""

MIN_RATE, MAX_RATE = 0.5, 2.0


@dataclass(frozen=True, slots=True)
class Statistics:
    """Frames of the current opening, or of the last one when nothing is open."""

    frames_shown: int
    frames_lost: int


@dataclass(frozen=True, slots=True)
class SubtitleFile:
    """Subtitles beside the media: SRT or WebVTT in UTF-8, at an address or a file's path."""

    url: str
    language: str
    name: str


class Player(Protocol):
    """Plays one item at a time.

    Every call returns at once and never waits for disk, network or decoder; what came of it arrives as
    events. Calls are carried out in order. Calls that make no sense now (pause while nothing is open) do
    nothing.
    """

    def open(
        self, url: str, start_ms: Milliseconds, live: bool, subtitles: Sequence[SubtitleFile] = ()
    ) -> Opening:
        """Leaves what is playing and plays `url` from `start_ms` on.

        A `url` is http, https or a file's path; for live also udp, rtp or rtsp. No subtitle is shown until
        `choose_subtitle`; those of `subtitles` stand behind the media's own in Tracks.

        Live media start at the live edge whatever `start_ms` says, and are fetched again for as long as
        it takes when they die: Stalled and Retrying tell, Failed never comes.
        """

    def pause(self) -> None:
        """Stops the playhead and keeps the picture."""

    def resume(self) -> None:
        """Goes on after `pause`, live media at the live edge; what is lost is tried again at once."""

    def seek(self, media_ms: Milliseconds) -> None:
        """Jumps to `media_ms`, bounded by 0 and the length; keeps playing or paused. Not for live media."""

    def stop(self) -> None:
        """Leaves what is playing. No event of that opening comes after those already on their way."""

    def choose_sound(self, track: TrackId) -> None:
        """Plays this one of the opening's sounds; one that it has not does nothing."""

    def choose_subtitle(self, track: TrackId | None) -> None:
        """Shows this one of the opening's subtitles, None for none."""

    def set_rate(self, rate: float) -> None:
        """Speed of the playhead, 0.5–2 (bounded); holds for later openings too. Live media play at 1."""

    def set_volume(self, percent: int) -> None:
        """Loudness, 0–100 (bounded); holds for later openings too."""

    @property
    def statistics(self) -> Statistics:
        """Frames shown and lost; at most a second behind."""

    def close(self) -> None:
        """Stops, frees everything and waits for that (5 s at most). The player is of no use after it."""
