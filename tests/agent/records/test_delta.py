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


def beside(**more: Any) -> dict[str, Any]:
    city = FakeCity()
    city.add_course("5")
    city.add_beside("5")
    city.courses[0]["episodes"][0] |= more
    return reply(courses=city.courses)


def test_what_lies_beside_an_episode_is_read() -> None:
    [episode] = delta_of(beside(), 2).courses[0].episodes
    assert [(each.name, each.path) for each in episode.subtitles] == [("中文", "/media/5.srt")]
    assert episode.thumbnails == "/media/thumbnails/5"


SUBTITLES = beside()["courses"][0]["episodes"][0]["subtitles"][0]


@pytest.mark.parametrize(
    "change",
    [
        {"subtitles": None},
        {"subtitles": "x"},
        {"subtitles": [SUBTITLES] * 51},
        {"subtitles": [None]},
        {"subtitles": [{**SUBTITLES, "path": "/media/5.mp4"}]},
        {"subtitles": [{**SUBTITLES, "path": "/media/../x.srt"}]},
        {"subtitles": [{**SUBTITLES, "path": "http://elsewhere/x.srt"}]},
        {"subtitles": [{**SUBTITLES, "bytes": 2 * 1024 * 1024}]},
        {"subtitles": [{**SUBTITLES, "sha256": ""}]},
        {"subtitles": [{**SUBTITLES, "name": "中\n文"}]},
        {"thumbnails": None},
        {"thumbnails": "thumbnails/5"},
        {"thumbnails": "/media/%2e%2e/x"},
        {"thumbnails": ["/media/x"]},
    ],
)
def test_what_cannot_be_read_beside_an_episode_never_costs_the_episode(change: dict[str, Any]) -> None:
    delta = delta_of(beside(**change), 2)
    [episode] = delta.courses[0].episodes
    assert len(delta.unreadable) == 1
    assert "5.1" in delta.unreadable[0]
    assert (episode.subtitles == ()) is ("subtitles" in change)
    assert (episode.thumbnails == "") is ("thumbnails" in change)


def channel(playlist: object) -> dict[str, Any]:
    return {"channel_id": "L2", "number": 2, "title": "有线", "playlist": playlist}


@pytest.mark.parametrize(
    "address", ["/live/L2/index.m3u8", "udp://@239.1.1.1:5000", "https://tv.example.cn/%E7%9B%B4.m3u8"]
)
def test_a_channel_has_a_path_or_a_full_address(address: str) -> None:
    delta = delta_of(reply(channels=[channel(address)]), 2)
    assert [read.address for read in delta.channels] == [address]


@pytest.mark.parametrize(
    "address",
    [
        "",
        None,
        "live/L2",
        "//elsewhere/x",
        "file:///etc/passwd",
        "smb://server/x",
        "javascript:alert(1)",
        "udp://@239.1.1.1:5000 --x",
        "http://a/\nb",
        "rtsp://admin:12345@10.0.0.9/1",
        "udp://@239.1.1.1",
    ],
)
def test_a_channel_with_another_address_is_set_aside_and_the_rest_goes_on(address: object) -> None:
    delta = delta_of(reply(channels=[channel(address), channel("rtp://@:5004") | {"channel_id": "L3"}]), 2)
    assert [read.channel_id for read in delta.channels] == ["L3"]
    assert len(delta.unreadable) == 1
    assert "12345" not in delta.unreadable[0]
