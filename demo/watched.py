"""What somebody saw on the television, by their own watch."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Watched:
    """What the operator saw on the screen, by stopwatch, and what the rule must make of it."""

    title: str
    kind: str
    seen_ms: int
    counts: bool
