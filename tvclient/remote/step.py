"""What one arrow key did to the focus."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """Moved, stayed because there is nothing further on, or stayed because an edge blocks."""

    MOVED = "moved"
    STOPPED = "stopped"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Step:
    """Leaf ids before and after; they are the same unless the outcome is MOVED."""

    outcome: Outcome
    origin: str | None
    target: str | None

    @property
    def moved(self) -> bool:
        """True if the focus is somewhere else now."""
        return self.outcome is Outcome.MOVED
