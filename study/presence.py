"""Presence: nobody studies on an empty chair."""

from dataclasses import dataclass, replace
from enum import StrEnum

from study.units import MINUTE_MS, MonotonicMs

ASK_AFTER_MS = 60 * MINUTE_MS
ASK_AFTER_GROUP_MS = 120 * MINUTE_MS
"""During a group study the facilitator's check-ins count as presence and the interval is longer."""
ANSWER_WITHIN_MS = 2 * MINUTE_MS


class PresenceStep(StrEnum):
    """What the television must do now."""

    NOTHING = "nothing"
    ASK = "ask"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Presence:
    """When somebody was last seen to be there, and since when the card asks.

    ```
    key ──── 60 min ────▶ ASK ── 2 min ──▶ PAUSE    time since ASK does not count
    ```
    """

    seen_at_ms: MonotonicMs
    asked_at_ms: MonotonicMs | None = None
    ask_after_ms: int = ASK_AFTER_MS

    def sign_of_life(self, now_ms: MonotonicMs) -> "Presence":
        """A key was pressed, or the facilitator checked somebody in."""
        return replace(self, seen_at_ms=now_ms, asked_at_ms=None)

    def step(self, now_ms: MonotonicMs) -> tuple["Presence", PresenceStep]:
        """What is due at `now_ms` while a course plays on by itself."""
        if self.asked_at_ms is not None:
            due = now_ms - self.asked_at_ms >= ANSWER_WITHIN_MS
            return self, PresenceStep.PAUSE if due else PresenceStep.NOTHING
        if now_ms - self.seen_at_ms < self.ask_after_ms:
            return self, PresenceStep.NOTHING
        return replace(self, asked_at_ms=now_ms), PresenceStep.ASK

    def seconds_left(self, now_ms: MonotonicMs) -> int:
        """Whole seconds until playback pauses; what the card counts down."""
        if self.asked_at_ms is None:
            return ANSWER_WITHIN_MS // 1000
        return max(0, -(-(self.asked_at_ms + ANSWER_WITHIN_MS - now_ms) // 1000))
