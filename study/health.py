"""Health: what a box tells the platform of itself with each signed call."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Health:
    """How a box is, in one line."""

    version: str
    free_mb: int
    """Left on the disk of the data folder."""
    refused: int
    """Records that the platform refused."""
    clock: str
    """Who told this boot the time: an AnchorSource, or "none"."""
    warnings: int
    """How many an operator is shown."""
