"""The answer to a key, as it comes out of a recorded series of grabs of the screen."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

REST_MS = 250.0
"""So long nothing changes any more: the picture is at rest, and was from its last change on."""
WITHIN_MS = 2_000.0
"""So long an answer is waited for; a key that gets none counts as if it had come then."""
ENDLESS_MS = 10_000.0
"""What moves for so long never comes to rest."""


@dataclass(frozen=True, slots=True)
class Grab:
    """A look at what has just been drawn: when the X server drew it, and whether a pixel is another one."""

    at_ms: float
    changed: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """Milliseconds from the X event of a key that goes down; None where nothing changed.

    ```
    key          first changed pixel      changes …   at rest          REST_MS without any
    ├────────────────────┼───────────────┼──┼──┼──────────┼─────────────────────────────────┤
    0                 first_ms                          rest_ms
    ```
    """

    first_ms: float | None
    rest_ms: float | None


@dataclass(frozen=True, slots=True)
class Held:
    """What came of a key that was held: pictures until the release, and after it."""

    held_ms: float
    pictures: int
    per_s: float
    """From the first to the last of them; 0 where there are not two."""
    after: int
    after_ms: float
    """The last of them after the release; 0 where there is none."""


def answer_of(grabs: Sequence[Grab], pressed_ms: float) -> Answer:
    """What was drawn before the key went down does not count, whenever it was looked at."""
    changes = _changes(grabs, pressed_ms)
    return Answer(changes[0], changes[-1]) if changes else Answer(None, None)


def is_over(
    grabs: Sequence[Grab], since_ms: float, now_ms: float, within_ms: float, rest_ms: float = REST_MS
) -> bool:
    """Whether the picture has changed since then and come to rest, or not changed at all in `within_ms`."""
    changes = _changes(grabs, since_ms)
    passed_ms = now_ms - since_ms
    if not changes:
        return passed_ms >= within_ms
    return passed_ms - changes[-1] >= rest_ms or passed_ms >= ENDLESS_MS


def held_of(grabs: Sequence[Grab], pressed_ms: float, released_ms: float) -> Held:
    """A picture that was drawn in the release's own millisecond was still on its way before it."""
    held_ms = released_ms - pressed_ms
    changes = _changes(grabs, pressed_ms)
    before = [change for change in changes if change <= held_ms]
    after = [change - held_ms for change in changes if change > held_ms]
    span_s = (before[-1] - before[0]) / 1000 if before else 0.0
    per_s = (len(before) - 1) / span_s if span_s else 0.0
    return Held(held_ms, len(before), per_s, len(after), after[-1] if after else 0.0)


def p95(ms: Sequence[float]) -> float:
    """Of two or more."""
    return statistics.quantiles(ms, n=20, method="inclusive")[-1]


def _changes(grabs: Sequence[Grab], since_ms: float) -> list[float]:
    """When the picture changed, counted from `since_ms`."""
    return [grab.at_ms - since_ms for grab in grabs if grab.changed and grab.at_ms >= since_ms]
