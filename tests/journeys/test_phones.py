"""A phone leads the real television through the real agent: where it may, when it may, and no later."""

import os
import signal
import time

import pytest

from agent.page.lan_address import lan_address
from demo.home_screen import HomeScreen
from demo.house import House, free_port
from demo.operator import Operator
from study.remote_api import STALE_MS
from tests.agent.page.phones import Phone
from tests.journeys.test_together import CARDS, import_roster

ENDS_WITHIN_S = 4
pytestmark = pytest.mark.skipif(lan_address() is None, reason="this machine is in no network")


def phone_of(house: House) -> Phone:
    """One that has scanned the code on the screen."""
    page = house.ask_agent("/v1/group?terminal=tv-1")["group"]["page"]
    phone = Phone(page.rpartition("/")[0], "0.0.0.0")  # noqa: S104  from wherever
    phone.get("/" + page.rpartition("/")[2])
    return phone


def press(phone: Phone, key: str) -> int:
    return phone.post("/remote", {"key": key}).status_code


def begin(house: House, operator: Operator) -> None:
    """A group study on the screen, of a box whose page has a port of its own."""
    import_roster(house)
    house.agent.stop()
    (house.folder / "box" / "settings.toml").write_text(f"page_port = {free_port()}\n")
    house.start_agent()
    operator.wait(lambda: operator.focus.startswith("row:"), "no course on the home screen", 40)
    HomeScreen(operator, house).open_course("2")
    operator.find("Right", "button:group", 4)
    operator.press("Return")
    operator.wait_for_screen("group_study")


def test_a_phone_leads_the_television_while_it_may(house: House, operator: Operator) -> None:
    begin(house, operator)
    phone = phone_of(house)
    phone.comes(CARDS["王明"][-6:])
    assert "/remote" not in phone.page
    press(phone, "down")
    assert "不能用手机遥控" in phone.said
    operator.wait(lambda: operator.focus == "button:main", "nobody came", 10)
    operator.press("F1")
    operator.press("Down")
    operator.press("Return")
    operator.wait(lambda: bool(house.ask_agent("/v1/group?terminal=tv-1")["group"]["remote"]), "not let", 5)
    _focus_follows(operator, phone)
    _film_follows(operator, phone)
    _nothing_old(house, operator, phone)
    _text_goes_to_search_alone(operator, phone)
    _settings_are_out_of_reach(operator, phone)
    _nobody_waits_for_a_phone(house)


def _focus_follows(operator: Operator, phone: Phone) -> None:
    phone.get("/")
    assert "/remote" in phone.page
    phone.get("/remote")
    assert press(phone, "up") == 204
    operator.wait(lambda: operator.focus != "button:main", "the focus does not follow", 5)
    assert press(phone, "down") == 204
    operator.wait(lambda: operator.focus == "button:main", "the focus does not come back", 5)


def _film_follows(operator: Operator, phone: Phone) -> None:
    press(phone, "ok")
    operator.wait_for_screen("player")
    operator.wait_until_moving()
    press(phone, "play_pause")
    operator.wait_until_still()
    press(phone, "play_pause")
    operator.wait_until_moving()


def _nothing_old(house: House, operator: Operator, phone: Phone) -> None:
    """What is pressed while the television hangs is not done when it goes on."""
    assert house.tv.pid is not None
    os.kill(house.tv.pid, signal.SIGSTOP)
    try:
        assert press(phone, "back") == 204
        time.sleep(STALE_MS / 1000 + 0.5)
    finally:
        os.kill(house.tv.pid, signal.SIGCONT)
    time.sleep(1.5)
    assert operator.screen == "player"
    press(phone, "ok")
    operator.wait_until_still()
    operator.press("End")
    operator.wait_for_screen("group_study")


def _text_goes_to_search_alone(operator: Operator, phone: Phone) -> None:
    assert phone.post("/remote", {"text": "短课"}).status_code == 204
    operator.press("Home")
    operator.press("Home")
    time.sleep(0.5)
    operator.find("Up", "tab:", 6)
    operator.find("Right", "tab:search", 8)
    operator.press("Return")
    operator.wait_for_screen("search")
    assert phone.post("/remote", {"text": "短课"}).status_code == 204
    operator.wait(lambda: _reaches_result(operator), "nothing is found for the text", 15)


def _reaches_result(operator: Operator) -> bool:
    operator.press("Right")
    return operator.focus.startswith("result:")


def _settings_are_out_of_reach(operator: Operator, phone: Phone) -> None:
    operator.press("Home")
    operator.find("Up", "tab:", 6)
    operator.find("Right", "tab:settings", 8)
    operator.press("Return")
    operator.wait_for_screen("pin")
    focus = operator.focus
    for key in ("left", "ok", "back"):
        time.sleep(0.3)
        assert press(phone, key) == 204
    time.sleep(1)
    assert (operator.screen, operator.focus) == ("pin", focus)


def _nobody_waits_for_a_phone(house: House) -> None:
    """Television and agent end as quickly as ever, though both were waiting for a press."""
    assert house.ask_agent("/v1/group?terminal=tv-1")["group"]["remote"]
    for program in (house.agent, house.tv):
        began = time.monotonic()
        assert program.stop() == 0
        assert time.monotonic() - began < ENDS_WITHIN_S
