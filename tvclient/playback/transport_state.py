"""What the transport of an opening is about."""

from enum import Enum, auto


class State(Enum):
    """Where the transport of one opening is; see transport.py."""

    LOADING = auto()
    MOVING = auto()
    PAUSED = auto()
    STALLED = auto()
    WAITING = auto()
    OVER = auto()
