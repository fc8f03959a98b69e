"""What the playback benchmark says of what it has measured."""

import pytest

from bench.playback_bar import BarTimes
from bench.playback_eyes import is_black, is_red
from bench.playback_found import Found
from bench.playback_growth import Growth, Held
from bench.playback_sample import Sample


def sample(cores: float, seen_per_s: float = 25.0, lost: int = 0) -> Sample:
    return Sample(60.0, {"player": cores}, seen_per_s, {}, {"shown": 100, "lost": lost})


def values(found: Found) -> dict[str, float]:
    return {target.id: target.value for target in found.targets()}


def test_ratios_are_those_of_the_medians_and_other_films_bear_their_name() -> None:
    found = Found()
    found.films["1080p25"]["window"] = [sample(0.1), sample(0.9), sample(0.2)]
    found.films["1080p25"]["mpv"] = [sample(0.4)]
    found.films["live"] = {"window": [sample(0.3)], "libvlc": [sample(0.3)]}

    assert values(found) == pytest.approx(
        {"window_vs_mpv": 0.5, "window_vs_libvlc_live": 1.0, "lost_frames": 0}
    )


def test_who_shows_half_of_the_film_is_also_held_against_by_the_picture() -> None:
    found = Found()
    found.films["1080p25"] = {"window": [sample(0.1)], "kodi": [sample(1.0, 12.5)]}

    assert values(found)["window_vs_kodi"] == pytest.approx(0.1)
    assert found.as_json()["ratios_per_picture"] == {"1080p25": {"window_vs_kodi": 0.05}}


def test_one_lost_frame_in_one_round_is_told_also_with_the_bar() -> None:
    found = Found(bar=BarTimes([10.0, 20.0], {"shown": 9, "lost": 2}))
    found.films["720p25"]["window"] = [sample(0.1), sample(0.1, lost=1)]

    assert values(found)["lost_frames"] == 2


def test_the_texture_way_is_held_against_kivy_by_the_picture() -> None:
    found = Found()
    found.films["texture"] = {"texture": [sample(1.0, 25.0)], "kivy": [sample(1.0, 10.0)]}

    assert values(found)["texture_vs_kivy"] == pytest.approx(0.4)


def test_growth_is_counted_from_the_twentieth_course_and_what_is_left_from_the_least_before() -> None:
    held = [Held(0, 200, 13, 2, 9), Held(20, 270, 11, 2, 9), Held(200, 276, 12, 3, 9)]

    assert values(Found(growth=Growth(held))) == {"growth_200_mb": 6, "left_over": 2}


def test_the_red_of_the_film_is_told_from_other_colours() -> None:
    red, white, ink = b"\x00\x18\xff\x00", b"\xff\xff\xff\x00", b"\x14\x10\x20\x00"

    assert is_red(ink + red)
    assert not is_red(white + ink)


def test_black_is_told_from_the_film_and_from_a_panel() -> None:
    red, ink, black = b"\x00\x18\xff\x00", b"\x17\x12\x0e\x00", b"\x00\x00\x00\x00"

    assert is_black(red + black)
    assert not is_black(red + ink)
