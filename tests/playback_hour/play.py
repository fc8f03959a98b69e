"""One opening of the player as the agent's database holds it."""

from dataclasses import dataclass

from study.units import MonotonicMs
from study.watch import WatchInterval


@dataclass(frozen=True, slots=True)
class RecordedPlay:
    """`left_ms` is None while the player is open."""

    item_id: str
    opened_ms: MonotonicMs
    left_ms: MonotonicMs | None
    intervals: tuple[WatchInterval, ...]
