"""The start of a program: when it first answers a key."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.keys_watch import Watch, now_ms
from demo.display import RemoteAndEyes

ANSWERS_WITHIN_MS = 250.0
REST_MS = 100.0
"""Shorter than at rest, so that no half second passes from one try to the next."""
STARTS_WITHIN_MS = 90_000.0
FIRST_TRIES_MS = (0.0, 80.0, 160.0, 240.0, 320.0)
"""A try that comes to nothing takes up to half a second: starts are tried out of step with one another."""


def answers_after_ms(
    watch: Watch, remote: RemoteAndEyes, there: str, back: str, began_ms: float, first_try_ms: float
) -> float:
    """Milliseconds from `began_ms` to the first changed pixel of the first key that does something.

    No key is pressed in the first `first_try_ms` of them.
    A picture that changes after a key may still be the program's own coming up: a key counts when the one
    after it takes back what it did. Raises RuntimeError when none does.
    """
    watch.until(began_ms + first_try_ms)
    key, tried = there, None
    while now_ms() < began_ms + STARTS_WITHIN_MS:
        before, pressed_ms = watch.screen.patches(), now_ms()
        answer = watch.press(remote, key, ANSWERS_WITHIN_MS, REST_MS)
        if answer.first_ms is None:
            key, tried = there, None
            continue
        after = watch.screen.patches()
        if tried is not None and is_taken_back(tried.before, tried.after, after):
            return tried.answered_ms - began_ms
        key, tried = back if key == there else there, _Tried(pressed_ms + answer.first_ms, before, after)
    raise RuntimeError("no key was answered")


@dataclass(frozen=True, slots=True)
class _Tried:
    """A key after which the screen, told by its patches, was another one."""

    answered_ms: float
    before: Sequence[int]
    after: Sequence[int]


def is_taken_back(before: Sequence[int], between: Sequence[int], after: Sequence[int]) -> bool:
    """Whether most patches of the screen that a key had changed are as before it.

    Not all of them: a program's pictures go on coming in meanwhile.
    """
    places = zip(before, between, after, strict=True)
    restored = [first == last for first, middle, last in places if first != middle]
    return sum(restored) * 2 > len(restored)
