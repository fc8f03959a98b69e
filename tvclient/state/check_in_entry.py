"""The digits of a learning card as they are typed: the last six, or the whole number."""

from dataclasses import dataclass, replace

from study.group_api import SUFFIX_DIGITS

WHOLE_MAX = 19
"""The longest card number that ISO/IEC 7812 knows."""
GROUP = 4


@dataclass(frozen=True, slots=True)
class CheckInEntry:
    """A value: every key makes the next one.

    The agent is asked about one number at a time; what is typed meanwhile waits its turn in `ahead`.
    """

    digits: str = ""
    is_whole: bool = False
    """The last six were not enough: the whole number is typed, and sent by a key of its own."""
    asked: str | None = None
    ahead: str = ""

    def typed(self, digit: int) -> "CheckInEntry":
        """One more digit; no more than fit."""
        if self.asked is not None:
            return replace(self, ahead=f"{self.ahead}{digit}"[:SUFFIX_DIGITS])
        most = WHOLE_MAX if self.is_whole else SUFFIX_DIGITS
        return replace(self, digits=f"{self.digits}{digit}"[:most])

    def deleted(self) -> "CheckInEntry":
        """The last digit is gone; without any, whoever types a whole number is back at the six."""
        if self.asked is not None:
            return replace(self, ahead=self.ahead[:-1])
        return replace(self, digits=self.digits[:-1], is_whole=self.is_whole and bool(self.digits))

    @property
    def is_full(self) -> bool:
        """Six digits are sent by themselves."""
        return not self.is_whole and self.asked is None and len(self.digits) == SUFFIX_DIGITS

    @property
    def can_be_sent(self) -> bool:
        """Whether there is enough to ask about."""
        return self.asked is None and len(self.digits) >= SUFFIX_DIGITS

    @property
    def is_empty(self) -> bool:
        """Nothing is typed, and no whole number is wanted."""
        return not (self.digits or self.ahead or self.is_whole)

    def asking(self) -> "CheckInEntry":
        """The agent is being asked about what is typed."""
        return replace(self, asked=self.digits)

    def settled(self) -> "CheckInEntry":
        """It is known who that was: the next number may come, as far as it was typed meanwhile."""
        return CheckInEntry(self.ahead)

    def not_found(self) -> "CheckInEntry":
        """The whole number is wanted."""
        return CheckInEntry(is_whole=True)

    def mended(self) -> "CheckInEntry":
        """It has a wrong digit, or nobody could be asked: it stays and can be typed over."""
        return replace(self, asked=None, ahead="") if self.is_whole else CheckInEntry(self.ahead)

    @property
    def written(self) -> str:
        """A whole number in groups of four."""
        return " ".join(self.digits[at : at + GROUP] for at in range(0, len(self.digits), GROUP))
