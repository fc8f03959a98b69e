"""The start of a program: when it first answers a key."""

from bench.keys_watch import Watch, now_ms
from demo.display import RemoteAndEyes

QUIET_MS = 60.0
ANSWERS_WITHIN_MS = 400.0
STARTS_WITHIN_MS = 90_000.0


def answers_after_ms(watch: Watch, remote: RemoteAndEyes, there: str, back: str, began_ms: float) -> float:
    """Milliseconds from `began_ms` to the first changed pixel of the first key that does something.

    A picture that changes after a key may still be the program's own coming up. A key counts when the one
    that undoes it brings back the picture from before it, pixel by pixel. Raises RuntimeError when none does.
    """
    while now_ms() < began_ms + STARTS_WITHIN_MS:
        watch.settle(QUIET_MS, STARTS_WITHIN_MS)
        before, pressed_ms = watch.screen.digest(), now_ms()
        answer = watch.press(remote, there, ANSWERS_WITHIN_MS)
        if answer.first_ms is None or watch.screen.digest() == before:
            continue
        watch.press(remote, back, ANSWERS_WITHIN_MS)
        if watch.screen.digest() == before:
            return pressed_ms + answer.first_ms - began_ms
    raise RuntimeError("no key was answered")
