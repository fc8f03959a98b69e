"""The local API's part about phones as remote control and keyboard, as television and agent read it."""

from typing import TypedDict

REMOTE_KEYS = "/v1/remote-keys"
"""GET with ?terminal=tv-1&after=: what phones pressed since then, waited for while it is allowed. `after` is
that of the last reply; empty at first, and then only what comes from now on is told."""
GROUP_REMOTE = "/v1/group/remote"
"""POST a RemoteRequest: from now on phones may, or may not; a GroupReply."""

STALE_MS = 2_000
"""An older press is dropped: what was wanted then is not what is seen now."""
TEXT_MAX = 30
"""Characters that a phone sends at once."""
KEYS = ("up", "down", "left", "right", "ok", "back", "play_pause", "volume_up", "volume_down")


class PressEntry(TypedDict):
    """One press on a phone: one of KEYS, or a text in the place of what is typed; the other is empty."""

    key: str
    text: str
    pressed_ms: int
    """CLOCK_BOOTTIME of this boot."""


class RemoteKeysReply(TypedDict):
    """Presses in their order; none after a while in which there were none."""

    allowed: bool
    """Whether it is worth asking again: no group study goes on, or phones may not."""
    after: str
    presses: list[PressEntry]


class RemoteRequest(TypedDict):
    terminal: str
    on: bool
