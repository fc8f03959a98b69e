"""A whole evening: thirty people, twenty-five with phones in Chromium, a real television, box and city.

Two courses and a live talk play; a power cut in the middle ends the box's boot; of three who leave early two
say so on their phones, one at the television. The script keeps its own clock: when a key was pressed and the
picture was seen to move, when a page said that somebody is in. What passes between box and city is recorded.
"""

import json
import re
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from demo.display import RemoteAndEyes
from demo.events import EventFile
from demo.home_screen import HomeScreen
from demo.house import BOX_STATION, House, free_port
from demo.operator import Operator
from demo.other_boot import OtherBoot, why_no_other_boot
from tests.agent.page.browser.chromium import running_chromium
from tests.journeys.recorded_line import RecordedLine
from tests.journeys.test_evening import card, found_in

PHONES, DIGITS = 25, 5
CARDS = [card(n) for n in range(PHONES + DIGITS)]
NAMES = [f"诸葛测试{n:02}" for n in range(PHONES + DIGITS)]
UP_S = 1
"""The box of each boot was switched on so long before its programs."""
OFF_S = 1.0
"""Of each stretch and of each coming and going: between a key and the picture lies a part of a second."""
FIGURES = Path(__file__).parents[2] / "build" / "journeys" / "scripted_evening.json"


@dataclass
class Script:
    """What happened, in seconds of one clock that nothing cuts."""

    plays: list[tuple[float, float]] = field(default_factory=list)
    came: dict[str, float] = field(default_factory=dict)
    left: dict[str, float] = field(default_factory=dict)

    def person_s(self, one: str) -> float:
        came, left = self.came[one], self.left.get(one, float("inf"))
        return sum(max(0.0, min(end, left) - max(begin, came)) for begin, end in self.plays)

    @property
    def studied_s(self) -> float:
        return sum(end - begin for begin, end in self.plays)


@pytest.mark.skipif(bool(why_no_other_boot()), reason="no namespaces here")
def test_thirty_people_and_a_power_cut_in_the_middle(house: House, screen: str, tmp_path: Path) -> None:
    script, wire = Script(), RecordedLine(tmp_path / "wire", int(house.city_url.rpartition(":")[2]))
    with ExitStack() as stack:
        stack.enter_context(wire.open())
        _set_up(house, wire, tmp_path)
        browser = stack.enter_context(running_chromium())
        remote = stack.enter_context(RemoteAndEyes(screen))
        operator = _switched_on(house, remote, tmp_path)
        HomeScreen(operator, house).open_course("2")
        operator.find("Right", "button:group", 4)
        operator.press("Return")
        operator.wait_for_screen("group_study")
        for one in CARDS[:DIGITS]:
            operator.type(one[-6:])
            script.came[one] = time.monotonic()
        address = _scanned(operator, tmp_path)
        phones = {one: _comes(browser, address, one) for one in CARDS[DIGITS:]}
        script.came |= dict.fromkeys(phones, time.monotonic())
        operator.wait(lambda: _present(house) == PHONES + DIGITS, "not everybody is in", 20)

        operator.press("Return")
        _plays(operator, script, 7)
        _leaves(phones[CARDS[-1]], script, CARDS[-1])

        _power_cut(house, wire)
        operator = _switched_on(house, remote, tmp_path)
        _goes_on(operator, house)
        HomeScreen(operator, house).open_course("1")
        operator.press("Return")
        _plays(operator, script, 25, lambda: _leaves_at_television(operator, house, script, CARDS[-2]))
        again = _scans(browser, _scanned_again(house))
        _types(again, CARDS[-3])
        _leaves(again, script, CARDS[-3])
        HomeScreen(operator, house).find("live:L1")
        operator.press("Return")
        _plays(operator, script, 5)
        ended = house.ask_agent("/v1/group/end", {"terminal": "tv-1"})["group"]
        assert ended["present"] == PHONES + DIGITS - 3
        held, people = _at_the_city(house)
    _compare(script, held, people)
    house.stop()
    assert found_in(tmp_path, [*NAMES, *CARDS]) == []
    delivered = b"".join(wire.unpacked())
    assert all(one["pseudonym"].encode() in delivered for one in people)
    assert [one for one in (*NAMES, *CARDS) if one.encode() in delivered] == []


def _set_up(house: House, wire: RecordedLine, folder: Path) -> None:
    house.agent.stop()
    house.box_stands_on(OtherBoot(house.folder, UP_S).words(), wire.url)
    settings = f"page_port = {free_port()}\nphones_share_address = true\n"
    (house.folder / "box" / "settings.toml").write_text(settings, encoding="utf-8")
    house.start_agent()
    sheet = folder / "roster.csv"
    rows = "".join(f"{name},{number}\n" for name, number in zip(NAMES, CARDS, strict=True))
    sheet.write_text(f"姓名,学习卡号\n{rows}", encoding="utf-8")
    house.box_command("roster", "import", str(sheet))
    sheet.unlink()


def _power_cut(house: House, wire: RecordedLine) -> None:
    """Television and box lose their power, and begin another boot."""
    house.tv.kill()
    house.agent.kill()
    house.box_stands_on(OtherBoot(house.folder, UP_S).words(), wire.url)
    house.start_agent()


