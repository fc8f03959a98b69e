"""Catalogue replies, good, half good and senseless."""

from typing import Any

import pytest

from agent.errors import NonsenseError
from agent.records.delta import delta_of
from tests.fakes.fake_city import FakeCity


def reply(**more: Any) -> dict[str, Any]:
    city = FakeCity()
    city.add_course("5")
    whole = {"revision": 3, "since": 2, "full": False, "courses": city.courses, "channels": [], "removed": []}
    return {**whole, **more}


def test_a_delta_is_read() -> None:
    delta = delta_of(reply(removed=["7"]), 2)
    assert [course.course_id for course in delta.courses] == ["5"]
    assert (delta.revision, delta.full, delta.removed, delta.unreadable) == (3, False, ("7",), ())


@pytest.mark.parametrize(
    "change",
    [
        {"course_id": None},
        {"title": ""},
        {"episodes": []},
        {"episodes": "x"},
        {"cover": "http://elsewhere/x.png"},
        {"cover": "/covers/../../etc/passwd"},
        {"cover": "/covers/%2e%2e/x"},
    ],
)
def test_an_unreadable_course_is_set_aside_and_the_rest_goes_on(change: dict[str, Any]) -> None:
    good = reply()["courses"][0]
    delta = delta_of(reply(courses=[{**good, "course_id": "6", **change}, good]), 2)
    assert [course.course_id for course in delta.courses] == ["5"]
    assert len(delta.unreadable) == 1


def test_an_unreadable_episode_is_set_aside_and_the_course_goes_on() -> None:
    good = reply()["courses"][0]
    bad = {**good["episodes"][0], "length_ms": -1, "item_id": "5.2", "number": 2}
    delta = delta_of(reply(courses=[{**good, "episodes": [*good["episodes"], bad]}]), 2)
    assert [episode.item_id for episode in delta.courses[0].episodes] == ["5.1"]
    assert "5.2" in delta.unreadable[0]


def test_names_that_were_quoted_are_kept_unquoted() -> None:
    course = reply()["courses"][0]
    course["episodes"][0]["media"] = "/media/%E8%AF%BE%20100%25.mp4"
    [read] = delta_of(reply(courses=[course]), 2).courses
    assert read.episodes[0].media_path == "/media/课 100%.mp4"


@pytest.mark.parametrize(
    "senseless",
    [
        None,
        [],
        "<html>",
        {"revision": 3},
        reply(revision="x"),
        reply(since=1),
        reply(revision=1),
        reply(full=True, courses=[{"course_id": 1}]),
    ],
)
def test_senseless_replies_are_told_apart(senseless: object) -> None:
    with pytest.raises(NonsenseError):
        delta_of(senseless, 2)
