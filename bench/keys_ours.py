"""Our television as bench/keys.py measures it: its start, its walks, and what it takes meanwhile."""

import time
from collections.abc import Sequence
from itertools import cycle, islice

from bench.keys_start import FIRST_TRIES_MS, answers_after_ms
from bench.keys_walked import Walked, walk
from bench.keys_walks import TIMED, Walk
from bench.keys_watch import Watch, now_ms
from bench.keys_way import NotThereError, go
from bench.playback_peers import WARM_S
from bench.playback_sample import Sample, take_sample
from bench.television import television
from demo.display import RemoteAndEyes
from demo.house import House

AGENT_SETTLES_S = 4.0
REST_S = 15.0


def measure_start(house: House, display: str, watch: Watch) -> float:
    """Milliseconds from the start of the television's process, the least of several; the agent is a service
    that runs already."""
    house.tv = house.television()
    try:
        house.start_agent()
        time.sleep(AGENT_SETTLES_S)
        return min(_start_ms(house, display, watch, first_try_ms) for first_try_ms in FIRST_TRIES_MS)
    finally:
        house.agent.stop()


def _start_ms(house: House, display: str, watch: Watch, first_try_ms: float) -> float:
    try:
        with RemoteAndEyes(display) as remote:
            began_ms = now_ms()
            house.start_tv()
            return answers_after_ms(watch, remote, "Down", "Up", began_ms, first_try_ms)
    finally:
        house.tv.stop()


def measure_walks(
    house: House, display: str, watch: Watch, keys: int, walks: Sequence[Walk] = TIMED
) -> tuple[dict[str, Walked | str], Sample]:
    """What came of each walk by its name, or why it could not be walked; then the home screen at rest."""
    found: dict[str, Walked | str] = {}
    with television(house, display) as operator, RemoteAndEyes(display) as remote:
        for one in walks:
            try:
                go(operator, one)
            except NotThereError as error:
                found[one.name] = f"not there: {error}"
            else:
                found[one.name] = walk(watch, remote, islice(cycle(one.keys), keys), one.held)
        operator.press("Home")
        operator.wait_for_screen("home")
        time.sleep(WARM_S)
        return found, take_sample(remote, REST_S, look=False)
