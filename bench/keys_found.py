"""Everything that bench/keys.py has measured, the targets in it, and its form in the JSON."""

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.keys_answer import p95
from bench.keys_growth import Growth
from bench.keys_kodi import PROGRAM
from bench.keys_walked import Walked
from bench.keys_walks import TIMED, Walk
from bench.playback_sample import Sample
from bench.result import Target

OURS, WITH_AGENT = ("zhanxue-tv",), ("zhanxue-tv", "zhanxue-agent")
FIRST, REST = "first_p95_vs_kodi", "rest_p95_vs_kodi"
LIMITS = {FIRST: 0.6, REST: 0.35}


@dataclass(frozen=True, slots=True)
class Shown:
    """One round of a program: the milliseconds of its start, its walks by name, itself at rest.

    A walk that could not be walked is a sentence that says why.
    """

    start_ms: float
    walks: Mapping[str, Walked | str]
    rest: Sample

    def resident_mb(self, programs: Iterable[str]) -> float:
        return sum(self.rest.resident_mb[name] for name in programs)

    def as_json(self) -> dict[str, Any]:
        walks = {name: one if isinstance(one, str) else one.as_json() for name, one in self.walks.items()}
        return {"start_ms": round(self.start_ms, 1), "walks": walks, "rest": self.rest.as_json()}


@dataclass(slots=True)
class Found:
    """Grows while the benchmark runs; what was not asked for stays empty."""

    ours: list[Shown] = field(default_factory=list)
    kodi: list[Shown] = field(default_factory=list)
    growth: Growth | None = None
    search: Target | None = None

    def targets(self) -> list[Target]:
        """Medians over the rounds; no ratio without its peer, and none of a screen that is not there.

        A ratio with a screen's name behind is of that screen's keys, over those of the list of Kodi's that
        it stands beside. The plain name is of all our keys over all of Kodi's, once all screens are there.
        """
        found: list[Target] = []
        if self.ours and self.kodi:
            found += _answer_targets(self.ours, self.kodi)
            start = _median(one.start_ms for one in self.ours) / _median(one.start_ms for one in self.kodi)
            found.append(Target("cold_start_vs_kodi", start, 0.5, "less"))
            kodi_mb = _median(one.resident_mb([PROGRAM]) for one in self.kodi)
            for name, programs in (("rss_vs_kodi", OURS), ("rss_with_agent_vs_kodi", WITH_AGENT)):
                own_mb = _median(one.resident_mb(programs) for one in self.ours)
                found.append(Target(name, own_mb / kodi_mb, 1, "less"))
        if self.ours:
            idle = _median(one.rest.total for one in self.ours)
            found.append(Target("idle_core", idle, 0.02, "less"))
        if self.growth is not None:
            found.append(Target("growth_10k_keys_mb", self.growth.growth_mb, 10, "less"))
        if self.search is not None:
            found.append(self.search)
        return found

    def as_json(self) -> dict[str, Any]:
        return {
            "ours": [one.as_json() for one in self.ours],
            "kodi": [one.as_json() for one in self.kodi],
            "growth": self.growth and self.growth.as_json(),
            "search_ms": self.search.value if self.search else "not there",
        }


def _answer_targets(ours: Sequence[Shown], kodi: Sequence[Shown]) -> list[Target]:
    found = []
    for name, ms in (
        (FIRST, lambda walked: walked.first_ms),
        (REST, lambda walked: walked.rest_ms),
    ):
        ratios = {walk.name: _ratio(walk, ours, kodi, ms) for walk in TIMED}
        there = {screen: ratio for screen, ratio in ratios.items() if ratio is not None}
        found += [Target(f"{name}_{screen}", ratio, LIMITS[name], "less") for screen, ratio in there.items()]
        if len(there) == len(ratios):
            found.append(Target(name, _p95_of_all(ours, ms) / _p95_of_all(kodi, ms), LIMITS[name], "less"))
    return found


def _p95_of_all(shown: Sequence[Shown], ms: Callable[[Walked], Sequence[float]]) -> float:
    rounds = ([one for one in round_.walks.values() if isinstance(one, Walked)] for round_ in shown)
    return _median(p95([value for walked in round_ for value in ms(walked)]) for round_ in rounds)


def _ratio(
    walk: Walk, ours: Sequence[Shown], kodi: Sequence[Shown], ms: Callable[[Walked], Sequence[float]]
) -> float | None:
    own = [one.walks.get(walk.name) for one in ours]
    peer = [one.walks.get(walk.beside or "") for one in kodi]
    if not all(isinstance(one, Walked) for one in (*own, *peer)):
        return None
    own_p95, peer_p95 = (
        _median(p95(ms(one)) for one in walks if isinstance(one, Walked)) for walks in (own, peer)
    )
    return own_p95 / peer_p95


def _median(values: Iterable[float]) -> float:
    return statistics.median(values)
