"""The course screen says what to go on with and what is missing before it counts."""

import pytest

from study.local_api import CourseReply, EpisodeReply
from tests.fakes.fake_agent import course, episode
from tvclient.screens.course_words import current_episode, episode_look, facts_line, study_words
from tvclient.widgets.episode_row import EpisodeState

LENGTH_MS = 1_000_000


def one(**other: object) -> EpisodeReply:
    return episode(5, 1, "第一讲", LENGTH_MS, **other)


def number_of(given: CourseReply) -> int:
    found = current_episode(given)
    assert found is not None
    return found["number"]


def test_goes_on_with_what_was_begun_else_with_the_first_not_finished() -> None:
    begun = episode(5, 2, "第二讲", LENGTH_MS, position_ms=5)
    assert number_of(course(5, "课", one(), begun)) == 2
    assert number_of(course(5, "课", one(done=True, position_ms=9), episode(5, 2, "二", LENGTH_MS))) == 2
    assert number_of(course(5, "课", one(done=True))) == 1
    assert current_episode(course(5, "课")) is None


def test_exactly_a_fifth_still_lacks_a_moment() -> None:
    given = course(5, "课", one())
    assert study_words(given, one(played_ms=200_000)).need == "计入学时还需 00:01"
    assert study_words(given, one(played_ms=200_001)).need == "已学够，待计入"
    assert study_words(given, one(played_ms=200_001, effective_ms=200_001)).need == "已计入学时"


def test_a_new_session_of_a_counted_course_begins_again() -> None:
    given = course(5, "课", one())
    assert study_words(given, one(counted=True)).need == "已计入学时"
    assert study_words(given, one(counted=True, played_ms=1_000)).need == "计入学时还需 03:20"


def test_an_unknown_length_promises_nothing() -> None:
    unknown = episode(5, 1, "第一讲", 0, played_ms=5_000, covered=[[0, 5_000]])
    words = study_words(course(5, "课", unknown), unknown)
    assert words.need == "" and words.stretches == ()


def test_stretches_are_parts_of_the_length() -> None:
    words = study_words(course(5, "课", one()), one(covered=[[0, 250_000], [900_000, 1_100_000]]))
    assert words.stretches == ((0.0, 0.25), (0.9, 1.0))


def test_facts_name_the_number_of_episodes_only_if_there_are_several() -> None:
    assert facts_line(course(5, "课", one())) == "17 分·实用技术"
    long = episode(5, 2, "第二讲", 8 * 3_600_000)
    assert facts_line(course(5, "课", one(), long)) == "共 2 集·8 小时 17 分·实用技术"


@pytest.mark.parametrize(
    ("facts", "current", "state"),
    [
        ({"position_ms": 5}, True, EpisodeState.STUDYING),
        ({}, True, EpisodeState.NOTHING),
        ({"counted": True}, True, EpisodeState.COUNTED),
        ({"counted": True, "position_ms": 5}, False, EpisodeState.COUNTED),
        ({"on_box": False}, False, EpisodeState.NEEDS_NETWORK),
    ],
)
def test_an_episode_says_the_one_thing_worth_knowing(facts, current, state) -> None:
    assert episode_look(one(**facts), current).state is state