def _goes_on(operator: Operator, house: House) -> None:
    """As the card on the screen asks."""
    assert _going_on(house)["goes_on_from_earlier"]
    HomeScreen(operator, house).open_course("1")
    operator.find("Right", "button:group", 4)
    operator.press("Return")
    operator.wait_for_screen("group_study")
    operator.wait(lambda: operator.focus == "card:0", "nobody asks whether it goes on", 10)
    operator.press("Return")
    operator.wait(lambda: not _going_on(house)["goes_on_from_earlier"], "it does not go on", 10)
    operator.press("Home")
    operator.wait_for_screen("home")


def _leaves_at_television(operator: Operator, house: House, script: Script, one: str) -> None:
    """By the player's menu, while the film goes on."""
    [member] = [each["member_id"] for each in _going_on(house)["attendees"] if each["digits"] == one[-4:]]
    operator.press("F1")
    operator.find("Down", "leaving:", 4)
    operator.find("Right", f"leaving:{member}")
    operator.press("Return")
    script.left[one] = time.monotonic()
    operator.wait(lambda: _present(house) == PHONES + DIGITS - len(script.left), "nobody left", 10)
    assert operator.screen == "player"


def _switched_on(house: House, remote: RemoteAndEyes, folder: Path) -> Operator:
    house.events.unlink(missing_ok=True)
    house.start_tv()
    operator = Operator(remote, EventFile(house.events), folder)
    operator.wait_for_screen("home", 40)
    operator.wait(lambda: operator.focus.startswith("row:"), "no course on the home screen", 40)
    return operator


def _scanned(operator: Operator, folder: Path) -> str:
    """As a phone's camera reads it off the screen."""
    operator.photograph("check-in")
    read = subprocess.run(
        ["zbarimg", "-q", "--raw", str(folder / operator.screens[-1])],
        capture_output=True,
        text=True,
        check=True,
    )
    return read.stdout.strip()


def _scanned_again(house: House) -> str:
    """The code of after the cut, which the television shows as well."""
    return str(_going_on(house)["page"])


def _scans(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN").new_page()
    page.goto(address)
    return page


def _types(page: Page, one: str) -> None:
    page.get_by_label("卡号后 6 位").fill(one[-6:])
    page.get_by_role("button", name="签到").first.click()


def _comes(browser: Browser, address: str, one: str) -> Page:
    page = _scans(browser, address)
    _types(page, one)
    expect(page.get_by_role("status")).to_contain_text("签到成功")
    return page


def _leaves(page: Page, script: Script, one: str) -> None:
    page.get_by_role("link", name="我要先走").click()
    page.get_by_role("button", name="确定签退").click()
    expect(page.get_by_role("status")).to_contain_text("已经签退")
    script.left[one] = time.monotonic()


def _plays(
    operator: Operator, script: Script, seconds: float, meanwhile: Callable[[], None] = lambda: None
) -> None:
    """From the moving picture to the key that ends it."""
    operator.wait_for_screen("player")
    pressed = time.monotonic()
    operator.wait_until_moving()
    began = time.monotonic()
    meanwhile()
    operator.look_on(max(0.0, began + seconds - time.monotonic()))
    operator.press("End")
    script.plays.append(((pressed + began) / 2, time.monotonic()))
    operator.wait(lambda: operator.screen != "player", "the film does not end", 10)
    if operator.screen != "home":
        operator.press("Home")
        operator.wait_for_screen("home")


def _going_on(house: House) -> dict[str, Any]:
    return dict(house.ask_agent("/v1/group?terminal=tv-1")["group"])


def _present(house: House) -> int:
    return int(_going_on(house)["present"])


def _at_the_city(house: House) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    month = str(house.ask_agent("/v1/status")["month"]["month"])
    where = ("--station", BOX_STATION, "--month", month, "--json")
    end = time.monotonic() + 60
    while True:
        groups = json.loads(house.city_command("groups", *where))["groups"]
        waiting = house.ask_agent("/v1/status")["waiting"]
        standing = [one for one in groups if one["stands"]]
        if standing and not waiting:
            return standing[0], json.loads(house.city_command("people", *where))["people"]
        assert time.monotonic() < end, "no group study came to the city"
        time.sleep(0.5)


def _compare(script: Script, held: dict[str, Any], people: list[dict[str, Any]]) -> None:
    assert held["people"] == len(people) == PHONES + DIGITS
    studied_off = abs(held["effective_ms"] / 1_000 - script.studied_s)
    told = sorted(one["person_ms"] / 1_000 for one in people)
    wanted = sorted(script.person_s(one) for one in CARDS)
    off = [abs(a - b) for a, b in zip(told, wanted, strict=True)]
    figures = {"studied_s": script.studied_s, "studied_off_s": studied_off, "person_off_s_max": max(off)}
    FIGURES.parent.mkdir(parents=True, exist_ok=True)
    FIGURES.write_text(json.dumps(figures) + "\n", encoding="utf-8")
    assert studied_off < OFF_S * len(script.plays), figures
    assert max(off) < OFF_S * len(script.plays), figures
    assert held["person_ms"] == sum(one["person_ms"] for one in people)
    assert re.fullmatch(r"[0-9a-f]{32}", people[0]["pseudonym"])
