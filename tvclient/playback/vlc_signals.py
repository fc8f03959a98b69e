"""Which of libVLC's events the player listens to, and what the transport makes of them."""

from collections.abc import Callable

from tvclient.playback.transport import Transport

SIGNALS: dict[str, tuple[str | None, Callable[..., None]]] = {
    "MediaPlayerLengthChanged": ("new_length", Transport.length),
    "MediaPlayerBuffering": ("new_cache", Transport.buffering),
    "MediaPlayerTimeChanged": ("new_time", Transport.time),
    "MediaPlayerPlaying": (None, Transport.playing),
    "MediaPlayerPaused": (None, Transport.paused),
    "MediaPlayerEndReached": (None, Transport.ended),
    "MediaPlayerEncounteredError": (None, Transport.broken),
}
"""libVLC's events, the field that says more, and what the transport makes of them."""
TRACK_SIGNALS = ("MediaPlayerESAdded", "MediaPlayerESDeleted", "MediaPlayerESSelected")
