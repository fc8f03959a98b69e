"""What 200 courses that were opened and left in a row leave behind in the real television."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from Xlib.display import Display

from bench.playback_eyes import wait_until_moving
from bench.playback_house import leave_course
from bench.playback_peers import STARTS_WITHIN_S
from bench.processor import resident_bytes
from bench.television import television
from demo.display import RemoteAndEyes
from demo.home_screen import HomeScreen
from demo.house import House

COURSES = 200
WARM_AFTER = 20
TELL_EVERY = 20


@dataclass(frozen=True, slots=True)
class Held:
    """What the television holds at home, after so many courses."""

    courses: int
    resident_mb: float
    threads: int
    windows: int
    open_files: int


@dataclass(frozen=True, slots=True)
class Growth:
    """What was held, from before the first course to after the last."""

    held: list[Held]

    @property
    def growth_mb(self) -> float:
        """Memory after the last course over that after the WARM_AFTERth."""
        return self.held[-1].resident_mb - self._warm.resident_mb

    @property
    def left_over(self) -> int:
        """Windows and threads at the end, more than before the first course or after the WARM_AFTERth."""
        last, earlier = self.held[-1], (self.held[0], self._warm)
        threads = last.threads - min(one.threads for one in earlier)
        windows = last.windows - min(one.windows for one in earlier)
        return max(0, threads) + max(0, windows)

    @property
    def _warm(self) -> Held:
        return next(one for one in self.held if one.courses >= WARM_AFTER)

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(one) for one in self.held]


def measure_growth(house: House, display: str, courses: Sequence[int]) -> Growth:
    """One course after the other by keys, from home to the moving picture and back home."""
    with television(house, display) as operator, RemoteAndEyes(display) as eyes:
        home = HomeScreen(operator, house)
        held = [_look(house, display, 0)]
        for count in range(1, COURSES + 1):
            home.open_course(str(courses[count % len(courses)]))
            operator.press("Return")
            wait_until_moving(eyes, STARTS_WITHIN_S)
            leave_course(operator, house)
            operator.wait_for_screen("course")
            operator.press("Escape")
            operator.wait_for_screen("home")
            if count % TELL_EVERY == 0:
                held.append(_look(house, display, count))
        return Growth(held)


def _look(house: House, display_name: str, courses: int) -> Held:
    process = Path("/proc", str(house.tv.pid))
    return Held(
        courses,
        resident_bytes(house.tv.pid) / 1e6,
        sum(1 for _ in (process / "task").iterdir()),
        _windows(display_name),
        sum(1 for _ in (process / "fd").iterdir()),
    )


def _windows(display_name: str) -> int:
    """All windows on the screen, shown or not."""
    display = Display(display_name)
    count, waiting = 0, [display.screen().root]
    while waiting:
        children = waiting.pop().query_tree().children
        count += len(children)
        waiting += children
    display.close()
    return count
