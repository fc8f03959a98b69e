"""What the screen of a category says of its lists and tiles."""

import pytest

from study.listing_api import ListingEntry, ListingOrder, PageReply
from tests.fakes.fake_agent import article_tile, tile
from tvclient.errors import AgentAway
from tvclient.screens.category_words import (
    coming_look,
    listing_looks,
    listing_title,
    notice,
    place_words,
    subtitle,
    tile_look_on,
)
from tvclient.state.browsing import Browsing

ALL = ListingEntry(id="all", title="", count=21_400)
FARMING = ListingEntry(id="category:实用技术", title="实用技术", count=186)
AWAY = AgentAway("正在重新连接，请稍候。")


def browsing(listing_id: str = "all", total: int | None = None) -> Browsing:
    made = Browsing(listing_id, ListingOrder.NEWEST)
    made.grid.pages.total = total
    return made


def test_all_courses_have_a_name_of_their_own_here() -> None:
    assert listing_title(ALL) == "全部课程"
    assert listing_title(FARMING) == "实用技术"
    assert listing_title({"id": "topic:\x07", "title": "\x07", "count": 1}) == "（没有名称）"


def test_a_count_is_shown_once_it_is_known() -> None:
    assert [look.count for look in listing_looks([ALL, FARMING], True)] == ["21400", "186"]
    assert [look.count for look in listing_looks([ALL, FARMING], False)] == ["", ""]
    assert subtitle(browsing()) == "全部课程"
    assert subtitle(browsing("category:实用技术", 186)) == "实用技术·186 门"
    assert subtitle(browsing("articles", 107_500)) == "全部图文·107500 篇"
    assert subtitle(browsing("articles:topic:冬学", 4)) == "冬学·4 篇"


def test_all_courses_categories_and_topics_stand_apart() -> None:
    entries = [ALL, FARMING, {**FARMING, "id": "category:b"}, {**FARMING, "id": "topic:a"}]
    assert [look.apart for look in listing_looks(entries, True)] == [False, True, False, True]
    every = ListingEntry(id="articles", title="", count=3)
    articles = [every, {**every, "id": "articles:category:a:b"}, {**every, "id": "articles:topic:a"}]
    assert [look.apart for look in listing_looks(articles, True)] == [False, True, True]
    assert listing_title(every) == "全部图文"


def test_places_are_counted_from_one() -> None:
    assert place_words(36, 186, of_articles=False) == "第 37 / 186 门"
    assert place_words(36, 186, of_articles=True) == "第 37 / 186 篇"
    assert place_words(None, 186, of_articles=False) == ""


def test_inside_a_category_its_name_is_not_repeated_but_its_colour_stays() -> None:
    look = tile_look_on(tile(1, "甜瓜"), "category:实用技术")
    assert (look.meta, look.category) == ("28 分", "实用技术")
    assert tile_look_on(tile(1, "甜瓜"), "all").meta == "28 分·实用技术"
    assert tile_look_on(tile(1, "甜瓜"), "topic:x").meta == "28 分·实用技术"


def test_an_article_says_its_day_and_whether_it_can_be_read_without_the_network() -> None:
    look = tile_look_on(article_tile(1, "发酵床"), "articles")
    assert (look.meta, look.emblem, look.badge) == ("2026 年 11 月 3 日·全国远程办·实用技术", "list", None)
    look = tile_look_on(article_tile(1, "发酵床", on_box=True), "articles:category:实用技术")
    assert (look.meta, look.badge) == ("2026 年 11 月 3 日·全国远程办", ("disk", "本机"))


@pytest.mark.parametrize(
    ("more", "badge"),
    [
        ({"on_box": True}, ("disk", "本机")),
        ({"on_box": False}, None),
        ({"on_box": True, "done": True}, ("check", "已学完")),
    ],
)
def test_what_is_on_the_box_says_so(more: dict[str, bool], badge: tuple[str, str] | None) -> None:
    assert tile_look_on(tile(1, "甜瓜", **more), "all").badge == badge


def test_a_tile_that_is_still_to_come_speaks_only_under_the_focus() -> None:
    assert (coming_look(False, False).title, coming_look(False, True).title) == ("", "正在读取…")
    assert coming_look(True, True).title == "暂时读不出来"


def test_there_is_a_word_for_every_state_without_tiles() -> None:
    assert notice(browsing(), None)[0] == "正在读取课程…"
    assert notice(browsing(), AWAY) == ("课程暂时读不出来", AWAY.words)
    assert notice(browsing(total=0), None)[0] == "课程还没有下载到本机"
    assert notice(browsing("topic:x", 0), None) == ("这一类现在没有课程", "请在左边换一类看看。")
    assert notice(browsing(total=5), None) == ("", "")
    assert notice(browsing("articles"), None)[0] == "正在读取图文…"
    assert notice(browsing("articles"), AWAY) == ("图文暂时读不出来", AWAY.words)
    assert notice(browsing("articles", 0), None)[0] == "图文还没有下载到本机"
    assert notice(browsing("articles:topic:x", 0), None)[0] == "这一类现在没有图文"


def test_tiles_that_could_not_be_had_are_told_as_trouble_until_they_are_there() -> None:
    made = browsing(total=5)
    pages = made.grid.pages
    pages.miss(pages.asks()[0])
    assert notice(made, AWAY)[0] == "课程暂时读不出来"
    pages.ask_again()
    pages.take(pages.asks()[0], PageReply(version="1", total=1, first=0, tiles=[tile(1, "甜瓜")]))
    assert notice(made, None) == ("", "")
