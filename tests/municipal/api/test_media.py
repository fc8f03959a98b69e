"""Media over HTTP with Range, as libVLC and the agent ask for it."""

import pytest
import requests


@pytest.fixture
def media(city) -> str:
    (city.media / "a.mp4").write_bytes(bytes(range(200)))
    (city.media.parent / "secret").write_text("x")
    return city.url + "/media/a.mp4"


def get(url: str, **headers: str) -> requests.Response:
    return requests.get(url, headers=headers, timeout=10)


@pytest.mark.parametrize(
    ("asked", "start", "end"), [("bytes=0-", 0, 200), ("bytes=5-9", 5, 10), ("bytes=-7", 193, 200)]
)
def test_a_range_is_answered_with_exactly_its_bytes(media, asked, start, end):
    reply = get(media, Range=asked)
    assert (reply.status_code, reply.content) == (206, bytes(range(start, end)))
    assert reply.headers["Content-Range"] == f"bytes {start}-{end - 1}/200"


def test_without_a_range_everything_comes_and_ranges_are_offered(media):
    reply = get(media)
    assert (reply.status_code, reply.headers["Accept-Ranges"], len(reply.content)) == (200, "bytes", 200)
    assert reply.headers["Content-Type"] == "video/mp4"


def test_a_range_of_a_file_that_changed_meanwhile_comes_whole(media):
    assert get(media, Range="bytes=5-9", **{"If-Range": '"another"'}).status_code == 200
    tag = get(media).headers["ETag"]
    assert get(media, Range="bytes=5-9", **{"If-Range": tag}).status_code == 206


def test_a_range_behind_the_end_is_416(media):
    assert get(media, Range="bytes=200-").status_code == 416


@pytest.mark.parametrize("asked", ["bytes=x", "lines=1-2", "bytes=9-5", "bytes=" + "0-1," * 500])
def test_an_odd_range_is_no_500(media, asked):
    assert get(media, Range=asked).status_code in (200, 206, 400, 416)


@pytest.mark.parametrize(
    "path", ["/media/none.mp4", "/media/%2e%2e/secret", "/media/..%2fsecret", "/media/%00"]
)
def test_nothing_outside_the_folder_is_served(media, city, path):
    assert get(city.url + path).status_code == 404


def test_a_missing_cover_is_told_in_words(city):
    reply = get(city.url + "/covers/none.png")
    assert (reply.status_code, reply.json()) == (404, {"code": "not_found", "words": "没有找到所要的内容。"})
