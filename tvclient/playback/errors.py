"""The error tree of playback."""

from tvclient.errors import CannotStart

# CannotStart
# └── PlaybackError
#     ├── VideoWindowError   no window to draw into: no X server, parent gone, extension missing
#     └── PlayerStartError   libVLC is missing or does not start


class PlaybackError(CannotStart):
    """Video cannot be shown on this machine; trying again without changing it does not help."""


class VideoWindowError(PlaybackError):
    pass


class PlayerStartError(PlaybackError):
    pass
