"""What came of one part of the torture, as it is printed and written to build/torture.json."""

from dataclasses import dataclass, field

Figures = dict[str, int | float | str]


@dataclass(slots=True)
class PartResult:
    """`faults` beyond the bounds make the whole run fail; `lost_ms` is the worst case within it."""

    name: str
    title: str
    tried: dict[str, int] = field(default_factory=dict)
    """How many cut points, kills, faults, clock jumps, by their Chinese names."""
    lost_ms: int = 0
    doubled: int = 0
    misdated: int = 0
    figures: Figures = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0
