"""What libVLC shall do with the media of one opening."""

from dataclasses import dataclass

from study.units import Milliseconds


@dataclass(frozen=True, slots=True)
class Load:
    """libVLC shall fetch the media from `start_ms` on, leaving what it has."""

    start_ms: Milliseconds


@dataclass(frozen=True, slots=True)
class Unload:
    """libVLC shall leave the media; nothing more will come of it."""


Order = Load | Unload
