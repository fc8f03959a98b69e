"""An article on a real display, with real keys, opened from the search."""

import pytest

from tests.fakes.fake_agent import FakeAgent, tile
from tests.fakes.fake_articles import article, heading, paragraph
from tests.tvclient.screens.test_search import opened, until
from tests.tvclient.television_rig import PAPER, TelevisionRig

WORDS = "冬小麦越冬前后是管理的关键时期。浇好越冬水，可以防止冻害，也为春季返青打下基础。" * 4
ONWARD = (1580, 1000)


@pytest.fixture
def found(television: TelevisionRig, agent: FakeAgent) -> TelevisionRig:
    """The article is in the results, and has the focus."""
    blocks = [heading("一、浇水"), *(paragraph(WORDS) for _ in range(9))]
    agent.articles = {"7": article(7, "冬小麦越冬管理", *blocks)}
    agent.found = {
        "3": [{"tile": tile(7, "冬小麦越冬管理", cover=None, id="article:7"), "matched": [[0, 1]]}]
    }
    agent.reports.clear()
    opened(television).press("3")
    until(television, "Right", "result:article:7")
    return television


def read(television: TelevisionRig) -> None:
    television.press("Return")
    television.wait(lambda: television.lines()[-1]["focus"] == "page:1", "the first page")


def test_pages_turn_both_ways_and_behind_the_last_one_is_the_way_back(found: TelevisionRig) -> None:
    read(found)
    found.wait_for_pixel(*ONWARD, PAPER)
    assert found.press("Right")["focus"] == "page:2"
    assert found.press("Down", "Left", "Left", "Left")["focus"] == "page:1"
    found.wait(lambda: found.press("Return")["focus"] == "done", "the last page")
    assert found.press("Right")["focus"] == "done"
    found.press("Return")
    found.wait_for_screen("search")


def test_the_menu_key_makes_the_letters_larger_and_keeps_the_place(found: TelevisionRig) -> None:
    read(found)
    assert found.press("Right", "Right")["focus"] == "page:3"
    found.press("F1")
    found.wait(lambda: found.lines()[-1]["focus"] not in ("page:3", "done"), "the larger letters")
    found.press("F1")
    found.wait(lambda: found.lines()[-1]["focus"] == "page:3", "the same place")


def test_reading_is_told_from_opening_to_leaving(found: TelevisionRig, agent: FakeAgent) -> None:
    read(found)
    found.press("Right", "Escape")
    found.wait_for_screen("search")

    def last_play() -> dict[str, object]:
        plays = [play for body in agent.reports for play in body["plays"]]
        return plays[-1] if plays else {}

    found.wait(lambda: last_play().get("left_ms") is not None, "the leaving to be told")
    assert (last_play()["kind"], last_play()["item_id"]) == ("article", "article:7")


def test_what_cannot_be_had_is_said_and_tried_again(found: TelevisionRig, agent: FakeAgent) -> None:
    held = agent.articles.pop("7")
    found.press("Return")
    found.wait(lambda: found.lines()[-1]["focus"] == "again", "the words that it cannot be had")
    agent.articles["7"] = held
    found.press("Return")
    found.wait(lambda: found.lines()[-1]["focus"] == "page:1", "the first page")
