"""When somebody was there: whole minutes of the time studied together, as they are set with arrows."""

from dataclasses import dataclass, replace

from study.units import MINUTE_MS
from tvclient.words import _


@dataclass(frozen=True, slots=True)
class PresenceTimes:
    """From one minute until another of `total_min`; never the wrong way round."""

    total_min: int
    from_min: int = 0
    until_min: int | None = None
    """None for the end."""

    @property
    def _until(self) -> int:
        return self.total_min if self.until_min is None else self.until_min

    def came(self, step: int) -> "PresenceTimes":
        """So many minutes later, or earlier."""
        return replace(self, from_min=max(0, min(self.from_min + step, self._until - 1)))

    def left(self, step: int) -> "PresenceTimes":
        """So many minutes later, or earlier; the last one is the end."""
        until = max(self.from_min + 1, min(self._until + step, self.total_min))
        return replace(self, until_min=None if until == self.total_min else until)

    @property
    def came_words(self) -> str:
        """From when on."""
        return _("从第 {} 分钟到场").format(self.from_min) if self.from_min else _("一开始就到场")

    @property
    def left_words(self) -> str:
        """Until when."""
        return _("到结束") if self.until_min is None else _("到第 {} 分钟离场").format(self.until_min)

    @property
    def words(self) -> str:
        """Both."""
        return _("{}，{}").format(self.came_words, self.left_words)


def whole_time(studied_ms: int) -> PresenceTimes:
    """From the beginning to the end of what was studied, a minute at least."""
    return PresenceTimes(max(1, studied_ms // MINUTE_MS))
