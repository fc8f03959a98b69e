"""What somebody types finds what he means, and finds it first."""

import random

import pytest

from agent.search.index import BLOCK_PLACES, FOUND_MAX, SearchEntry, SearchIndex
from tests.agent.search.catalogue import entries, found, index_of

COURSES = (
    "发酵床养猪",
    "政务礼仪",
    "防交叉感染常识",
    "养猪与发酵床",
    "5G改变乡村",
    "C语言入门",
    "银行卡的安全使用",
    "《养猪》",
    "乐亭大鼓与音乐",
    "𠮷林的冬天",
)


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return index_of(*entries("course", *COURSES))


def titles(index: SearchIndex, typed: str) -> list[str]:
    return [COURSES[int(entry_id[1:]) - 1] for entry_id in found(index, typed)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("fjc", "发酵床养猪"),
        ("FJC", "发酵床养猪"),
        ("zwly", "政务礼仪"),
        ("352", "发酵床养猪"),
        ("35299", "发酵床养猪"),
        ("9959", "政务礼仪"),
        ("fajiaochuang", "发酵床养猪"),
        ("fajiaochua", "发酵床养猪"),
        ("fa jiao chuang", "发酵床养猪"),
        ("fajc", "发酵床养猪"),
        ("3254262482649", "发酵床养猪"),
        ("zhengwu", "政务礼仪"),
        ("zhwly", "政务礼仪"),
        ("酵", "发酵床养猪"),
        ("床养", "发酵床养猪"),
        ("发酵养猪", "发酵床养猪"),
        ("fjyz", "发酵床养猪"),
        ("5g", "5G改变乡村"),
        ("５Ｇ", "5G改变乡村"),
        ("54", "5G改变乡村"),
        ("cyuyan", "C语言入门"),
        ("C语言", "C语言入门"),
        ("yh", "银行卡的安全使用"),
        ("yinhang", "银行卡的安全使用"),
        ("yx", "银行卡的安全使用"),
        ("ltdg", "乐亭大鼓与音乐"),
        ("f52", "发酵床养猪"),
        ("yinyue", "乐亭大鼓与音乐"),
        ("𠮷林", "𠮷林的冬天"),
    ],
)
def test_it_is_found_first(index: SearchIndex, typed: str, first: str) -> None:
    assert titles(index, typed)[:1] == [first]


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        # The whole title, then its start, then inside.
        ("养猪", ["《养猪》", "养猪与发酵床", "发酵床养猪"]),
        ("yz", ["《养猪》", "养猪与发酵床", "发酵床养猪"]),
        ("fj", ["发酵床养猪", "防交叉感染常识", "养猪与发酵床"]),
    ],
)
def test_the_nearest_comes_first(index: SearchIndex, typed: str, order: list[str]) -> None:
    assert titles(index, typed) == order


def test_what_is_written_so_comes_before_what_is_spelt_so() -> None:
    index = index_of(*entries("course", "卫片执法", "WPS办公", "学会用wps", "新卫片审查"))
    assert found(index, "wps") == ["c2", "c3", "c4"]


def test_courses_come_before_articles_of_the_same_worth() -> None:
    held = [*entries("course", "说养猪", "养鱼"), *entries("article", "养猪", "养猪记", "话养猪")]
    assert found(index_of(*held), "养猪") == ["a1", "a2", "c1", "a3"]


def test_a_producer_is_found_after_titles_and_before_what_is_scattered() -> None:
    held = [
        *entries("course", "农业节水", "种菜", producer="中国农业大学"),
        *entries("course", "农田里的夜", producer="市委党校"),
    ]
    index = index_of(*(one._replace(place=place) for place, one in enumerate(held)))
    assert [entry for _, entry in index.find(index.question("农业"), 0, 9).entries] == ["c1", "c2"]
    assert found(index, "zgnydx") == ["c1", "c2"]
    assert found(index, "swdx") == ["c1"]
    assert index.question("zgny").matched("种菜") == []


def test_what_is_scattered_is_looked_for_only_where_there_is_little_else() -> None:
    many = entries("course", *(f"科学{n}养猪" for n in range(3)), *("科养猪",) * 10)
    index = index_of(*many)
    assert len(found(index, "kyz")) == 10
    assert found(index, "kxyz") == ["c1", "c2", "c3"]


