"""The start of a program: when it first answers a key."""

from collections.abc import Sequence

from bench.keys_watch import Watch, now_ms
from demo.display import RemoteAndEyes

QUIET_MS = 60.0
ANSWERS_WITHIN_MS = 400.0
STARTS_WITHIN_MS = 90_000.0


def answers_after_ms(watch: Watch, remote: RemoteAndEyes, there: str, back: str, began_ms: float) -> float:
    """Milliseconds from `began_ms` to the first changed pixel of the first key that does something.

    A picture that changes after a key may still be the program's own coming up: a key counts when the one
    after it takes back what it did. Raises RuntimeError when none does.
    """
    while now_ms() < began_ms + STARTS_WITHIN_MS:
        watch.settle(QUIET_MS, STARTS_WITHIN_MS)
        before, pressed_ms = watch.screen.patches(), now_ms()
        answer = watch.press(remote, there, ANSWERS_WITHIN_MS)
        if answer.first_ms is None:
            continue
        between = watch.screen.patches()
        watch.press(remote, back, ANSWERS_WITHIN_MS)
        if is_taken_back(before, between, watch.screen.patches()):
            return pressed_ms + answer.first_ms - began_ms
    raise RuntimeError("no key was answered")


def is_taken_back(before: Sequence[int], between: Sequence[int], after: Sequence[int]) -> bool:
    """Whether most patches of the screen that a key had changed are as before it.

    Not all of them: a program's pictures go on coming in meanwhile.
    """
    places = zip(before, between, after, strict=True)
    restored = [first == last for first, middle, last in places if first != middle]
    return sum(restored) * 2 > len(restored)
