"""The home screen on a real display, with real keys."""

from io import BytesIO

from PIL import Image

from tests.fakes.fake_agent import FakeAgent
from tests.tvclient.television_rig import PAPER, TelevisionRig

FIRST = "row:continue/course:1"


def red_png() -> bytes:
    file = BytesIO()
    Image.new("RGB", (640, 360), "red").save(file, "PNG")
    return file.getvalue()


def number_of(focus: str) -> int:
    return int(focus.rpartition(":")[2])


def test_the_focus_is_drawn_as_ring_paper_and_spine(television: TelevisionRig) -> None:
    assert television.keys()[-1]["focus"] == FIRST
    assert television.pixel(400, 540) == PAPER
    assert television.pixel(92, 500) == (0xE4, 0x50, 0x2E)
    assert television.pixel(750, 540) == (0x19, 0x1F, 0x26)


def test_rows_keep_their_place_and_empty_rows_are_not_there(television: TelevisionRig) -> None:
    assert television.press("Right")["focus"] == "row:continue/course:2"
    assert television.press("Down")["focus"].startswith("row:category:x/")
    assert television.press("Up")["focus"] == "row:continue/course:2"


def test_a_key_at_the_edge_is_told_as_unanswered(television: TelevisionRig) -> None:
    line = television.press("Left")
    assert (line["key"], line["action"], line["focus"]) == ("left", None, FIRST)


def test_a_digit_counts_along_the_line_in_focus(television: TelevisionRig) -> None:
    assert television.press("2")["focus"] == "row:continue/course:2"
    assert television.press("9")["focus"] == "row:continue/course:2"
    assert television.press("1")["focus"] == FIRST
    assert television.press("0")["focus"] == FIRST
    television.press("Down")
    assert number_of(television.press("7")["focus"]) == 7
    assert television.press("Up", "Up", "5")["focus"] == "tab:search"


def test_a_long_row_moves_under_the_focus(television: TelevisionRig) -> None:
    start = television.press("Down")["focus"]
    focus = television.press(*["Right"] * 12)["focus"]
    assert number_of(focus) == number_of(start) + 12
    # The fifth place from the left is where the focus stays.
    television.wait_for_pixel(1489, 776, PAPER)


def test_back_from_a_course_finds_the_same_tile(television: TelevisionRig) -> None:
    television.press("Right", "Return")
    television.wait_for_screen("course")
    television.press("Escape")
    assert television.press("Left")["focus"] == FIRST


def test_a_refresh_that_takes_the_focused_course_away_keeps_a_focus(
    television: TelevisionRig, agent: FakeAgent
) -> None:
    television.press("Right", "Return")
    television.wait_for_screen("course")
    tiles = agent.home["rows"][0]["tiles"]
    agent.home["rows"][0]["tiles"] = [tiles[0], tiles[2]]
    television.press("Escape")
    television.wait_for_pixel(433, 400, PAPER)
    assert television.press("Left")["focus"] == FIRST


def test_back_at_home_asks_once(television: TelevisionRig) -> None:
    assert television.press("Escape")["focus"] == "leave/stay"
    assert television.press("Right")["focus"] == "leave/leave"
    assert television.press("Escape")["focus"] == FIRST
    assert television.process.poll() is None


def test_the_live_tab_leads_to_the_channels(television: TelevisionRig) -> None:
    television.press("Up", *["Left"] * 6, "Right", "Right", "Return")
    television.wait_for_screen("live")


def test_a_new_catalogue_appears_by_itself(television: TelevisionRig, agent: FakeAgent) -> None:
    first_tile = agent.home["rows"][0]["tiles"].pop(0)
    agent.status["catalogue"] = {"revision": agent.status["catalogue"]["revision"] + 1, "courses": 41}
    television.wait(lambda: television.press("Left")["focus"] != FIRST, "the first course to go")
    assert television.keys()[-1]["focus"] == "row:continue/course:2"
    agent.home["rows"][0]["tiles"].insert(0, first_tile)
    television.press("Return")
    television.wait_for_screen("course")
    television.press("Escape")
    television.wait(lambda: television.press("Left")["focus"] == FIRST, "the first course to come back")


def test_a_cover_that_comes_later_takes_the_place_of_the_book(
    television: TelevisionRig, agent: FakeAgent
) -> None:
    agent.home["rows"][0]["tiles"][2]["cover"] = "/v1/covers/3"
    television.press("Right", "Return")
    television.wait_for_screen("course")
    television.press("Escape")
    # Without a picture the tile is of its category's colour …
    television.wait_for_pixel(820, 300, (0x2C, 0x40, 0x30))
    agent.covers["3"] = red_png()
    # … and nobody has to press a key for the picture.
    television.wait_for_pixel(820, 300, (0xFF, 0, 0))
