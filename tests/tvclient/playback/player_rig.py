"""A player under the contract suite, whether real or fake, and the ear that hears its events."""

import queue
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from study.units import Milliseconds
from tests.fakes.fake_player import STEP_MS, FakeMedia, FakePlayer
from tvclient.playback.player import Player, SubtitleFile
from tvclient.playback.player_event import FailReason, PlayerEvent, Position, Track, TrackId, Tracks
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
    tracks: str
    """Sounds chi, yue; subtitles chi, eng, the first of them marked as shown by default."""
    beside: SubtitleFile

    def until(self, kind: type[E]) -> E:
        """Lets it play until an event of this kind comes, and returns it."""

    def settle(self) -> None:
        """Lets half a second go by."""


class RealRig:
    """libVLC on real media, in real time."""

    def __init__(
        self,
        make: Callable[[Callable[[PlayerEvent], None]], VlcPlayer],
        media_folder: Path = Path(),
        track_folder: Path = Path(),
    ) -> None:
        self.clip, self.short, self.nothing = (
            str(media_folder / name) for name in ("clip.mp4", "short.mp4", "empty.mp4")
        )
        self.tracks = str(track_folder / "srt.mkv")
        self.beside = SubtitleFile(str(track_folder / "chinese.vtt"), "zh", "讲稿")
        self.events: list[PlayerEvent] = []
        self._coming: queue.Queue[PlayerEvent] = queue.Queue()
        self.player: Player = make(self._coming.put)

    def until(self, kind: type[E]) -> E:
        while True:
            event = self.next_event()
            if isinstance(event, kind):
                return event

    def settle(self) -> None:
        for _ in range(5):
            try:
                self._next(0.1)
            except queue.Empty:
                continue

    def next_event(self) -> PlayerEvent:
        return self._next(PATIENCE_S)

    def _next(self, timeout_s: float) -> PlayerEvent:
        event = self._coming.get(timeout=timeout_s)
        self.events.append(event)
        return event


class FakeRig:
    """The fake, on its own clock."""

    clip, short, nothing, tracks = "clip", "short", "nothing", "tracks"
    beside = SubtitleFile("beside", "zh", "讲稿")

    def __init__(self, clip_ms: int, short_ms: int) -> None:
        self.events: list[PlayerEvent] = []
        self._heard = 0
        media = {
            self.clip: FakeMedia(clip_ms),
            self.short: FakeMedia(short_ms),
            self.nothing: FakeMedia(failure=FailReason.CANNOT_OPEN),
            self.tracks: FakeMedia(
                clip_ms,
                sounds=(Track(TrackId(1), "chi", "普通话"), Track(TrackId(2), "yue", "粤语")),
                subtitles=(Track(TrackId(3), "chi", ""), Track(TrackId(4), "eng", "")),
            ),
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


def until_tracks(rig: PlayerRig, is_so: Callable[[Tracks], bool]) -> Tracks:
    """Lets it play until the tracks are as told; they may become known one after the other."""
    while not is_so(tracks := rig.until(Tracks)):
        pass
    return tracks
