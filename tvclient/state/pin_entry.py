"""A PIN being typed: the one that opens, or a new one, twice."""

from dataclasses import dataclass, replace
from enum import StrEnum

from study.units import MINUTE_MS

DIGITS = 6
TRIES = 5
"""So many may be wrong in a row before one has to wait."""
WAIT_MS, WAIT_MS_MAX = MINUTE_MS, 60 * MINUTE_MS
"""The first wait; each further wrong PIN doubles it."""


class Stage(StrEnum):
    """What is typed."""

    OPENS = "opens"
    CHOSEN = "chosen"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class PinEntry:
    """A value: every key makes the next one."""

    stage: Stage
    digits: str = ""
    chosen: str = ""
    """The new one as it was typed first."""
    differed: bool = False
    """The second time it was another one."""
    wrong: int = 0
    """In a row."""
    closed_until_ms: int = 0

    @property
    def is_full(self) -> bool:
        return len(self.digits) == DIGITS

    def wait_ms(self, now_ms: int) -> int:
        """How long nothing can be typed yet; 0 for not at all."""
        return max(0, self.closed_until_ms - now_ms)

    def typed(self, digit: int, now_ms: int) -> "PinEntry":
        """One more digit; none while one has to wait, or when all are there."""
        if self.is_full or self.wait_ms(now_ms):
            return self
        return replace(self, digits=f"{self.digits}{digit}", differed=False)

    def deleted(self) -> "PinEntry":
        """The last digit is gone."""
        return replace(self, digits=self.digits[:-1])

    def was_wrong(self, now_ms: int) -> "PinEntry":
        """They open nothing; after TRIES of them one has to wait."""
        wrong = self.wrong + 1
        doubled = WAIT_MS << min(max(0, wrong - TRIES), 10)
        until_ms = now_ms + min(doubled, WAIT_MS_MAX) if wrong >= TRIES else 0
        return replace(self, digits="", wrong=wrong, closed_until_ms=until_ms)

    def once_more(self) -> "PinEntry":
        """The new one is there once; now again, from the beginning if the two differ."""
        if self.stage is Stage.CHOSEN:
            return replace(self, stage=Stage.REPEATED, chosen=self.digits, digits="")
        return PinEntry(Stage.CHOSEN, differed=True)

    @property
    def is_new(self) -> bool:
        """Whether a new one was typed twice the same."""
        return self.stage is Stage.REPEATED and self.is_full and self.digits == self.chosen
