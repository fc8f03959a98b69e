"""The scale of the chart of days: three lines, a unit that suits the longest day."""

from dataclasses import dataclass

from study.units import HOUR_MS, MINUTE_MS
from tvclient.words import _

LINES = 3
STEPS_MIN = (1, 2, 5, 10)
STEPS_H = (1, 2, 4, 8)


@dataclass(frozen=True, slots=True)
class DayScale:
    """`step_ms` apart lie the lines; the top one is the height of the chart."""

    unit: str
    unit_ms: int
    step_ms: int

    @property
    def top_ms(self) -> int:
        """What a bar of full height stands for."""
        return LINES * self.step_ms

    @property
    def labels(self) -> tuple[str, ...]:
        """The figures beside the lines, lowest first."""
        return tuple(str(line * self.step_ms // self.unit_ms) for line in range(1, LINES + 1))

    def height(self, effective_ms: int) -> float:
        """Share of the full height, 0 to 1."""
        return min(1.0, max(0, effective_ms) / self.top_ms)


def scale_for(longest_ms: int) -> DayScale:
    """The finest scale that holds the longest day; hours when nothing was studied yet."""
    if longest_ms > 0:
        for step in STEPS_MIN:
            if longest_ms <= LINES * step * MINUTE_MS:
                return DayScale(_("分钟"), MINUTE_MS, step * MINUTE_MS)
    for step in STEPS_H:
        if longest_ms <= LINES * step * HOUR_MS:
            break
    return DayScale(_("小时"), HOUR_MS, step * HOUR_MS)
