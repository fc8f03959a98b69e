"""What home in large mode offers."""

from study.local_api import HomeReply
from tests.fakes.fake_agent import article_tile, channel, row, tile
from tvclient.screens.home_large import courses_of


def reply(*rows: tuple[str, tuple[int, ...]]) -> HomeReply:
    return {"rows": [row(name, name, *(tile(n, f"课程{n}") for n in numbers)) for name, numbers in rows]}


def numbers(found: HomeReply) -> list[str]:
    return [course["id"].removeprefix("course:") for course in courses_of(found)]


def test_six_courses_row_after_row_each_once() -> None:
    found = reply(("continue", (3, 1)), ("monthly", (1, 2, 3)), ("topic", (4, 5, 6, 7)))
    assert numbers(found) == ["3", "1", "2", "4", "5", "6"]


def test_only_courses_are_among_them() -> None:
    found = reply(("continue", (3,)))
    found["rows"].append(row("live", "直播", channel(1, "新闻")))
    found["rows"].append(row("articles", "图文", article_tile(1, "冬管")))
    found["rows"].append(row("category:a", "a", tile(0, "全部课程", id="listing", kind="listing")))
    assert numbers(found) == ["3"]
    assert courses_of({"rows": []}) == ()
