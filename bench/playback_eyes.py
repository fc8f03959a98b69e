"""What is seen of a film of bench/playback_films.py, by grabbing small patches of the screen."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from demo.display import RemoteAndEyes

Patch = tuple[int, int, int, int]

COUNTER: Patch = (0, 0, 160, 60)
"""Other pixels in every frame of a film that fills the screen: x, y, width, height."""
FILM: Patch = (8, 600, 32, 32)
"""Red in every frame, wherever the film is; no page of the television is red there."""
UNDER_BAR: Patch = (8, 900, 32, 32)
"""The same, and where the bar lies."""
LOOK_EVERY_S = 0.002
RED_LEAST, OTHERS_MOST = 0xC0, 0x40


def is_red(pixels: bytes) -> bool:
    """Whether any of them, four bytes each, BGRX, is the film's red."""
    return any(
        red >= RED_LEAST and max(blue, green) <= OTHERS_MOST
        for blue, green, red in zip(pixels[::4], pixels[1::4], pixels[2::4], strict=True)
    )


def is_black(pixels: bytes) -> bool:
    """Whether one of them is what X clears a window to; the film has none in its red, a panel nowhere."""
    return any(not any(pixels[at : at + 3]) for at in range(0, len(pixels), 4))


def pictures_per_s(eyes: RemoteAndEyes, seconds: float) -> float:
    """How often the frame counter changes on the screen."""
    changes, last = 0, eyes.look(*COUNTER)
    began = time.monotonic()
    while time.monotonic() < began + seconds:
        time.sleep(LOOK_EVERY_S)
        now = eyes.look(*COUNTER)
        changes += now != last
        last = now
    return changes / (time.monotonic() - began)


def wait_for(seen: Callable[[], bool], within_s: float) -> float:
    """The monotonic second at which `seen` was true; looks every LOOK_EVERY_S. Raises RuntimeError."""
    end = time.monotonic() + within_s
    while not seen():
        if time.monotonic() > end:
            raise RuntimeError(f"nothing was seen within {within_s} s")
        time.sleep(LOOK_EVERY_S)
    return time.monotonic()


def wait_until_moving(eyes: RemoteAndEyes, within_s: float) -> float:
    """The monotonic second at which the second frame of a film that has come was seen."""
    wait_for(lambda: is_red(eyes.look(*FILM)), within_s)
    first = eyes.look(*COUNTER)
    return wait_for(lambda: eyes.look(*COUNTER) != first, within_s)


@contextmanager
def two_connections(display: str) -> Iterator[tuple[RemoteAndEyes, RemoteAndEyes]]:
    """One to press keys on, one to look through meanwhile."""
    with RemoteAndEyes(display) as remote, RemoteAndEyes(display) as eyes:
        yield remote, eyes


def ms_from_key(remote: RemoteAndEyes, key: str, seen: Callable[[], bool], within_s: float) -> float:
    """From the X event of a key that goes down to what is seen; looks while the finger is still down."""
    with ThreadPoolExecutor(1) as finger:
        began = time.monotonic()
        pressed = finger.submit(remote.press, key)
        came = wait_for(seen, within_s)
        pressed.result()
    return (came - began) * 1000
