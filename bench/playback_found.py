"""Everything that bench/playback.py has measured, the targets in it, and its form in the JSON."""

import statistics
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from typing import Any

from bench.playback_bar import BarTimes
from bench.playback_films import MAIN
from bench.playback_growth import Growth
from bench.playback_open import OpenTimes
from bench.playback_sample import Sample
from bench.result import Target

Runs = dict[str, list[Sample]]
"""By player, one a round."""
LIMITS = {"libvlc": 1.15, "mpv": 0.75, "kodi": 0.1}
IDLE_CORE = 0.02
OURS = ("window", "bar")


@dataclass(slots=True)
class Found:
    """Grows while the benchmark runs; what was not asked for stays empty."""

    films: dict[str, Runs] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    bar: BarTimes | None = None
    opening: list[OpenTimes] = field(default_factory=list)
    growth: Growth | None = None

    def targets(self) -> list[Target]:
        """Medians over the rounds, but the worst of what must never happen; no ratio without its peer.

        Ratios of the main film have the plain names, those of the others the film's name behind.
        """
        found = [one for film, runs in self.films.items() for one in _film_targets(film, runs)]
        lost = [
            sample.frames["lost"]
            for runs in self.films.values()
            for player in OURS
            for sample in runs.get(player, [])
            if sample.frames is not None
        ]
        if self.bar is not None:
            lost.append(self.bar.frames["lost"])
            found.append(Target("bar_ms", self.bar.p95_ms, 100, "less"))
        if lost:
            found.append(Target("lost_frames", max(lost), 0, "less"))
        if self.opening:
            ratio = statistics.median(one.ratio for one in self.opening)
            found.append(Target("open_vs_mpv", ratio, 1.5, "less"))
        if self.growth is not None:
            found.append(Target("growth_200_mb", self.growth.growth_mb, 10, "less"))
            found.append(Target("left_over", self.growth.left_over, 0, "less"))
        return found

    def as_json(self) -> dict[str, Any]:
        films = {
            film: {player: [sample.as_json() for sample in samples] for player, samples in runs.items()}
            for film, runs in self.films.items()
        }
        return {
            "runs": films,
            "ratios_per_picture": {film: _by_the_picture(runs) for film, runs in self.films.items()},
            "bar_ms": self.bar and {"p50": statistics.median(self.bar.ms), **asdict(self.bar)},
            "opening_ms": [asdict(one) for one in self.opening],
            "growth": self.growth and self.growth.as_json(),
        }


def _film_targets(film: str, runs: Runs) -> list[Target]:
    behind = "" if film in (MAIN.name, "texture") else f"_{film}"
    cores = {name: statistics.median(one.total for one in ones) for name, ones in runs.items()}
    found = []
    for peer, limit in LIMITS.items():
        if "window" in cores and peer in cores:
            found.append(Target(f"window_vs_{peer}{behind}", cores["window"] / cores[peer], limit, "less"))
    if "bar" in cores:
        found.append(Target(f"bar_vs_plain{behind}", cores["bar"] / cores["window"], 1.5, "less"))
    if "home" in cores:
        found.append(Target("idle_core", cores["home"], IDLE_CORE, "less"))
    if {"texture", "kivy"} <= set(runs):
        ratio = _per_picture(runs["texture"]) / _per_picture(runs["kivy"])
        found.append(Target("texture_vs_kivy", ratio, 0.7, "less"))
    return found


def _by_the_picture(runs: Runs) -> dict[str, float]:
    """The window's processor time over a peer's for each picture that was seen: where a peer shows only some
    of the film's, the plain ratio flatters it."""
    if "window" not in runs:
        return {}
    window, peers = _per_picture(runs["window"]), LIMITS.keys() & runs.keys()
    return {f"window_vs_{peer}": round(window / _per_picture(runs[peer]), 4) for peer in sorted(peers)}


def _per_picture(samples: list[Sample]) -> float:
    return statistics.median(sample.per_picture for sample in samples)
