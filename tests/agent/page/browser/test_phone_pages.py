"""The page for phones in a real browser: people check in as they do, and every page is looked at."""

import pytest
from playwright.sync_api import Page, expect

from study.units import MINUTE_MS
from tests.agent.page.browser.conftest import LAPTOP, PHONE, SMALL, Opened, keep_picture
from tests.agent.page.browser.looks import TARGET_PX, faults
from tests.agent.page.conftest import RoomPage

WEIGHT_MAX = 100_000


def scans(page: Page, room: RoomPage) -> None:
    page.goto(f"{room.url}/{room.token()}")
    assert page.url == f"{room.url}/"


def by_card(page: Page, digits: str) -> None:
    page.get_by_label("卡号后 6 位").fill(digits)
    page.get_by_role("button", name="签到").first.click()


@pytest.mark.parametrize("scripts", [True, False])
def test_by_card_a_second_one_no_third_and_leaving(room: RoomPage, opened: Opened, scripts: bool) -> None:
    page = opened(PHONE, scripts=scripts)
    scans(page, room)
    by_card(page, "999999")
    expect(page.get_by_role("alert")).to_contain_text("没有找到")
    by_card(page, "001002")
    expect(page.get_by_role("status")).to_contain_text("李*芳，签到成功")
    page.get_by_role("link", name="帮同来的人签到").click()
    page.get_by_label("姓名，写全").fill("王小明")
    page.get_by_label("学习卡号后 4 位").fill("2003")
    page.get_by_role("button", name="签到").last.click()
    expect(page.get_by_role("status")).to_contain_text("王*明，签到成功")
    expect(page.get_by_role("link", name="帮同来的人签到")).to_have_count(0)
    assert "李秀芳" not in page.content()
    page.get_by_role("link", name="我要先走").first.click()
    page.get_by_role("button", name="确定签退").click()
    expect(page.get_by_role("status")).to_contain_text("已经签退")
    assert room.present() == [2]


def test_by_keyboard_alone(room: RoomPage, opened: Opened) -> None:
    page = opened(LAPTOP)
    scans(page, room)
    page.keyboard.press("Tab")
    page.keyboard.type("001002")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("签到成功")


def test_a_phone_whose_clock_is_wrong_and_whose_line_is_slow(room: RoomPage, opened: Opened) -> None:
    page = opened(PHONE)
    page.clock.set_fixed_time("1999-01-01")
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 400, "downloadThroughput": 5_000, "uploadThroughput": 5_000}
    line.send("Network.emulateNetworkConditions", slow)
    scans(page, room)
    by_card(page, "001002")
    expect(page.get_by_role("status")).to_contain_text("签到成功")


@pytest.mark.parametrize(("name", "size"), [("small", SMALL), ("phone", PHONE), ("laptop", LAPTOP)])
def test_every_page_is_fit_for_old_eyes(
    room: RoomPage, opened: Opened, name: str, size: tuple[int, int]
) -> None:
    page = opened(size)
    weights: list[int] = []
    page.on("response", lambda answer: weights.append(len(answer.body()) if answer.status == 200 else 0))
    wrong: dict[str, object] = {}

    def look(what: str) -> None:
        keep_picture(page, f"phone-{what}-{name}")
        if found := faults(page):
            wrong[what] = found

    page.goto(f"{room.url}/{'x' * 22}")
    look("1-expired")
    page.goto(f"{room.url}/nothing-here")
    look("2-nothing")
    scans(page, room)
    look("3-check-in")
    by_card(page, "12")
    look("4-wrong")
    by_card(page, "003004")
    look("5-in")
    page.get_by_role("link", name="帮同来的人签到").click()
    look("6-another")
    by_card(page, "001002")
    look("7-two")
    page.get_by_role("link", name="我要先走").first.click()
    look("8-leaving")
    page.get_by_role("button", name="确定签退").click()
    look("9-left")
    room.clock.pass_ms(30 * MINUTE_MS)
    room.ends()
    page.goto(room.url)
    look("a-ended")
    assert wrong == {}
    assert 0 < max(weights) < WEIGHT_MAX


def test_twice_as_large_letters_need_no_sideways_scrolling(room: RoomPage, opened: Opened) -> None:
    page = opened(PHONE)
    scans(page, room)
    page.evaluate("document.documentElement.style.fontSize = '44px'")
    found = faults(page)
    assert found == {}


def test_what_is_wrong_with_a_page_is_seen(opened: Opened) -> None:
    page = opened(PHONE)
    page.set_content(
        "<html lang='zh'><body><p style='color:#aaa'>灰</p><p style='font-size:9px'>小</p>"
        "<button style='height:20px'>签到</button><input name='card'>"
        "<div style='width:900px'>宽</div></body></html>"
    )
    found = faults(page)
    assert {"faint", "tiny", "targets", "unlabelled", "scrolls sideways", "head"} <= set(found)
    assert TARGET_PX > 20
