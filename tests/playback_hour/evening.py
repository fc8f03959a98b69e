"""The whole run: a station, its television, the script at the remote, the sampler at the screen."""

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from demo.display import virtual_display
from tests.playback_hour.account import account_of
from tests.playback_hour.film import make_film
from tests.playback_hour.result import Hour
from tests.playback_hour.script import Viewer
from tests.playback_hour.station import recorded_plays, station, television
from tests.playback_hour.truth import read_sights, runs_of, spread

ROOT = Path(__file__).parents[2]
FILMS = ROOT / "build" / "playback-hour"
COURSES = 4
FILM_S_MIN, FILM_S_MAX = 120, 480


def spend(minutes: float, seed: int, folder: Path, tell: Callable[[str], None]) -> Hour:
    """Watch for so long and hold the record against the screen; what it leaves lies in `folder`."""
    load = os.getloadavg()
    film_s = max(FILM_S_MIN, min(FILM_S_MAX, int(minutes * 60)))
    film = FILMS / f"film-{film_s}.mp4"
    make_film(film, film_s)
    sights = folder / "sights.txt"
    with virtual_display(folder / "xvfb.log") as display:
        house = station(folder, film, COURSES, display)
        try:
            with sampler(display, sights), television(house, display) as (operator, remote):
                viewer = Viewer(house, operator, remote, film_s, COURSES, random.Random(seed), tell)
                viewer.watch(minutes * 60)
        finally:
            house.stop()
    seen = read_sights(sights)
    runs = runs_of(seen)
    accounts = [account_of(play, runs, viewer.deeds) for play in recorded_plays(house)]
    return Hour(minutes, seed, accounts, viewer.deeds, spread(seen), load)


@contextmanager
def sampler(display: str, sights: Path) -> Iterator[None]:
    """The sampler's process, for as long as this lasts."""
    command = [sys.executable, "-m", "tests.playback_hour.sampler", display, str(sights)]
    with subprocess.Popen(command, cwd=ROOT) as eye:
        try:
            yield
        finally:
            eye.terminate()
