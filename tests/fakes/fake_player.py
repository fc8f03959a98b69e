"""A player that plays nothing, for tests of what uses one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from study.units import Milliseconds, MonotonicMs
from tvclient.playback.player import MAX_RATE, MIN_RATE, OnEvent, Statistics, SubtitleFile
from tvclient.playback.player_event import (
    Buffering,
    Ended,
    Failed,
    FailReason,
    Opened,
    Opening,
    Paused,
    PlayerEvent,
    Playing,
    Position,
    Seeked,
    Stalled,
    Track,
    TrackId,
    Tracks,
)
from tvclient.playback.playhead import Playhead

FRAME_MS = 40
STEP_MS = 250


@dataclass(frozen=True, slots=True)
class FakeMedia:
    """What a url holds: its length and tracks, or why it cannot be played."""

    length_ms: int = 60_000
    failure: FailReason | None = None
    sounds: tuple[Track, ...] = (Track(TrackId(1), "", ""),)
    """The first of them plays when none is chosen."""
    subtitles: tuple[Track, ...] = ()


class FakePlayer:
    """Behaves as the contract says, on a clock that the test turns with `advance`.

    Events are told in the calling thread. `media` says what the urls hold; others cannot be opened.
    """

    def __init__(self, on_event: OnEvent, media: dict[str, FakeMedia], now_ms: int = 1_000) -> None:
        self.now_ms = now_ms
        self.volume = 100
        self.closed = False
        self.url: str | None = None
        self._on_event = on_event
        self._media = media
        self._opening = Opening(0)
        self._head = Playhead()
        self._live = False
        self._rate = 1.0
        self._stalled = False
        self._shown_ms = 0
        self._tracks = Tracks(self._opening, self._now, (), (), None, None)

    # ── the contract ──

    def open(
        self, url: str, start_ms: Milliseconds, live: bool, subtitles: Sequence[SubtitleFile] = ()
    ) -> Opening:
        self._opening = Opening(self._opening + 1)
        self.url, self._live, self._stalled, self._shown_ms = url, live, False, 0
        self._head = Playhead(Milliseconds(0) if live else start_ms)
        media = self._media.get(url, FakeMedia(failure=FailReason.CANNOT_OPEN))
        if media.failure is not None and not live:
            self._end(Failed(self._opening, self._now, self._head.media_ms, media.failure))
            return self._opening
        self._tell(Buffering(self._opening, self._now, 0))
        self._tell(Opened(self._opening, self._now, None if live else Milliseconds(media.length_ms)))
        self._tell_tracks(media, subtitles)
        self._move()
        return self._opening

    def pause(self) -> None:
        if self.url is not None and self._head.moving:
            self._tell(Paused(self._opening, self._now, self._head.media_ms))

    def resume(self) -> None:
        if self.url is not None and not self._head.moving:
            self._move()

    def seek(self, media_ms: Milliseconds) -> None:
        if self.url is None or self._live:
            return
        length_ms = self._head.length_ms or 0
        to_ms = Milliseconds(min(max(0, media_ms), length_ms))
        moving = self._head.moving
        self._tell(Seeked(self._opening, self._now, self._head.media_ms, to_ms))
        if moving:
            self._move()

    def stop(self) -> None:
        self.url = None
        self._head = Playhead()

    def choose_sound(self, track: TrackId) -> None:
        if self.url is not None and any(sound.track_id == track for sound in self._tracks.sounds):
            self._use(sound=track, subtitle=self._tracks.subtitle)

    def choose_subtitle(self, track: TrackId | None) -> None:
        known = {None, *(subtitle.track_id for subtitle in self._tracks.subtitles)}
        if self.url is not None and track in known:
            self._use(sound=self._tracks.sound, subtitle=track)

    def set_rate(self, rate: float) -> None:
        self._rate = min(max(rate, MIN_RATE), MAX_RATE)
        if self._head.moving and not self._live:
            self._move()

    def set_volume(self, percent: int) -> None:
        self.volume = min(max(percent, 0), 100)

    @property
    def statistics(self) -> Statistics:
        return Statistics(self._shown_ms // FRAME_MS, 0)

    def close(self) -> None:
        self.stop()
        self.closed = True

    # ── what a test does to it ──

    def advance(self, by_ms: int) -> None:
        """Lets `by_ms` go by, in steps as small as the real player's."""
        while by_ms > 0:
            step_ms = min(by_ms, STEP_MS)
            by_ms -= step_ms
            self.now_ms += step_ms
            self._step(step_ms)

    def stall(self) -> None:
        """The stream stands from now on, until `flow`."""
        self._stalled = True
        self._tell(Stalled(self._opening, self._now, self._now, self._head.media_ms))

    def flow(self) -> None:
        """The stream comes again."""
        self._stalled = False
        self._move()

    def break_off(self) -> None:
        """The stream is gone for good."""
        self._end(Failed(self._opening, self._now, self._head.media_ms, FailReason.BROKE_OFF))

    @property
    def _now(self) -> MonotonicMs:
        return MonotonicMs(self.now_ms)

    def _step(self, step_ms: int) -> None:
        if self.url is None or not self._head.moving:
            return
        self._shown_ms += step_ms
        media_ms = Milliseconds(self._head.media_ms + round(step_ms * self._head.rate))
        length_ms = self._head.length_ms
        if length_ms is not None and media_ms >= length_ms:
            self._end(Ended(self._opening, self._now, length_ms))
        else:
            self._tell(Position(self._opening, self._now, media_ms))

    def _move(self) -> None:
        rate = 1.0 if self._live else self._rate
        self._head = replace(self._head, at_ms=self._now)
        self._tell(Playing(self._opening, self._now, self._head.media_ms, rate))

    def _tell_tracks(self, media: FakeMedia, files: Sequence[SubtitleFile]) -> None:
        first_id = 1 + max((track.track_id for track in (*media.sounds, *media.subtitles)), default=0)
        beside = (
            Track(TrackId(number), file.language, file.name) for number, file in enumerate(files, first_id)
        )
        sound = media.sounds[0].track_id if media.sounds else None
        subtitles = (*media.subtitles, *beside)
        self._tracks = Tracks(self._opening, self._now, media.sounds, subtitles, sound, None)
        self._tell(self._tracks)

    def _use(self, sound: TrackId | None, subtitle: TrackId | None) -> None:
        if (sound, subtitle) != (self._tracks.sound, self._tracks.subtitle):
            self._tracks = replace(self._tracks, at_ms=self._now, sound=sound, subtitle=subtitle)
            self._tell(self._tracks)

    def _end(self, event: Ended | Failed) -> None:
        self.url = None
        self._tell(event)

    def _tell(self, event: PlayerEvent) -> None:
        self._head = self._head.after(event)
        self._on_event(event)
