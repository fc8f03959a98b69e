"""A number on its way, digit by digit: of a channel, of a place in a list."""

from dataclasses import dataclass, replace

MOST_DIGITS = 4
CHOSEN_AFTER_S = 1.5


@dataclass(frozen=True, slots=True)
class ChannelDial:
    """`digits` as pressed; empty while nobody dials."""

    digits: str = ""
    most: int = MOST_DIGITS

    def press(self, digit: int) -> "ChannelDial":
        """One more digit; one too many begins anew."""
        digits = self.digits if len(self.digits) < self.most else ""
        return replace(self, digits=f"{digits}{digit}")

    @property
    def number(self) -> int | None:
        """What the digits say, leading zeros apart; None while nobody dials."""
        return int(self.digits) if self.digits else None
