"""The aspect ratio of the pixels that a media player's pictures are made of."""

import ctypes
from dataclasses import dataclass
from typing import Any

try:
    import vlc
except (ImportError, OSError, NotImplementedError):  # python-vlc looks for the library when imported
    vlc = None

TURNED = 4
"""From this libvlc_video_orient_t on width and height are exchanged."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A pixel is `across` wide and `down` high, after the turning that libVLC does by itself."""

    across: int
    down: int


def shape_of(media_player: Any) -> Shape | None:
    """None while libVLC does not know. On the thread that owns libVLC only."""
    media = media_player.get_media()
    if media is None:
        return None
    playing = media_player.video_get_track()
    tracks = ctypes.POINTER(vlc.MediaTrack)()
    count = vlc.libvlc_media_tracks_get(media, ctypes.byref(tracks))
    listed = ctypes.cast(tracks, ctypes.POINTER(ctypes.POINTER(vlc.MediaTrack)))
    try:
        tracks_of_all = (listed[n].contents for n in range(count))
        shapes = {track.id: _shape(track) for track in tracks_of_all if _is_video(track)}
    finally:
        if count:
            vlc.libvlc_media_tracks_release(listed, count)
        media.release()
    return shapes.get(playing) or next(iter(shapes.values()), None)


def _is_video(track: Any) -> bool:
    return bool(track.type == vlc.TrackType.video)


def _shape(track: Any) -> Shape | None:
    # In C the three kinds are one pointer of a union; python-vlc names it after the first.
    video = ctypes.cast(track.audio, ctypes.POINTER(vlc.VideoTrack)).contents
    across, down = video.sar_num, video.sar_den
    if not across or not down:
        return None
    return Shape(down, across) if video.orientation.value >= TURNED else Shape(across, down)
