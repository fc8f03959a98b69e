"""The remote's keys on the real television beside Kodi on one Xvfb, with 21,400 courses.

`--only` takes some of PARTS, `--keys` and `--rounds` measure less; with any of them the figures go into a
file of their own, build/bench/keys_part.json.
"""

import argparse
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.keys_answer import REST_MS, WITHIN_MS
from bench.keys_catalogue import COURSES, COVERS
from bench.keys_found import Found, Shown
from bench.keys_growth import KEYS as GROWTH_KEYS
from bench.keys_growth import measure_growth
from bench.keys_house import large_house
from bench.keys_kodi import kodi_with_keys, measure_kodi
from bench.keys_ours import measure_start, measure_walks
from bench.keys_search import measure_search
from bench.keys_watch import Watch
from bench.playback_peers import Peer, there
from bench.result import FOLDER, write_result
from demo.display import virtual_display
from demo.house import House

ROUNDS, KEYS = 3, 100
OURS, KODI, GROWTH, SEARCH = "ours", "kodi", "growth", "search"
PARTS = (OURS, KODI, GROWTH, SEARCH)


@dataclass(frozen=True, slots=True)
class Options:
    """What is measured: which parts, how often, and how many keys of each walk."""

    parts: tuple[str, ...]
    rounds: int
    keys: int

    @property
    def everything(self) -> bool:
        return self == Options(PARTS, ROUNDS, KEYS)


def run(options: Options, folder: Path) -> Found:
    found = Found()
    peers = there([kodi_with_keys] if KODI in options.parts else [], folder)
    with virtual_display(folder / "xvfb.log") as display, Watch(display) as watch:
        house = large_house(folder, display)
        try:
            _warm(peers, display, watch)
            for turn in range(1, options.rounds + 1):
                _measure_round(options, house, peers, display, watch, found)
                _say(turn, found)
            if GROWTH in options.parts:
                found.growth = measure_growth(house, display)
        finally:
            house.stop()
    if SEARCH in options.parts:
        found.search = measure_search()
    return found


def _warm(peers: dict[str, Peer], display: str, watch: Watch) -> None:
    """Kodi's first start makes its profile: that is no start as it is every day."""
    for peer in peers.values():
        measure_kodi(peer, display, watch, 2)


def _measure_round(
    options: Options, house: House, peers: dict[str, Peer], display: str, watch: Watch, found: Found
) -> None:
    """Both, one after the other."""
    if OURS in options.parts:
        start_ms = measure_start(house, display, watch)
        found.ours.append(Shown(start_ms, *measure_walks(house, display, watch, options.keys)))
    for peer in peers.values():
        found.kodi.append(Shown(*measure_kodi(peer, display, watch, options.keys)))


def _say(turn: int, found: Found) -> None:
    for name, ones in ((OURS, found.ours), (KODI, found.kodi)):
        if ones:
            print(f"round {turn} {name:5} {ones[-1].as_json()}", flush=True)


def read_options() -> Options:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--keys", type=int, default=KEYS)
    given = parser.parse_args()
    return Options(tuple(given.only), given.rounds, given.keys)


def main() -> None:
    options = read_options()
    FOLDER.mkdir(parents=True, exist_ok=True)
    load_before = os.getloadavg()
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        found = run(options, Path(folder))
    raw = {
        "courses": COURSES,
        "covers": COVERS,
        "keys_of_each_walk": options.keys,
        "measured": (
            "first_ms: X key event to the first changed pixel; rest_ms: to the last one before "
            f"{REST_MS:g} ms without any; by the X server's own time of drawing, pixels compared in grabs "
            f"through MIT-SHM; a key without an answer counts as {WITHIN_MS:g} ms; held: a key held for 5 s, "
            "pictures until its release and after it; start_ms: start of the process to the first changed "
            "pixel of the first key that does something, of the television with the agent running, of Kodi "
            "with a profile; resident_mb: the television, alone and with the agent, beside kodi.bin; "
            "rest: home or main menu; "
            f"growth: {GROWTH_KEYS} keys over all screens there are, from when each was there once"
        ),
        **found.as_json(),
    }
    name = "keys" if options.everything else "keys_part"
    write_result(name, options.rounds, load_before, found.targets(), raw)


if __name__ == "__main__":
    main()
