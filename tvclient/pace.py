"""How long the television may sleep between two looks at what is to be done."""

from typing import Protocol

# Events end a wait at once; without them nothing is drawn more often than this.
SHORTEST_FRAME_S = 0.012
# A signal's handler runs between two waits.
LONGEST_WAIT_S = 0.5


class Due(Protocol):
    """Kivy's clock."""

    def get_min_timeout(self) -> float:
        """When the next of its events is due, by its own time; 0 for the next turn."""

    def time(self) -> float:
        """Its own time in seconds."""


def wait_s(clock: Due) -> float:
    """Until the next event of the clock is due."""
    return min(max(clock.get_min_timeout() - clock.time(), SHORTEST_FRAME_S), LONGEST_WAIT_S)
