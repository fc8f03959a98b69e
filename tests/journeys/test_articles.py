"""An article goes from a Markdown file at the city to the television, and its reading back as a record."""

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from PIL import Image

from agent.clock import BootClock
from demo.house import House, Media
from study.article_api import ArticleReply
from study.listing_api import ListingOrder, PageReply
from tests.agent.television import Play, report
from tests.journeys.conftest import STATIONS
from tests.tvclient.state.article_parts import measure
from tvclient.agent_client.client import AgentClient
from tvclient.state.article_look import NORMAL
from tvclient.state.article_part import parts_of
from tvclient.state.article_state import ArticleState, opened

WITHIN_S = 60.0
READ_MS = 90_000
ARTICLES = """article_id,title,producer,category,topic,published,text
1,冬天怎样管好发酵床,农科院,实用技术,冬学农技,2026-10-28,pig.md
2,没有打开过的,农科院,实用技术,,2026-10-27,other.md
"""
TEXT = "# 冬天怎样管好发酵床\n\n一看二抓三闻。\n\n![猪舍](pig.png)\n\n" + "粪便要摊开、埋进垫料里。" * 60


@pytest.fixture
def reading_house(tmp_path: Path) -> Iterator[House]:
    """A city with articles and nothing else, and an enrolled box; neither films nor a television."""
    tables = tmp_path / "tables"
    media = Media(tmp_path / "films", tmp_path / "covers", tables)
    for folder in (media.films, media.covers, tables):
        folder.mkdir()
    sheets = {
        "districts": "district\n大兴\n",
        "stations": STATIONS,
        "courses": "course_id,title,producer,category,topic,monthly,episode,episode_title,media,cover\n",
        "channels": "channel_id,number,title,media\n",
        "articles": ARTICLES,
    }
    for name, text in sheets.items():
        (tables / f"{name}.csv").write_text(text, encoding="utf-8")
    (media.films / "pig.md").write_text(TEXT, encoding="gb18030")
    (media.films / "other.md").write_text("正文", encoding="utf-8")
    Image.new("RGB", (20_000, 2_000), "green").save(media.films / "pig.png")
    house = House(tmp_path / "house", media, "")
    try:
        house.open_city()
        house.start_agent()
        house.enrol_box()
        yield house
    finally:
        house.stop()


def wait_for(met: Callable[[], bool], words: str) -> None:
    end = time.monotonic() + WITHIN_S
    while not met():
        assert time.monotonic() < end, words
        time.sleep(0.1)


def listed(client: AgentClient, listing_id: str) -> PageReply:
    return client.listing_page(listing_id, ListingOrder.NEWEST, 0, 10)


def shown(article: ArticleReply) -> ArticleState:
    return opened(parts_of(article), NORMAL, measure)


def told(house: House, play: Play) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {house.token.read_text(encoding='utf-8').strip()}"}
    body = report(1, play, boot=BootClock().boot)
    answer = requests.post(f"{house.box_url}/v1/reports", json=body, headers=headers, timeout=10)
    answer.raise_for_status()
    return dict(answer.json())


def test_an_article_is_read_with_and_without_the_city_and_its_reading_is_delivered(
    reading_house: House,
) -> None:
    house = reading_house
    client = AgentClient(house.box_url, house.token)
    wait_for(lambda: listed(client, "articles")["total"] == 2, "the headers did not come onto the box")
    of_topic = listed(client, "articles:topic:冬学农技")["tiles"]
    assert [tile["title"] for tile in of_topic] == ["冬天怎样管好发酵床"]
    wait_for(lambda: client.search("fjc", 0, 10)["total"] == 1, "the article is not found")
    state = shown(client.article("1"))
    assert len(state.pages) > 2
    [picture] = [placed for page in state.pages for placed in page.pictures]
    data = client.article_picture(picture.url)
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (1_728, 173)

    house.city.stop()
    assert shown(client.article("1")) == state
    assert client.article_picture(picture.url) == data
    assert [tile["on_box"] for tile in listed(client, "articles")["tiles"]] == [True, False]

    now_ms = BootClock().mono_ms()
    play = Play("reading", "article:1", now_ms - READ_MS, "article")
    play.watch(READ_MS)
    play.leave()
    [standing] = told(house, play)["plays"]
    assert (standing["effective_ms"], standing["counted"], standing["need_ms"]) == (0, False, None)
    house.start_city()
    wait_for(lambda: house.ask_agent("/v1/status")["waiting"] == 0, "the reading was not delivered")
    [session] = house.ask_agent("/v1/record")["sessions"]
    assert (session["title"], session["state"], session["why"]) == (
        "冬天怎样管好发酵床",
        "delivered",
        "not_in_rule",
    )
    words = house.city_command("report", "--month", house.ask_agent("/v1/record")["month"])
    assert "学习记录 0 条" in words
    assert "阅读图文 1 次，不计学时。" in words
