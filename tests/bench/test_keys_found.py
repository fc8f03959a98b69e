"""What the benchmark of the keys says of what it has measured."""

import pytest

from bench.keys_answer import Answer, held_of
from bench.keys_found import Found, Shown
from bench.keys_growth import Growth, Held
from bench.keys_walked import Walked
from bench.keys_walks import MENU, SETTINGS, TIMED
from bench.playback_sample import Sample

SCREENS = [walk.name for walk in TIMED]


def walked(first_ms: float | None, rest_ms: float | None) -> Walked:
    return Walked([Answer(first_ms, rest_ms)] * 100, held_of([], 0, 5000))


def shown(walks: dict[str, Walked | str], start_ms: float = 1000, **resident_mb: float) -> Shown:
    named = {"tv": "zhanxue-tv", "agent": "zhanxue-agent", "kodi": "kodi.bin"}
    memory = {named[name]: mb for name, mb in resident_mb.items()}
    return Shown(start_ms, walks, Sample(15.0, {"Xvfb": 0.004, "zhanxue-tv": 0.01}, 0.0, memory))


def kodi(first_ms: float = 50, rest_ms: float = 400) -> Shown:
    return shown({MENU: walked(first_ms, rest_ms), SETTINGS: walked(40, 100)}, 5000, kodi=400)


def ours(**walks: Walked | str) -> Shown:
    absent = dict.fromkeys(SCREENS, "not there")
    return shown({**absent, **walks}, tv=150, agent=50)


def values(found: Found) -> dict[str, float]:
    return {target.id: target.value for target in found.targets()}


def test_each_screen_is_held_against_the_list_of_kodi_that_it_stands_beside() -> None:
    found = Found([ours(home=walked(20, 100), list=walked(10, 25))], [kodi()])

    assert values(found) == pytest.approx(
        {
            "first_p95_vs_kodi_home": 0.4,
            "first_p95_vs_kodi_list": 0.25,
            "rest_p95_vs_kodi_home": 0.25,
            "rest_p95_vs_kodi_list": 0.25,
            "cold_start_vs_kodi": 0.2,
            "rss_vs_kodi": 0.375,
            "rss_with_agent_vs_kodi": 0.5,
            "idle_core": 0.014,
        }
    )


def test_the_plain_ratio_is_of_all_keys_once_all_screens_are_there() -> None:
    walks = dict.fromkeys(SCREENS, walked(10, 20))
    found = Found([ours(**{**walks, "search": walked(32, 80)})], [kodi()])

    assert values(found)["first_p95_vs_kodi"] == pytest.approx(32 / 50)
    assert values(found)["rest_p95_vs_kodi"] == pytest.approx(80 / 400)
    assert values(found)["rest_p95_vs_kodi_search"] == pytest.approx(0.8)


def test_a_screen_that_was_missing_in_one_round_has_no_ratio() -> None:
    found = Found([ours(home=walked(20, 100)), ours()], [kodi(), kodi()])

    assert not any("p95" in name for name in values(found))


def test_nothing_is_said_without_kodi_but_of_ourselves() -> None:
    assert set(values(Found([ours(home=walked(20, 100))]))) == {"idle_core"}


def test_ratios_are_those_of_the_medians_over_the_rounds() -> None:
    rounds = [ours(home=walked(ms, ms)) for ms in (10, 20, 900)]

    assert values(Found(rounds, [kodi()] * 3))["first_p95_vs_kodi_home"] == pytest.approx(0.4)


def test_a_key_without_an_answer_counts_as_the_longest_wait_and_is_told() -> None:
    dead = walked(None, None)

    assert dead.first_ms[0] == dead.rest_ms[0] == 2000
    assert dead.as_json()["unanswered"] == 100


def test_growth_is_counted_from_when_every_screen_was_there_once() -> None:
    growth = Growth([Held(0, 150.0), Held(5_000, 170.0), Held(10_000, 156.5)], ["home"])

    assert values(Found(growth=growth)) == {"growth_10k_keys_mb": 6.5}
