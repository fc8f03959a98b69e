"""The door for the catalogue: whole, in deltas, and not at all when nothing changed."""

import shutil
from pathlib import Path

import pytest
import requests

from municipal.imports.channels import import_channels
from municipal.imports.courses import import_courses
from municipal.media.thumbnails import Drawing
from study.thumbnails import sheet_paths
from tests.municipal.imports.test_courses import HEADER


@pytest.fixture
def stocked(city, clip: Path, tmp_path: Path):
    """Courses 1 and 2 in revision 1, channel L1 in revision 2."""
    shutil.copy(clip, city.media / "课 1.mp4")
    (tmp_path / "courses.csv").write_text(
        f"{HEADER}\n1,养猪,农科院,实用技术,,2026-11,1,第一讲,课 1.mp4,1 a.png\n"
        "2,礼仪,讲师团,文化,,,1,,课 1.mp4,\n"
    )
    (tmp_path / "channels.csv").write_text("channel_id,number,title,media\nL1,1,直播,课 1.mp4\n")
    import_courses(city.database, tmp_path / "courses.csv", city.media, False, city.clock())
    import_channels(city.database, tmp_path / "channels.csv", city.media, False, city.clock())
    return city


def get(city, since: object = 0, **headers: str) -> requests.Response:
    return requests.get(city.url + "/v1/catalogue", params={"since": str(since)}, headers=headers, timeout=10)


def test_the_whole_catalogue(stocked):
    reply = get(stocked).json()
    assert (reply["revision"], reply["since"], reply["full"], reply["removed"]) == (2, 0, True, [])
    first = reply["courses"][0]
    episode = first.pop("episodes")[0]
    assert first == {
        "course_id": "1",
        "title": "养猪",
        "producer": "农科院",
        "category": "实用技术",
        "topic": "",
        "monthly": "2026-11",
        "cover": "/covers/1%20a.png",
    }
    assert (episode["item_id"], episode["title"], episode["length_ms"]) == ("1.1", "第一讲", 4000)
    assert reply["channels"] == [
        {"channel_id": "L1", "number": 1, "title": "直播", "playlist": "/live/L1/index.m3u8"}
    ]


def test_the_media_path_leads_to_the_bytes_it_promises(stocked):
    episode = get(stocked).json()["courses"][0]["episodes"][0]
    media = requests.get(stocked.url + episode["media"], timeout=10)
    assert (media.status_code, len(media.content)) == (200, episode["bytes"])


def test_only_what_changed_after_a_revision_is_sent(stocked, tmp_path):
    delta = get(stocked, 1).json()
    assert (delta["full"], delta["since"], delta["courses"], len(delta["channels"])) == (False, 1, [], 1)
    (tmp_path / "courses.csv").write_text(f"{HEADER}\n2,礼仪(新),讲师团,文化,,,1,,课 1.mp4,\n")
    import_courses(stocked.database, tmp_path / "courses.csv", stocked.media, True, stocked.clock())
    delta = get(stocked, 2).json()
    assert (delta["revision"], [course["title"] for course in delta["courses"]]) == (3, ["礼仪(新)"])
    assert (delta["channels"], delta["removed"]) == ([], ["1"])


@pytest.mark.parametrize("since", [99, 10**30])
def test_a_revision_that_was_never_ours_gets_everything(stocked, since):
    assert get(stocked, since).json()["full"] is True


@pytest.mark.parametrize("since", [-1, "x", "1.5"])
def test_a_revision_that_is_no_number_is_400(stocked, since):
    assert get(stocked, since).status_code == 400


def test_what_a_box_has_already_is_not_sent_again(stocked):
    tag = get(stocked).headers["ETag"]
    again = get(stocked, **{"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert get(stocked, 1, **{"If-None-Match": tag}).status_code == 200


def test_what_lies_beside_an_episode_is_sent_only_where_it_is(stocked, tmp_path):
    cue = "1\n00:00:01,000 --> 00:00:02,000\n选料\n".encode("gb18030")
    (stocked.media / "课 1.srt").write_bytes(cue)
    before = get(stocked).json()["courses"][1]
    assert {"subtitles", "thumbnails"}.isdisjoint(before["episodes"][0])
    (tmp_path / "courses.csv").write_text(f"{HEADER},字幕\n1,养猪,农科院,技术,,,1,,课 1.mp4,,课 1.srt\n")
    draw = Drawing(stocked.media)
    import_courses(stocked.database, tmp_path / "courses.csv", stocked.media, False, stocked.clock(), draw)
    [episode] = get(stocked).json()["courses"][0]["episodes"]
    [subtitles] = episode["subtitles"]
    assert (subtitles["language"], subtitles["name"], subtitles["bytes"]) == ("zh", "中文", len(cue))
    assert requests.get(stocked.url + subtitles["path"], timeout=10).content == cue
    [sheet] = sheet_paths(episode["thumbnails"], episode["length_ms"])
    reply = requests.get(stocked.url + sheet, timeout=10)
    assert (reply.headers["Content-Type"], reply.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert get(stocked).json()["courses"][1] == before


def test_a_channel_with_an_address_is_sent_with_it(stocked, tmp_path):
    (tmp_path / "channels.csv").write_text(
        "channel_id,number,title,media,address\nL2,2,有线,,udp://@239.1.1.1:5000\n"
    )
    import_channels(stocked.database, tmp_path / "channels.csv", stocked.media, False, stocked.clock())
    assert [channel["playlist"] for channel in get(stocked).json()["channels"]] == [
        "/live/L1/index.m3u8",
        "udp://@239.1.1.1:5000",
    ]