def test_two_words_of_a_title_are_meant_rather_than_letters_scattered_over_it() -> None:
    index = index_of(*entries("course", "大吃一盘管家来了", "大棚的冬季管理", "大棚管的来历", "学大棚的管理"))
    assert found(index, "dpgl") == ["c2", "c3"]
    assert found(index, "大棚管理") == ["c2"]
    assert found(index, "dpjl") == ["c1", "c2"]


def test_pages_follow_upon_each_other_and_end() -> None:
    index = index_of(*entries("course", *(f"养猪{n}" for n in range(FOUND_MAX + 50))))
    asked = index.question("yz")
    pages = [index.find(asked, offset, 20) for offset in range(0, FOUND_MAX + 20, 20)]
    ids = [entry_id for page in pages for _, entry_id in page.entries]
    assert ids == [f"c{n}" for n in range(1, FOUND_MAX + 1)]
    assert {(page.total, page.is_more) for page in pages} == {(FOUND_MAX, True)}


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "\0\n\r\t",
        "🐷🐖",
        "\u202e\u200f",
        "*",
        '"',
        "-",
        "%_",
        "\ud800",
        "()[]\\",
    ],
)
def test_what_holds_nothing_to_look_for_finds_nothing(index: SearchIndex, typed: str) -> None:
    assert found(index, typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        "z" * 200,
        "9" * 200,
        "发" * 200,
        "fa" * 100,
        "ﷺ" * 200,
        "zhuang" * 30,
        "a1" * 100,
        "مرحبا",
        "\u202e养猪\u0000",
    ],
)
def test_whatever_is_typed_there_is_an_answer(index: SearchIndex, typed: str) -> None:
    index.find(index.question(typed), 0, 20)


def test_titles_may_be_anything() -> None:
    short = ("\n养猪\n", "", "🐷", "\u202e养猪", "猪\0", "\ud800养", "一\ue000二")
    index = index_of(*entries("course", "长" * 500, "养" * 499 + "猪", *short))
    assert found(index, "养猪") == ["c3", "c6", "c2"]
    assert found(index, "c" * 60) == ["c1"]


def test_random_titles_are_found_by_their_own_beginnings() -> None:
    draw = random.Random(7)
    pool = "发酵床养猪政务礼仪长乐重行的中国农业大学科技防治病虫害技术WPS5g"
    made = ["".join(draw.choices(pool, k=draw.randint(4, 12))) for _ in range(300)]
    index = index_of(*entries("course", *made))
    for n, title in enumerate(made, start=1):
        assert f"c{n}" in found(index, title)
        asked = index.question(title[1:4])
        assert asked.matched(title)


def test_only_blocks_that_changed_are_made_anew() -> None:
    held = list(entries("course", *(f"课{n}" for n in range(3 * BLOCK_PLACES))))
    index = SearchIndex()
    assert not index.is_ready
    assert index.follow(held) == 4
    assert index.is_ready
    assert index.follow(held) == 0
    held[BLOCK_PLACES + 5] = held[BLOCK_PLACES + 5]._replace(title="发酵床养猪")
    del held[0]
    assert index.follow(held) == 2
    assert found(index, "fjc") == [f"c{BLOCK_PLACES + 6}"]
    assert "c1" not in found(index, "k")
    assert index.follow([one for one in held if one.place < BLOCK_PLACES]) == 3
    assert found(index, "fjc") == []
    assert index.follow([]) == 1
    assert found(index, "k") == []


def test_a_producer_that_changed_is_a_change() -> None:
    index = index_of(SearchEntry("course", "5", 1, "养猪", "甲"))
    assert index.follow([SearchEntry("course", "5", 1, "养猪", "市农科院")]) == 1
    assert found(index, "snky") == ["5"]


def test_before_the_first_look_there_is_nothing() -> None:
    assert found(SearchIndex(), "fjc") == []


def test_while_it_follows_it_answers_as_before() -> None:
    index = index_of(*entries("course", "发酵床养猪"))

    def coming() -> object:
        yield from entries("course", "发酵床养猪", "发家村")
        assert found(index, "f") == ["c1"]

    index.follow(coming())  # type: ignore[arg-type]
    assert found(index, "f") == ["c1", "c2"]
