"""The lists of all courses on a real display, with real keys."""

import time

from tests.fakes.fake_agent import FakeAgent, row, tile
from tests.tvclient.television_rig import PAPER, TelevisionRig

SIDE, GRID_X, PITCH = (250, 170), 448, 352
FIRST = "course:400"
MOVES_IN_1600_MS = 5  # of 14 on a quiet machine


def go_to_tab(television: TelevisionRig) -> None:
    """From wherever among the tabs somebody was last."""
    assert television.press("Up", *["Left"] * 6, "Right")["focus"] == "tab:category"


def opened(television: TelevisionRig) -> None:
    """With the focus on the first course of all."""
    go_to_tab(television)
    television.press("Return")
    television.wait(lambda: television.press("Right")["focus"] == FIRST, "the first course")


def test_the_tab_on_home_leads_to_all_courses_and_back_returns_to_it(television: TelevisionRig) -> None:
    go_to_tab(television)
    assert television.press("Return")["focus"] == "listing:all"
    television.wait_for_pixel(*SIDE, PAPER)
    television.press("Escape")
    assert television.press("Right")["focus"] == "tab:live"


def test_ok_on_a_list_leads_to_its_courses_however_late_they_come(
    television: TelevisionRig, agent: FakeAgent
) -> None:
    agent.down = True
    go_to_tab(television)
    television.press("Return")
    assert television.press("Return")["focus"] == "listing:all"
    agent.down = False
    television.wait(lambda: television.lines()[-1]["focus"] == FIRST, "the first course")


def test_the_last_tile_of_a_row_on_home_leads_to_the_courses_of_its_list(
    television: TelevisionRig, agent: FakeAgent
) -> None:
    all_of_it = tile(0, "全部课程", id="listing", kind="listing", cover=None)
    agent.home["rows"].insert(0, row("category:实用技术", "实用技术", all_of_it))
    television.press("Return")
    television.wait_for_screen("course")
    television.press("Escape")
    all_id = "row:category:实用技术/listing"
    television.wait(lambda: television.press("Home")["focus"] == all_id, "the new row")
    television.press("Return")
    television.wait(lambda: television.lines()[-1]["focus"] == "course:1", "the first course of the list")
    assert television.press("Left")["focus"] == "listing:category:实用技术"


def test_the_focus_is_drawn_on_a_list_a_tile_and_an_order(television: TelevisionRig) -> None:
    opened(television)
    television.wait_for_pixel(GRID_X + 300, 530, PAPER)
    assert television.press("Up")["focus"] == "order:newest"
    television.wait_for_pixel(GRID_X + 12, 184, PAPER)
    assert television.press("Left")["focus"] == "listing:all"
    television.wait_for_pixel(*SIDE, PAPER)


def test_down_walks_through_pages_and_back_from_a_course_finds_its_tile(television: TelevisionRig) -> None:
    opened(television)
    television.press(*["Down"] * 40)
    television.wait(lambda: television.press("Right")["focus"].startswith("course:"), "the tiles")
    focus = television.keys()[-1]["focus"]
    television.press("Return")
    television.wait_for_screen("message")  # this agent knows no such course
    television.press("Escape")
    television.wait_for_screen("category")
    assert television.press("Down")["focus"] == f"course:{int(focus.removeprefix('course:')) - 4}"


def test_a_number_leads_to_its_place_and_back_forgets_it(television: TelevisionRig) -> None:
    opened(television)
    television.press("3", "2", "1", "Escape")
    assert television.press("Right")["focus"] == "course:399"
    assert television.press("3", "2", "1", "Return")["focus"] in ("place:320", "course:80")
    television.wait(lambda: television.lines()[-1]["focus"] == "course:80", "the tile under the focus")
    assert television.press("9", "9", "9", "Return", "Right")["focus"] == "course:1"
    assert television.press("Prior")["focus"] == "course:9"


def test_a_list_is_opened_by_its_focus_and_an_empty_one_says_so(television: TelevisionRig) -> None:
    opened(television)
    assert television.press("Left", "Down")["focus"] == "listing:category:实用技术"
    television.wait(lambda: television.press("Right")["focus"] == "course:1", "the courses of the category")
    assert television.press("Left", "Down")["focus"] == "listing:topic:空专题"
    assert television.press("Right")["focus"] == "order:newest"


def test_courses_that_come_first_do_not_push_the_one_in_focus_away(
    television: TelevisionRig, agent: FakeAgent
) -> None:
    opened(television)
    focus = television.press(*["Down"] * 5)["focus"]
    agent.listed["all"][:0] = [tile(n, f"新课 {n}", cover=None) for n in range(900, 910)]
    agent.listing_version = "2"
    agent.status["catalogue"] = {"revision": agent.status["catalogue"]["revision"] + 1, "courses": 410}
    assert focus == "course:380"
    # Ten more before it put it into another column: what is left of it is a course by now.
    television.wait(lambda: left_of(television) == "course:381", "the new courses")
    assert television.keys()[-1]["focus"] == "course:380"
    assert television.press("Up")["focus"] == "course:384"


def left_of(television: TelevisionRig) -> str:
    """What has the focus between two keys that lead there and back."""
    television.press("Left", "Right")
    return str(television.keys()[-2]["focus"])


def test_while_the_agent_is_away_the_list_stays_and_goes_on_by_itself(
    television: TelevisionRig, agent: FakeAgent
) -> None:
    opened(television)
    agent.down = True
    focus = television.press(*["Down"] * 60)["focus"]
    assert focus == "place:240"
    agent.down = False
    television.wait(lambda: television.lines()[-1]["focus"] == "course:160", "the tile under the focus")


def test_a_held_key_runs_through_the_list_and_stops_with_the_finger(television: TelevisionRig) -> None:
    opened(television)
    television.hold("Down", 1.6)
    television.wait(lambda: television.keys()[-1]["repeat"] > 0, "the key to repeat")
    moves = len(television.keys())
    assert moves > MOVES_IN_1600_MS
    time.sleep(0.3)
    assert len(television.keys()) == moves
