"""The lists of articles on a real display, with real keys."""

from tests.fakes.fake_agent import FakeAgent, article_tile, row
from tests.fakes.fake_articles import article, paragraph
from tests.tvclient.television_rig import PAPER, TelevisionRig

FIRST = "article:200"
FIRST_ROW, SECOND_ROW = (480, 280), (480, 440)


def opened(television: TelevisionRig) -> None:
    """With the focus on the newest article."""
    line = television.press("Up", *["Left"] * 6)
    while line["focus"] != "tab:articles":
        line = television.press("Right")
    television.press("Return")
    television.wait(lambda: television.press("Right")["focus"] == FIRST, "the newest article")


def test_the_tab_on_home_leads_to_the_newest_article_and_to_no_courses(television: TelevisionRig) -> None:
    opened(television)
    television.wait_for_pixel(*FIRST_ROW, PAPER)
    assert television.press("Down")["focus"] == "article:199"
    television.wait_for_pixel(*SECOND_ROW, PAPER)
    assert television.press("Left")["focus"] == "listing:articles"
    assert television.press("Up")["focus"] == "listing:articles"
    assert television.press("Down")["focus"] == "listing:articles:category:实用技术"
    assert television.press("Down")["focus"] == "listing:articles:category:实用技术"


def test_an_article_is_opened_and_back_finds_its_row(television: TelevisionRig, agent: FakeAgent) -> None:
    agent.articles = {"150": article(150, "图文 150", paragraph("浇好越冬水。"))}
    opened(television)
    television.press("5", "1", "Return")
    television.wait(lambda: television.lines()[-1]["focus"] == "article:150", "the row under the focus")
    television.press("Return")
    television.wait(lambda: television.lines()[-1]["focus"] == "done", "the article")
    television.press("Escape")
    television.wait_for_screen("category")
    assert television.press("Down")["focus"] == "article:149"
    assert television.press("Next")["focus"] == "article:144"


def test_an_article_on_home_is_opened_there(television: TelevisionRig, agent: FakeAgent) -> None:
    agent.articles = {"9": article(9, "图文 9", paragraph("浇好越冬水。"))}
    agent.home["rows"].insert(0, row("articles", "最新图文", article_tile(9, "图文 9")))
    television.press("Return")
    television.wait_for_screen("course")
    television.press("Escape")
    newest = "row:articles/article:9"
    television.wait(lambda: television.press("Home")["focus"] == newest, "the new row")
    television.press("Return")
    television.wait(lambda: television.lines()[-1]["focus"] == "done", "the article")
