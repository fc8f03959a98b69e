"""What 10,000 keys over all screens leave behind in the real television."""

import time
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from typing import Any

from bench.keys_walks import WALKS, Walk
from bench.keys_way import NotThereError, go
from bench.processor import resident_bytes
from bench.television import television
from demo.display import RemoteAndEyes
from demo.events import EventFile
from demo.house import House
from demo.operator import Operator

KEYS = 10_000
A_VISIT = 100
"""Keys on one screen, then comes the next."""
FINGER_S = 0.02
"""Down for so long, and up for so long: as fast as a hasty person, so that some keys meet one under way."""
ANSWERED_WITHIN_S = 30.0
SETTLES_S = 3.0


@dataclass(frozen=True, slots=True)
class Held:
    """What the television holds at home, after so many keys."""

    keys: int
    resident_mb: float


@dataclass(frozen=True, slots=True)
class Growth:
    """From when every screen was there once to after the last key."""

    held: list[Held]
    screens: list[str]

    @property
    def growth_mb(self) -> float:
        return self.held[-1].resident_mb - self.held[0].resident_mb

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def measure_growth(house: House, display: str, keys: int = KEYS) -> Growth:
    """Screen after screen, over and over; a screen that is not there is left out."""
    with television(house, display) as operator, RemoteAndEyes(display) as remote:
        walks = [one for one in WALKS if _visited(operator, remote, house, one)]
        held = [_look(operator, house, 0)]
        pressed = 0
        for one in cycle(walks):
            _visit(operator, remote, house, one)
            pressed += A_VISIT
            if pressed % (A_VISIT * len(walks)) == 0 or pressed >= keys:
                held.append(_look(operator, house, pressed))
            if pressed >= keys:
                return Growth(held, [walk.name for walk in walks])
    raise AssertionError("no screen at all")


def _visited(operator: Operator, remote: RemoteAndEyes, house: House, walk: Walk) -> bool:
    try:
        _visit(operator, remote, house, walk)
    except NotThereError:
        return False
    return True


def _visit(operator: Operator, remote: RemoteAndEyes, house: House, walk: Walk) -> None:
    go(operator, walk)
    events = EventFile(house.events)
    before = _real_presses(events)
    for key in islice(cycle(walk.keys), A_VISIT):
        for move in (remote.down, remote.up):
            move(key)
            time.sleep(FINGER_S)
    operator.wait(
        lambda: _real_presses(events) >= before + A_VISIT,
        f"on {walk.name} not all keys arrived",
        ANSWERED_WITHIN_S,
    )


def _real_presses(events: EventFile) -> int:
    return sum(press["repeat"] == 0 for press in events.presses())


def _look(operator: Operator, house: House, keys: int) -> Held:
    operator.press("Home")
    operator.wait_for_screen("home")
    time.sleep(SETTLES_S)
    return Held(keys, resident_bytes(house.tv.pid) / 1e6)
