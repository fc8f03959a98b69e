"""The settings on a real display, with real keys: behind a PIN, and what can be changed there."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.fake_agent import FakeAgent, running_agent
from tests.tvclient.screens.conftest import fill
from tests.tvclient.television_rig import PAPER, TelevisionRig, running_television

PIN, OTHER = "135790", "246802"
FIRST_CARD = (500, 200)
GOLD = (0xE9, 0xBC, 0x55)
JUDGED_S = 1.0
"""Far longer than the hash of a PIN takes."""
LEARNED_S = 1.5
"""For so long all keys go to what learns them."""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TelevisionRig, FakeAgent]]:
    """A television of this module's own: its PIN is chosen once."""
    with running_agent() as agent:
        fill(agent)
        with running_television(agent, tmp_path_factory.mktemp("settings")) as rig:
            rig.wait(lambda: rig.lines()[-1]["focus"] is not None, "the first course")
            yield rig, agent


@pytest.fixture
def rig(own: tuple[TelevisionRig, FakeAgent]) -> TelevisionRig:
    own[0].press("Home", "Home")
    return own[0]


def go_to_pin(rig: TelevisionRig) -> None:
    line = rig.press("Up")
    while line["focus"] != "tab:settings":
        line = rig.press("Right")
    rig.press("Return")
    rig.wait_for_screen("pin")


def enter(rig: TelevisionRig, pin: str = PIN) -> None:
    go_to_pin(rig)
    rig.press(*pin)
    rig.wait_for_screen("settings")


def test_whoever_comes_first_chooses_the_pin_twice_the_same(rig: TelevisionRig, tmp_path: Path) -> None:
    go_to_pin(rig)
    rig.press(*PIN, *OTHER)
    assert rig.press("Left")["screen"] == "pin", "they differ"
    rig.press(*PIN, *PIN)
    rig.wait_for_screen("settings")
    rig.wait_for_pixel(*FIRST_CARD, PAPER)


def test_the_same_pin_opens_the_boxs_page_and_a_wrong_one_is_not_told(
    own: tuple[TelevisionRig, FakeAgent], rig: TelevisionRig
) -> None:
    _, agent = own
    before = len(agent.pins)
    go_to_pin(rig)
    rig.press(*OTHER)
    time.sleep(JUDGED_S)
    rig.press(*PIN)
    rig.wait_for_screen("settings")
    assert agent.pins[before:] == [PIN]


def test_a_wrong_pin_opens_nothing_and_back_deletes_before_it_leaves(rig: TelevisionRig) -> None:
    go_to_pin(rig)
    rig.press(*OTHER)
    time.sleep(JUDGED_S)
    assert rig.press("1", "2", "Escape", "Escape")["screen"] == "pin"
    rig.press("Escape")
    rig.wait_for_screen("home")


def test_the_pin_can_be_typed_with_arrows_and_ok(rig: TelevisionRig) -> None:
    go_to_pin(rig)
    assert rig.press("Up", "Left")["focus"] == "key:1"
    rig.press("Return", "3", "5", "7", "9")
    assert rig.press("Down", "Down", "Down", "Right")["focus"] == "key:0"
    rig.press("Return")
    rig.wait_for_screen("settings")


def test_the_volume_is_adjusted_by_arrows_and_left_by_ok(rig: TelevisionRig) -> None:
    enter(rig)
    assert rig.press("Right", "Right")["focus"] == "card:volume"
    rig.press("Return")
    assert rig.press("Left", "Right", "Right")["focus"] == "card:volume"
    rig.press("Return")
    assert rig.press("Left")["focus"] == "card:storage"


def test_the_pin_is_changed_from_inside(rig: TelevisionRig) -> None:
    enter(rig)
    assert rig.press("Right", "Down", "Down")["focus"] == "card:pin"
    rig.wait_for_pixel(1_100, 660, PAPER)
    rig.press("Return")
    rig.wait_for_screen("pin")
    rig.press(*OTHER, *OTHER)
    rig.wait_for_screen("settings")
    rig.press("Home")
    rig.wait_for_screen("home")
    enter(rig, OTHER)
    rig.press("Right", "Down", "Down", "Return")
    rig.wait_for_screen("pin")
    rig.press(*PIN, *PIN)
    rig.wait_for_screen("settings")


def test_what_warns_is_read_whole(rig: TelevisionRig, own: tuple[TelevisionRig, FakeAgent]) -> None:
    enter(rig)
    assert rig.press("Down", "Right", "Right")["focus"] == "card:about"
    own[1].status["warnings"] = ["本机时间不准，请联网校准"]
    rig.wait(lambda: rig.press("Return")["screen"] == "message" or _is_on(rig, "message"), "the warnings")
    own[1].status["warnings"] = []
    rig.press("Escape")
    rig.wait_for_screen("settings")


def test_a_key_is_taught_asked_for_and_taken_back(rig: TelevisionRig) -> None:
    enter(rig)
    assert rig.press("Down", "Down")["focus"] == "card:keys"
    rig.press("Return")
    rig.wait_for_screen("learn_keys")
    assert rig.press("Right")["focus"] == "key:down"
    rig.press("Return")
    rig.tap("F9")  # means nothing yet
    time.sleep(LEARNED_S)
    rig.wait(lambda: rig.press("Up")["focus"] == "undo", "it to be learned")
    assert rig.press("F9")["focus"] == "key:down", "it moves down now"
    rig.press("Up", "Return")
    time.sleep(LEARNED_S)  # with another keymap keys on their way are let go
    rig.wait(lambda: rig.press("Up")["focus"] != "undo", "it to be taken back")


def _is_on(rig: TelevisionRig, name: str) -> bool:
    return bool(rig.lines()[-1]["screen"] == name)


def test_large_mode_has_digits_and_is_turned_off_again(rig: TelevisionRig) -> None:
    enter(rig)
    assert rig.press("Down")["focus"] == "card:large"
    rig.press("Return")
    rig.wait(lambda: rig.lines()[-1]["focus"] == "tile/course:1", "the six courses")
    assert rig.press("Right")["focus"] == "tile/course:2"
    rig.press("1")
    rig.wait_for_screen("course")
    rig.press("Escape")
    assert rig.press("9")["screen"] == "station_record"
    rig.press("Escape")
    assert rig.press("Escape")["focus"] == "leave/stay"
    rig.press("Escape", "F1")
    rig.wait_for_screen("pin")
    rig.press(*PIN)
    rig.wait_for_screen("settings")
    rig.press("Down", "Return")
    rig.wait(lambda: str(rig.lines()[-1]["focus"]).startswith("row:"), "the other home")


def test_the_picture_keeps_away_from_the_edges_as_far_as_the_corners_say(rig: TelevisionRig) -> None:
    enter(rig)
    assert rig.press("Down", "Right", "Right", "Down")["focus"] == "card:edge"
    rig.press("Return")
    rig.wait_for_pixel(2, 2, GOLD)
    assert rig.press("Right", "Right")["focus"] == "card:edge"
    rig.wait(lambda: rig.pixel(2, 2) != GOLD and rig.pixel(42, 24) == GOLD, "the corner to move in")
    rig.press(*["Right"] * 6)
    rig.wait(lambda: rig.pixel(100, 58) == GOLD, "five of a hundred")
    rig.press(*["Left"] * 9, "Return")
    rig.wait(lambda: rig.pixel(2, 2) != GOLD, "the corners to go")
