"""The operator's pages in a real browser: a lecture is registered, and every page looked at."""

import pytest
from playwright.sync_api import Page, expect

from tests.agent.page.browser.conftest import LAPTOP, PHONE, SMALL, Opened, keep_picture
from tests.agent.page.browser.looks import faults
from tests.agent.page.desk import LIST, PIN, Desk


def enters(page: Page, at: Desk) -> None:
    page.goto(f"{at.url}/operator")
    page.get_by_label("管理员密码").fill(PIN)
    page.get_by_role("button", name="进入").click()
    expect(page.get_by_role("heading", name="本机状况")).to_be_visible()


def imports(page: Page) -> None:
    page.get_by_role("link", name="花名册").click()
    sheet = {"name": "名单.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    page.get_by_label("导入花名册").set_input_files(sheet)  # type: ignore[arg-type]
    page.get_by_role("button", name="先看看会改什么").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_from_an_empty_box_to_a_registered_lecture(open_desk: Desk, opened: Opened, scripts: bool) -> None:
    page = opened(PHONE, scripts=scripts)
    enters(page, open_desk)
    imports(page)
    page.get_by_role("button", name="确定导入").click()
    expect(page.get_by_role("status")).to_contain_text("新增 3 人")
    page.get_by_role("link", name="线下学习").click()
    page.get_by_role("link", name="登记一次线下学习").click()
    page.get_by_label("题目").fill("果树冬剪")
    page.get_by_label("地点").fill("埝坛村文化室")
    page.get_by_label("日期").fill("2026-10-20")
    page.get_by_label("李*芳 0009").check()
    page.get_by_role("button", name="登记，上报").click()
    expect(page.get_by_role("status")).to_contain_text("已登记：《果树冬剪》，1 人")
    expect(page.get_by_role("link", name="果树冬剪")).to_be_visible()
    page.get_by_role("button", name="退出").click()
    # On its way the leaving would be cut off by the next page.
    expect(page.get_by_text("已经退出")).to_be_visible()
    page.goto(f"{open_desk.url}/operator/offline")
    expect(page.get_by_label("管理员密码")).to_be_visible()


@pytest.mark.parametrize(("name", "size"), [("small", SMALL), ("phone", PHONE), ("laptop", LAPTOP)])
def test_every_page_is_fit_for_old_eyes(
    open_desk: Desk, opened: Opened, name: str, size: tuple[int, int]
) -> None:
    page = opened(size)
    wrong: dict[str, object] = {}

    def look(what: str) -> None:
        keep_picture(page, f"operator-{what}-{name}")
        if found := faults(page):
            wrong[what] = found

    page.goto(f"{open_desk.url}/operator")
    look("1-pin")
    page.get_by_label("管理员密码").fill("000000")
    page.get_by_role("button", name="进入").click()
    look("2-wrong-pin")
    enters(page, open_desk)
    look("3-front")
    imports(page)
    look("4-import")
    page.get_by_role("button", name="确定导入").click()
    look("5-people")
    members = list(open_desk.parts.roster.members().by_id)
    group_id = open_desk.held(*members[:2])
    for what, path in (
        ("6-person", f"people/{members[0]}"),
        ("7-groups", "groups"),
        ("8-group", f"groups/{group_id}"),
        ("9-times", f"groups/{group_id}/{members[0]}"),
        ("a-offline", "offline"),
        ("b-form", "offline/new"),
    ):
        page.goto(f"{open_desk.url}/operator/{path}")
        look(what)
    page.get_by_label("题目").fill("果树冬剪")
    page.get_by_label("地点").fill("埝坛村")
    page.get_by_role("button", name="登记，上报").click()
    look("c-wrong")
    page.get_by_label("王").check()
    page.get_by_label("日期").fill("2026-10-20")
    page.get_by_role("button", name="登记，上报").click()
    look("d-registered")
    page.get_by_role("link", name="果树冬剪").click()
    look("e-amend")
    assert wrong == {}
