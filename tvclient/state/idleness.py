"""How long nobody has done anything and nothing has moved on the screen."""

from dataclasses import dataclass


@dataclass(slots=True)
class Idleness:
    """`after_ms` without a key or a moving picture, what stands on the screen would burn in."""

    after_ms: int
    since_ms: int

    def sign(self, now_ms: int) -> None:
        """Somebody pressed a key."""
        self.since_ms = now_ms

    def is_due(self, now_ms: int, moves: bool) -> bool:
        """Whether the screen is to go dark now; `moves`: a film does."""
        if moves:
            self.since_ms = now_ms
        return now_ms - self.since_ms >= self.after_ms
