"""How soon the bar is seen after a key, on the real television while a film plays."""

import random
import statistics
import time
from dataclasses import dataclass

from bench.playback_eyes import (
    UNDER_BAR,
    is_black,
    is_red,
    ms_from_key,
    two_connections,
    wait_for,
    wait_until_moving,
)
from bench.playback_house import leave_course
from bench.playback_peers import STARTS_WITHIN_S
from bench.television import television
from demo.display import RemoteAndEyes
from demo.home_screen import HomeScreen
from demo.house import House

TIMES = 30
WITHIN_S = 5.0
BAR_GOES_WITHIN_S = 10.0
STAYS_S = 0.3


@dataclass(frozen=True, slots=True)
class BarTimes:
    """From the X key event to the first grab in which nothing of the film is left in the bar's place.

    `black` counts the grabs of that place, of all `grabs` while the bar comes or goes, that show neither.
    """

    ms: list[float]
    frames: dict[str, int]
    grabs: int = 0
    black: int = 0

    @property
    def p95_ms(self) -> float:
        return statistics.quantiles(self.ms, n=20, method="inclusive")[-1]


class _BarWatch:
    """Looks at the bar's place, and counts what should never be seen there."""

    def __init__(self, eyes: RemoteAndEyes) -> None:
        self._eyes = eyes
        self.grabs = self.black = 0

    def covers(self) -> bool:
        return not self._film()

    def is_gone(self) -> bool:
        return self._film()

    def _film(self) -> bool:
        pixels = self._eyes.look(*UNDER_BAR)
        self.grabs += 1
        self.black += is_black(pixels)
        return is_red(pixels)


def measure_bar(house: House, display: str, course: int) -> BarTimes:
    """Up shows the bar and Back hides it, TIMES times at any moment between two frames."""
    draw = random.Random(TIMES)  # noqa: S311
    times = []
    with television(house, display) as operator, two_connections(display) as (remote, eyes):
        HomeScreen(operator, house).open_course(str(course))
        operator.press("Return")
        wait_until_moving(eyes, STARTS_WITHIN_S)
        wait_for(lambda: is_red(eyes.look(*UNDER_BAR)), BAR_GOES_WITHIN_S)
        watch = _BarWatch(eyes)
        for _ in range(TIMES):
            time.sleep(draw.uniform(0.3, 0.7))
            times.append(ms_from_key(remote, "Up", watch.covers, WITHIN_S))
            time.sleep(STAYS_S)
            ms_from_key(remote, "Escape", watch.is_gone, BAR_GOES_WITHIN_S)
        return BarTimes(times, leave_course(operator, house), watch.grabs, watch.black)
