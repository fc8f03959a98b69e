"""How somebody wants to watch, kept from course to course and over restarts."""

import json

import pytest

from tvclient.playback.player_event import Track, TrackId
from tvclient.state.viewing_choices import COURSES_KEPT, ViewingChoices, kept_viewing

MANDARIN, CANTONESE = Track(TrackId(1), "chi", ""), Track(TrackId(2), "yue", "")
NAMELESS, NAMED = Track(TrackId(3), "", ""), Track(TrackId(4), "", "讲解")


def test_a_speed_holds_for_its_course_alone() -> None:
    choices = ViewingChoices().with_speed("5", 1.5)
    assert (choices.speed_of("5"), choices.speed_of("6")) == (1.5, 1.0)
    assert choices.with_speed("5", 1.0) == ViewingChoices()


def test_only_so_many_courses_are_remembered() -> None:
    choices = ViewingChoices()
    for course in range(COURSES_KEPT + 1):
        choices = choices.with_speed(str(course), 2.0)
    choices = choices.with_speed("1", 0.75)
    assert len(choices.speeds) == COURSES_KEPT
    assert (choices.speed_of("0"), choices.speed_of("1")) == (1.0, 0.75)


def test_a_dialect_is_found_again_however_its_code_is_spelt() -> None:
    choices = ViewingChoices().with_sound(Track(TrackId(9), "zh-CN", "讲课"))
    assert choices.sound_of((CANTONESE, MANDARIN)) == MANDARIN
    assert choices.sound_of((CANTONESE,)) is None


def test_without_a_choice_the_medias_own_sound_stays() -> None:
    assert ViewingChoices().sound_of((NAMELESS, MANDARIN)) is None
    assert ViewingChoices().with_sound(NAMELESS).sound_of((NAMELESS, MANDARIN)) is None


def test_a_track_without_a_language_is_known_by_its_name() -> None:
    assert ViewingChoices().with_sound(NAMED).sound_of((NAMELESS, NAMED)) == NAMED


def test_subtitles_once_wanted_come_in_the_language_chosen_else_in_any() -> None:
    choices = ViewingChoices().with_subtitle(MANDARIN)
    assert choices.subtitle_of((CANTONESE, MANDARIN)) == MANDARIN
    assert choices.subtitle_of((CANTONESE,)) == CANTONESE
    assert choices.subtitle_of(()) is None


def test_subtitles_switched_off_stay_off() -> None:
    choices = ViewingChoices().with_subtitle(MANDARIN).with_subtitle(None)
    assert choices.subtitle_of((MANDARIN,)) is None


def test_what_is_kept_is_read_again() -> None:
    choices = ViewingChoices().with_speed("5", 1.25).with_sound(CANTONESE).with_subtitle(MANDARIN)
    assert kept_viewing(json.loads(json.dumps(choices.as_kept()))) == choices


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "1.5",
        {"speeds": 3, "sound": [], "subtitle": 1, "subtitled": "yes"},
        {"speeds": [["5", 9.0], ["5"], [5, 1.5], ["5", "1.5"], None]},
    ],
)
def test_nonsense_is_forgotten(value: object) -> None:
    assert kept_viewing(value) == ViewingChoices()
