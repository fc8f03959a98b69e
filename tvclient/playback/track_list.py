"""The tracks of one opening, recognised again whenever the library behind the player numbers them anew."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from study.units import MonotonicMs
from tvclient.playback.player import SubtitleFile
from tvclient.playback.player_event import Opening, Track, TrackId, Tracks

FETCH_MS = 3_000
"""How long a subtitle file may take before the next is fetched; until then what comes is taken for it."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A track as the library has it now: its own number `es`, and what the media call it."""

    es: int
    language: str
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the library has now; `sound` and `subtitle` are the numbers of those in use."""

    sounds: Sequence[Stream] = ()
    subtitles: Sequence[Stream] = ()
    sound: int | None = None
    subtitle: int | None = None


_Label = tuple[str, str, int]
"""Language, name and, of those without a name, the place among them."""


class _Kind:
    """The sounds, or the subtitles of the media themselves."""

    def __init__(self) -> None:
        self.known: dict[_Label, Track] = {}
        self.tracks: tuple[Track, ...] = ()
        self.es: dict[TrackId, int] = {}
        self.wanted: TrackId | None = None
        self.used: TrackId | None = None

    @property
    def wanted_es(self) -> int | None:
        return None if self.wanted is None else self.es.get(self.wanted)

    def note_used(self, es: int | None) -> None:
        """What was in use counts as such between two loads, while nothing is."""
        self.used = next((track for track, number in self.es.items() if number == es), self.used)


class TrackList:
    """Gives every track an identifier that holds for the opening, keeps what was chosen, says what changed.

    The library numbers tracks anew with every load, in HLS with every seek. So a track is known by what
    it is called; HLS has old and new side by side for a moment, and the new one is taken. Between two
    loads, while there are none, the list stays as it is. A subtitle file is fetched when it is first
    chosen; the library does not say which of its tracks came from it.
    """

    def __init__(self, opening: Opening, files: Sequence[SubtitleFile]) -> None:
        self._sounds, self._subtitles = _Kind(), _Kind()
        self._files = {TrackId(number): file for number, file in enumerate(files, 1)}
        self._last_id = len(files)
        self._fetched: set[TrackId] = set()
        self._fetching: TrackId | None = None
        self._fetched_at_ms = 0
        self._es_before: set[int] = set()
        self._told = Tracks(opening, MonotonicMs(0), (), (), None, None)

    # ── what is chosen ──

    def choose_sound(self, track: TrackId) -> None:
        if any(known.track_id == track for known in self._told.sounds):
            self._sounds.wanted = track

    def choose_subtitle(self, track: TrackId | None) -> None:
        if track is None or any(known.track_id == track for known in self._told.subtitles):
            self._subtitles.wanted = track
            if track is not None:
                self._fetched.discard(track)

    @property
    def wanted_sound(self) -> int | None:
        """The library's number of the chosen sound; None when none was chosen or it is not there."""
        return self._sounds.wanted_es

    @property
    def wanted_subtitle(self) -> int | None:
        """The library's number of the chosen subtitle; None when none was chosen or it is not there."""
        return self._subtitles.wanted_es

    @property
    def no_subtitle_wanted(self) -> bool:
        return self._subtitles.wanted is None

    @property
    def file_waits(self) -> bool:
        """A file is chosen and neither there nor fetched."""
        track = self._subtitles.wanted
        return track in self._files and track not in self._subtitles.es and track not in self._fetched

    def file_to_fetch(self, at_ms: MonotonicMs) -> SubtitleFile | None:
        """The file that is chosen and not there, once for each choice and load."""
        track = self._subtitles.wanted
        if track is None or not self.file_waits:
            return None
        if self._fetching is not None and at_ms - self._fetched_at_ms < FETCH_MS:
            return None
        self._fetched.add(track)
        self._fetching, self._fetched_at_ms = track, at_ms
        return self._files[track]

    # ── what there is ──

    def load(self) -> None:
        """The library starts anew and has nothing yet."""
        for kind in (self._sounds, self._subtitles):
            kind.es = {}
        self._fetched, self._fetching, self._es_before = set(), None, set()

    def found(self, at_ms: MonotonicMs, found: Found) -> Tracks | None:
        """What there is, when it is not what was told before."""
        self._recognise(self._sounds, found.sounds)
        self._recognise(self._subtitles, self._without_files(found.subtitles))
        self._sounds.note_used(found.sound)
        self._subtitles.note_used(found.subtitle)
        if found.subtitle is None and self._subtitles.wanted is None:
            self._subtitles.used = None
        files = (Track(track, file.language, file.name) for track, file in self._files.items())
        tracks = replace(
            self._told,
            sounds=self._sounds.tracks,
            subtitles=(*self._subtitles.tracks, *files),
            sound=self._sounds.used,
            subtitle=self._subtitles.used,
        )
        if tracks == self._told:
            return None
        self._told = tracks
        return replace(tracks, at_ms=at_ms)

    def _recognise(self, kind: _Kind, streams: Sequence[Stream]) -> None:
        kind.es = {track: es for track, es in kind.es.items() if track in self._files}
        same = Counter[tuple[str, str]]()
        for stream in streams:
            same[stream.language, stream.name] += not stream.name
            label = (stream.language, stream.name, same[stream.language, stream.name])
            if label not in kind.known:
                self._last_id += 1
                kind.known[label] = Track(TrackId(self._last_id), stream.language, stream.name)
            kind.es[kind.known[label].track_id] = stream.es
        if streams:
            kind.tracks = tuple(track for track in kind.known.values() if track.track_id in kind.es)

    def _without_files(self, streams: Sequence[Stream]) -> list[Stream]:
        """The media's own; a new one without a language or a name is the file that is being fetched."""
        own = []
        es_of_files = {es for track, es in self._subtitles.es.items() if track in self._files}
        for stream in streams:
            is_new = stream.es not in self._es_before and not stream.language and not stream.name
            if stream.es in es_of_files:
                continue
            if is_new and self._fetching is not None:
                self._subtitles.es[self._fetching] = stream.es
                self._fetching = None
            else:
                own.append(stream)
        self._es_before = {stream.es for stream in streams}
        return own
