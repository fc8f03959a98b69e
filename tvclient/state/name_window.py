"""Which names of many are in sight: five lines of three."""

from dataclasses import dataclass

from tvclient.words import _

COLUMNS, LINES = 3, 5
SEEN = COLUMNS * LINES


@dataclass(frozen=True, slots=True)
class NameWindow:
    """Of `count` names those from line `first_line` on are seen."""

    count: int = 0
    first_line: int = 0

    @property
    def first(self) -> int:
        """The place of the first one in sight."""
        return self.first_line * COLUMNS

    @property
    def last(self) -> int:
        """The place after the last one in sight."""
        return min(self.count, self.first + SEEN)

    def looking_at(self, count: int, place: int | None) -> "NameWindow":
        """Moved as little as brings `place` into sight; without one the newest are seen."""
        if place is None:
            return NameWindow(count)
        line = place // COLUMNS
        lines = -(-count // COLUMNS)
        first = min(max(self.first_line, line - LINES + 1), line)
        return NameWindow(count, max(0, min(first, lines - LINES)))

    @property
    def words(self) -> str:
        """How many are out of sight, or where one is among them."""
        if self.count <= SEEN:
            return ""
        if self.first_line == 0:
            return _("还有 {} 人").format(self.count - SEEN)
        return f"{self.first + 1}–{self.last} / {self.count}"
