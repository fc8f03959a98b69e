"""Playback on the real television beside bare libVLC, mpv, Kodi and Kivy's own Video on one Xvfb.

`--only` takes some of PARTS, `--seconds` measures each playback shorter or longer, `--rounds` how often;
with any of them the figures go into a file of their own, build/bench/playback_part.json.
"""

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.playback_bar import TIMES, measure_bar
from bench.playback_films import ALL, FAST, FILMS, MAIN, SMALL, Film, make
from bench.playback_found import Found
from bench.playback_growth import COURSES, measure_growth
from bench.playback_house import on_the_air, stocked_house
from bench.playback_open import OpenTimes, measure_new_mpv, measure_television, measure_waiting_mpv
from bench.playback_ours import Named, measure_channel, measure_course, measure_rest, measure_texture
from bench.playback_peers import Peer, kivy, kodi, libvlc, measure_peer, mpv, there
from bench.result import write_result
from demo.display import virtual_display
from demo.house import House

ROUNDS = 3
MAIN_S, OTHER_S = 60.0, 15.0
LIVE, TEXTURE, BAR, OPEN, GROWTH = "live", "texture", "bar", "open", "growth"
PARTS = (MAIN.name, FAST.name, SMALL.name, LIVE, TEXTURE, BAR, OPEN, GROWTH)
SPARE_COURSES = 10


@dataclass(frozen=True, slots=True)
class Options:
    """What is measured: which parts, how often, and how long if not as long as each part has it."""

    parts: tuple[str, ...]
    rounds: int
    seconds: float | None

    def seconds_of(self, part: str) -> float:
        return self.seconds or (MAIN_S if part == MAIN.name else OTHER_S)

    @property
    def everything(self) -> bool:
        return self == Options(PARTS, ROUNDS, None)


@dataclass(frozen=True, slots=True)
class Room:
    """One X server for all, a stocked box, the peers that can be run here, and courses nobody has seen.

    A course that was begun would go on where it was left; the peers start at the beginning.
    """

    options: Options
    house: House
    display: str
    folder: Path
    peers: dict[str, Peer]
    unseen: dict[Film, Iterator[int]]

    def measure_round(self, found: Found, turn: int) -> None:
        """Everybody once, one after the other."""
        for part in PARTS[: PARTS.index(BAR)]:
            if part in self.options.parts:
                for name, sample in self._players_of(part):
                    found.films[part][name].append(sample)
                    print(f"round {turn} {part:8} {name:8} {sample.as_json()}", flush=True)
        if OPEN in self.options.parts and "mpv" in self.peers:
            found.opening.append(self._opening())
            print(f"round {turn} {OPEN:8} {found.opening[-1]}", flush=True)

    def measure_once(self, found: Found) -> None:
        """What has no peer and is a row of its own."""
        if BAR in self.options.parts:
            found.bar = measure_bar(self.house, self.display, next(self.unseen[MAIN]))
        if GROWTH in self.options.parts:
            courses = [next(self.unseen[MAIN]) for _ in range(SPARE_COURSES)]
            found.growth = measure_growth(self.house, self.display, courses)

    def _players_of(self, part: str) -> Iterator[Named]:
        seconds = self.options.seconds_of(part)
        if part == LIVE:
            with on_the_air(self.house) as playlist:
                yield from measure_channel(self.house, self.display, seconds)
                yield from self._peers(playlist, seconds, "libvlc", "mpv")
        elif part == TEXTURE:
            yield measure_texture(self.house, self.display, next(self.unseen[MAIN]), seconds)
            yield from self._peers(str(MAIN.path), seconds, "kivy")
        else:
            film = next(film for film in ALL if film.name == part)
            whole = film is MAIN
            if whole:
                yield measure_rest(self.house, self.display)
            course = next(self.unseen[film])
            yield from measure_course(self.house, self.display, course, seconds, bar=whole)
            names = ("libvlc", "mpv", "kodi") if whole else ("libvlc", "mpv")
            yield from self._peers(str(film.path), seconds, *names)

    def _peers(self, url: str, seconds: float, *names: str) -> Iterator[Named]:
        for name in names:
            if name in self.peers:
                try:
                    yield name, measure_peer(self.peers[name], url, self.display, seconds)
                except RuntimeError as error:
                    print(f"{name} did not play, so this round says nothing about it: {error}", flush=True)

    def _opening(self) -> OpenTimes:
        return OpenTimes(
            measure_television(self.house, self.display, next(self.unseen[MAIN])),
            measure_waiting_mpv(MAIN.path, self.folder, self.display),
            measure_new_mpv(MAIN.path, self.display),
        )


def run(options: Options, folder: Path) -> Found:
    found = Found()
    peers = there(_wanted(options), folder)
    shelf, unseen = _shelf(options.rounds)
    with virtual_display(folder / "xvfb.log") as display:
        house = stocked_house(folder, shelf, MAIN.path, display)
        room = Room(options, house, display, folder, peers, unseen)
        for turn in range(1, options.rounds + 1):
            room.measure_round(found, turn)
        room.measure_once(found)
    return found


def _wanted(options: Options) -> Iterator[Callable[[Path], Peer]]:
    yield from (libvlc, mpv)
    if MAIN.name in options.parts:
        yield kodi
    if TEXTURE in options.parts:
        yield kivy


def _shelf(rounds: int) -> tuple[dict[int, Path], dict[Film, Iterator[int]]]:
    """Course numbers with their files, and for each film its numbers, enough for all rounds."""
    shelf: dict[int, Path] = {}
    unseen = {}
    for film, count in ((MAIN, 3 * rounds + 1 + SPARE_COURSES), (FAST, rounds), (SMALL, rounds)):
        numbers = range(len(shelf) + 1, len(shelf) + 1 + count)
        shelf |= dict.fromkeys(numbers, film.path)
        unseen[film] = iter(numbers)
    return shelf, unseen


def read_options() -> Options:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seconds", type=float)
    given = parser.parse_args()
    return Options(tuple(given.only), given.rounds, given.seconds)


def main() -> None:
    options = read_options()
    for film in ALL:
        make(film)
    load_before = os.getloadavg()
    with tempfile.TemporaryDirectory(dir=FILMS) as folder:
        found = run(options, Path(folder))
    raw = {
        "films": {film.name: str(film) for film in ALL} | {LIVE: f"HLS of the city with {MAIN.name}"},
        "measured_s": {part: options.seconds_of(part) for part in PARTS[: PARTS.index(BAR)]},
        "measured": (
            "cores: all processes of the player, X server and agent included; seen_per_s: changes of the "
            "film's frame counter in screen grabs, just after; frames: the player's own count; "
            "ms_per_picture, ratios_per_picture: processor time over pictures seen; "
            f"bar_ms: X key event to bar in a screen grab, p95 of {TIMES}; "
            "opening: X key event of OK on the course's page, or loadfile to an idle mpv, or start of a new "
            "mpv, to first frame in a screen grab, of a file on the same disk; "
            f"growth: {COURSES} courses by keys, from home to the moving picture and back"
        ),
        **found.as_json(),
    }
    name = "playback" if options.everything else "playback_part"
    write_result(name, options.rounds, load_before, found.targets(), raw)


if __name__ == "__main__":
    main()
