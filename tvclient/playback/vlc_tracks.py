"""The sounds and subtitles libVLC has of what it plays."""

import ctypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from study.units import MonotonicMs
from tvclient.playback.player import SubtitleFile
from tvclient.playback.player_event import Opening, TrackId, Tracks
from tvclient.playback.track_list import Found, Stream, TrackList

try:
    import vlc
except (ImportError, OSError, NotImplementedError):  # python-vlc looks for the library when imported
    vlc = None

NONE = -1
"""libVLC's number for no track."""
SOUND, SUBTITLE = 0, 2
"""libVLC's kinds of tracks; 1 is the picture."""
NO_LANGUAGE = "und"


class _MediaTrack(ctypes.Structure):
    """libvlc_media_track_t of libVLC 3; python-vlc's own takes the union in it for three fields."""

    _fields_ = (
        ("codec", ctypes.c_uint32),
        ("original_codec", ctypes.c_uint32),
        ("es", ctypes.c_int),
        ("kind", ctypes.c_int),
        ("profile", ctypes.c_int),
        ("level", ctypes.c_int),
        ("details", ctypes.c_void_p),
        ("bitrate", ctypes.c_uint),
        ("language", ctypes.c_char_p),
        ("name", ctypes.c_char_p),
    )


class VlcTracks:
    """One opening's tracks, over all its loads. For the thread that owns libVLC."""

    def __init__(self, opening: Opening, files: Sequence[SubtitleFile]) -> None:
        self._player: Any = None
        self._media: Any = None
        self._list = TrackList(opening, files)
        self._asked_sound: int | None = None
        self._asked_subtitle: int | None = None
        self._nameless = False

    def load(self, player: Any, media: Any) -> None:
        """`player` of libVLC is about to play `media`."""
        self._player = player
        self._media = media
        self._list.load()
        self._asked_sound = self._asked_subtitle = None

    def choose_sound(self, track: TrackId) -> None:
        self._asked_sound = None
        self._list.choose_sound(track)

    def choose_subtitle(self, track: TrackId | None) -> None:
        self._asked_subtitle = None
        self._list.choose_subtitle(track)

    @property
    def waits(self) -> bool:
        """There is something to do at the next look, without any signal of libVLC."""
        return self._list.file_waits or self._nameless

    def look(self, at_ms: MonotonicMs) -> Tracks | None:
        """Uses what is chosen; returns what there is when that is not what was returned before."""
        found = self._found()
        changed = self._list.found(at_ms, found)
        self._use(found)
        file = self._list.file_to_fetch(at_ms)
        if file is not None:
            url = file.url if "://" in file.url else Path(file.url).absolute().as_uri()
            self._player.add_slave(vlc.MediaSlaveType.subtitle, url, False)
        return changed

    def _use(self, found: Found) -> None:
        """Each number is asked for once: libVLC may refuse, and says what came of it by an event."""
        sound, subtitle = self._list.wanted_sound, self._list.wanted_subtitle
        if sound is not None and sound not in (found.sound, self._asked_sound):
            self._asked_sound = sound
            self._player.audio_set_track(sound)
        if self._list.no_subtitle_wanted:
            subtitle = NONE if found.subtitle is not None else None
        if subtitle is not None and subtitle not in (found.subtitle, self._asked_subtitle):
            self._asked_subtitle = subtitle
            self._player.video_set_spu(subtitle)

    def _found(self) -> Found:
        """A track gets its number a moment before its name, and without a signal when that comes."""
        called = self._called()
        sound, subtitle = self._player.audio_get_track(), self._player.video_get_spu()
        numbers = {
            SOUND: [es for es, _ in self._player.audio_get_track_description() if es != NONE],
            SUBTITLE: [es for es, _ in self._player.video_get_spu_description() if es != NONE],
        }
        self._nameless = any((kind, es) not in called for kind in numbers for es in numbers[kind])
        streams = {
            kind: [Stream(es, *called[kind, es]) for es in numbers[kind] if (kind, es) in called]
            for kind in numbers
        }
        return Found(
            streams[SOUND],
            streams[SUBTITLE],
            None if sound == NONE else sound,
            None if subtitle == NONE else subtitle,
        )

    def _called(self) -> dict[tuple[int, int], tuple[str, str]]:
        """Language and name by kind and number, also of tracks that are no more."""
        head = ctypes.POINTER(vlc.MediaTrack)()
        count = vlc.libvlc_media_tracks_get(self._media, ctypes.byref(head))
        if not count:
            return {}
        entries = ctypes.cast(head, ctypes.POINTER(ctypes.POINTER(_MediaTrack)))
        tracks = [entries[place].contents for place in range(count)]
        called = {(track.kind, track.es): (_language(track.language), _text(track.name)) for track in tracks}
        vlc.libvlc_media_tracks_release(
            ctypes.cast(head, ctypes.POINTER(ctypes.POINTER(vlc.MediaTrack))), count
        )
        return called


def _language(code: bytes | None) -> str:
    language = _text(code)
    return "" if language == NO_LANGUAGE else language


def _text(content: bytes | None) -> str:
    return (content or b"").decode("utf-8", errors="replace").strip()
