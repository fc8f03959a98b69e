"""The search on a real display, with real keys, against an agent on a real socket."""

import pytest

from tests.fakes.fake_agent import FakeAgent
from tests.tvclient.state.search_replies import MANNERS, PIGS, result
from tests.tvclient.television_rig import PAPER, TelevisionRig

INK1 = (0x19, 0x1F, 0x26)
SECOND_RESULT = (1500, 480)
MANY = [result(n, f"课程 {n}", [0, 1]) for n in range(1, 46)]


@pytest.fixture
def search(television: TelevisionRig, agent: FakeAgent) -> TelevisionRig:
    """In sight, with the first focus; 发酵床养猪 is found by f, fj, fjc and by their digits."""
    agent.found = {"f": MANY, "fj": [PIGS, MANNERS], "fjc": [PIGS], "3": MANY, "35": [PIGS], "352": [PIGS]}
    agent.found["发酵床养猪"] = [PIGS]
    agent.courses["5"] = agent.courses["1"]
    agent.recent, agent.hot, agent.is_index_ready = [], [], True
    return opened(television)


def opened(television: TelevisionRig) -> TelevisionRig:
    line = television.press("Up")
    while line["focus"] != "tab:search":
        line = television.press("Right")
    television.press("Return")
    television.wait_for_screen("search")
    return television


def until(television: TelevisionRig, key: str, focus: str) -> None:
    """An answer is on its way while the focus has nowhere to go."""
    television.wait(lambda: television.press(key)["focus"] == focus, f"the focus on {focus}")


def test_letters_are_typed_and_results_lie_to_the_right(search: TelevisionRig, agent: FakeAgent) -> None:
    assert search.press("Right")["focus"] == "key:B"
    assert search.press(*["Right"] * 4)["focus"] == "key:F"
    search.press("Return")
    search.wait_for_pixel(*SECOND_RESULT, INK1)
    assert search.press("Down", "Left", "Left")["focus"] == "key:J"
    search.press("Return")
    search.press("Right", "Right")
    until(search, "Right", "result:course:5")
    assert search.press("Down")["focus"] == "result:course:2"
    assert search.press("Left")["focus"] == "key:L"


def test_a_result_opens_and_back_finds_it_again(search: TelevisionRig, agent: FakeAgent) -> None:
    search.press("3", "5", "2")
    search.press(*["Right"] * 5)
    until(search, "Right", "result:course:5")
    search.wait_for_pixel(*(1500, 300), PAPER)
    search.press("Return")
    search.wait_for_screen("course")
    search.wait(lambda: agent.recent == ["发酵床养猪"], "the search to be kept")
    search.press("Escape")
    search.wait_for_screen("search")
    assert search.lines()[-1]["focus"] == "result:course:5"
    assert search.press("Escape")["screen"] == "home"


def test_what_was_looked_for_before_is_one_key_away(search: TelevisionRig, agent: FakeAgent) -> None:
    search.press("Escape")
    agent.recent, agent.hot = ["发酵床养猪", "礼仪"], ["礼仪"]
    opened(search)
    search.press(*["Right"] * 5)
    until(search, "Right", "recent:发酵床养猪")
    assert search.press("Right")["focus"] == "hot:礼仪"
    assert search.press("Left", "Return")["screen"] == "search"
    search.wait(lambda: search.lines()[-1]["focus"] == "result:course:5", "the focus on what was found")


def test_what_was_looked_for_can_be_forgotten(search: TelevisionRig, agent: FakeAgent) -> None:
    search.press("Escape")
    agent.recent = ["发酵床养猪"]
    opened(search)
    search.press(*["Right"] * 5)
    until(search, "Right", "recent:发酵床养猪")
    assert search.press("Down")["focus"] == "forget"
    search.press("Return")
    search.wait(lambda: agent.recent == [], "the agent to have forgotten")
    search.wait(lambda: search.lines()[-1]["focus"] == "key:F", "the focus on the pad")


def test_the_other_pad_has_nine_digits(search: TelevisionRig) -> None:
    search.press(*["Down"] * 6)
    assert search.press("Right", "Right")["focus"] == "key:pad"
    search.press("Return")
    assert search.press("Up")["focus"] == "key:0"
    assert search.press("Up")["focus"] == "key:9"
    assert search.press("Up", "Left")["focus"] == "key:5"
    search.press("Return")
    assert search.press("Right", "Right")["focus"] == "key:6"


def test_a_long_list_comes_in_pages_and_ends(search: TelevisionRig) -> None:
    search.press("3")
    search.press(*["Right"] * 5)
    until(search, "Right", "result:course:1")
    for n in range(2, 46):
        until(search, "Down", f"result:course:{n}")
    assert search.press("Down")["focus"] == "result:course:45"
    assert search.press("Left", "Right")["focus"] == "result:course:45"


def test_an_agent_that_is_away_can_be_asked_again(search: TelevisionRig, agent: FakeAgent) -> None:
    agent.down = True
    search.press("3", "5")
    search.press(*["Right"] * 5)
    until(search, "Right", "again")
    agent.down = False
    search.press("Return")
    search.wait(lambda: search.lines()[-1]["focus"] == "result:course:5", "the focus on what was found")


def test_a_box_that_has_just_started_is_asked_until_it_is_ready(
    search: TelevisionRig, agent: FakeAgent
) -> None:
    agent.is_index_ready = False
    search.press("3", "5")
    search.press(*["Right"] * 5)
    assert search.press("Right")["focus"] == "key:F"
    agent.is_index_ready = True
    until(search, "Right", "result:course:5")


def test_deleting_to_the_end_leads_back_to_the_beginning(search: TelevisionRig) -> None:
    search.press("3", "5")
    search.wait_for_pixel(*(1500, 300), INK1)
    search.press(*["Down"] * 6, "Return", "Return")
    assert search.press("Right", "Right", "Right")["focus"] == "key:pad"
