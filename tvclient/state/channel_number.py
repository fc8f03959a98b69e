"""A channel's number while it is being typed."""

from dataclasses import dataclass

DUE_AFTER_MS = 1_500
MOST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """Digits that follow each other; times are ms of one monotonic clock.

    digit    digit                 due
      |--------|------ 1.5 s ------->|
    """

    digits: str
    typed_at_ms: int

    @property
    def number(self) -> int:
        return int(self.digits)

    def is_due(self, now_ms: int) -> bool:
        """Whether no more digit is waited for."""
        return now_ms - self.typed_at_ms >= DUE_AFTER_MS


def type_digit(typed: TypedNumber | None, digit: int, now_ms: int) -> TypedNumber:
    """One more digit; after the longest number a new one begins."""
    if typed is None or typed.is_due(now_ms) or len(typed.digits) == MOST_DIGITS:
        return TypedNumber(str(digit), now_ms)
    return TypedNumber(f"{typed.digits}{digit}", now_ms)
