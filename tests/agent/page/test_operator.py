"""The operator's page on a real socket: the PIN, the roster, offline study, corrections."""

import re
import threading
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from agent.stores.offline.standings import Standing, registered_offline
from study.units import MINUTE_MS
from tests.agent.page.desk import PIN, Desk
from tests.agent.page.phones import Html, Phone

LECTURE = {
    "title": "果树冬剪",
    "kind": "evening_school",
    "place": "埝坛村文化室",
    "day": "2026-10-20",
    "begins": "19:30",
    "minutes": "90",
}


def test_without_a_pin_it_says_where_to_choose_one(desk: Desk) -> None:
    browser = desk.browser()
    assert browser.get("/operator").status_code == 403
    assert "先在电视上进入“设置”" in browser.words
    assert browser.post("/operator", {"pin": PIN}).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["", "/people", "/people/template", "/people/1", "/offline", "/offline/new", "/groups", "/groups/1"],
)
def test_without_the_pin_nothing_is_shown_and_nothing_done(open_desk: Desk, path: str) -> None:
    browser = open_desk.browser()
    assert browser.get(f"/operator{path}").status_code == 403
    assert "6 位数字" in browser.words
    assert "花名册" not in browser.words
    browser.session.cookies.set("zx", "x" * 22)
    browser.session.cookies.set("zxop", "x" * 22)
    assert browser.get(f"/operator{path}").status_code == 403
    if path:
        assert browser.post(f"/operator{path}", LECTURE).status_code in (403, 405)
    with open_desk.parts.database.reading() as tables:
        assert registered_offline(tables) == []


def test_the_pin_opens_it_and_leaving_closes_it(open_desk: Desk) -> None:
    browser = open_desk.inside()
    assert "本机状况" in browser.words
    assert "市平台 注意最近一次" in browser.words
    assert "存储 注意剩余 1.0 GB" in browser.words
    assert Html(browser.page).faults == []
    [cookie] = list(browser.session.cookies)
    assert (cookie.name, cookie.path, cookie.has_nonstandard_attr("HttpOnly")) == ("zxop", "/operator", True)
    kept = cookie.value
    browser.post("/operator/leave", {})
    again = open_desk.browser()
    again.session.cookies.set("zxop", kept)
    assert again.get("/operator").status_code == 403


def test_wrong_pins_wait_longer_and_longer_and_at_once_get_no_more_tries(open_desk: Desk) -> None:
    browser = open_desk.browser()
    answers = [browser.post("/operator", {"pin": f"{n:06}"}).status_code for n in range(6)]
    assert answers == [403] * 5 + [429]
    assert browser.post("/operator", {"pin": PIN}).status_code == 429
    open_desk.clock.pass_ms(20_000)
    assert browser.post("/operator", {"pin": PIN}).status_code == 200

    told: list[int] = []
    sender = [threading.Thread(target=lambda: told.append(_guess(open_desk))) for _ in range(12)]
    for one in sender:
        one.start()
    for one in sender:
        one.join()
    assert told.count(403) <= 5
    assert open_desk.inside(4)


def _guess(desk: Desk) -> int:
    return desk.browser(3).post("/operator", {"pin": "000000"}).status_code


def test_from_many_addresses_there_are_no_more_tries_than_from_one(open_desk: Desk) -> None:
    answers = [open_desk.browser(n).post("/operator", {"pin": "000001"}).status_code for n in range(10, 40)]
    assert answers.count(403) == 25
    assert answers[-1] == 429


def test_half_an_hour_without_a_page_or_another_pin_ends_it(open_desk: Desk) -> None:
    browser, other = open_desk.inside(), open_desk.inside(3)
    open_desk.clock.pass_ms(29 * MINUTE_MS)
    assert browser.get("/operator").status_code == 200
    open_desk.clock.pass_ms(29 * MINUTE_MS)
    assert browser.get("/operator").status_code == 200
    assert other.get("/operator").status_code == 403
    open_desk.operator.take_pin(PIN)
    assert browser.get("/operator").status_code == 200
    open_desk.operator.take_pin("111111")
    assert browser.get("/operator").status_code == 403


def test_the_pin_is_nowhere_on_the_disk(open_desk: Desk) -> None:
    file = open_desk.parts.settings.operator_pin_file
    assert file.stat().st_mode & 0o777 == 0o600
    assert PIN.encode() not in file.read_bytes()


def test_a_form_of_another_page_is_not_taken(open_desk: Desk) -> None:
    browser = open_desk.inside()
    members = open_desk.with_people(browser)
    for token in ("", "x" * 22):
        answer = browser.post(f"/operator/people/{members[0]}/erase", {"form_token": token})
        assert answer.status_code == 403
    assert len(open_desk.parts.roster.members().by_id) == 3


def test_a_roster_is_looked_at_before_it_is_taken(open_desk: Desk) -> None:
    browser = open_desk.inside()
    browser.get("/operator/people")
    open_desk.imports(browser)
    assert "新增3 人" in browser.words
    assert "第 5 行，不导入" in browser.words
    assert open_desk.parts.roster.members().by_id == {}
    browser.post("/operator/people/take", {})
    assert browser.said == "已导入：新增 3 人，改名 0 人，未变 0 人"
    assert "李*芳 0009" in browser.words
    assert "李秀芳" not in browser.page
    browser.get("/operator/people?find=0017")
    assert "王*" in browser.words or "*明" in browser.words
    assert "李*芳" not in browser.words


def test_an_excel_sheet_and_files_that_are_none(open_desk: Desk) -> None:
    book, made = Workbook(), BytesIO()
    sheet = book.active
    for row in (("姓名", "学习卡号"), ("孙八", "1107010033")):
        sheet.append(row)  # type: ignore[union-attr]
    book.save(made)
    browser = open_desk.inside()
    browser.get("/operator/people")
    open_desk.imports(browser, made.getvalue(), "名单.xlsx")
    assert "新增1 人" in browser.words
    for wrong in (b"", b"\xff" * 5_000, b"PK\x03\x04" + b"x" * 999, made.getvalue()[:-200]):
        browser.get("/operator/people")
        open_desk.imports(browser, wrong)
        assert browser.said
        assert "wrong" in browser.page
    browser.get("/operator/people")
    answer = open_desk.imports(browser, b"x" * 3_000_000)
    assert answer.status_code == 413


def test_somebody_is_handed_out_and_erased(open_desk: Desk) -> None:
    browser = open_desk.inside()
    first, *_ = open_desk.with_people(browser)
    answer = browser.session.post(
        f"{open_desk.url}/operator/people/{first}/file", {"form_token": browser.form_token}, timeout=10
    )
    assert "李秀芳" in answer.text
    assert answer.headers["Content-Disposition"].startswith("attachment")
    browser.get(f"/operator/people/{first}")
    browser.post(f"/operator/people/{first}/erase", {})
    assert "已从本机删除" in browser.said
    assert first not in open_desk.parts.roster.members().by_id


def test_a_lecture_is_registered_amended_and_withdrawn(open_desk: Desk) -> None:
    browser = open_desk.inside()
    first, second, third = open_desk.with_people(browser)
    browser.get("/operator/offline/new")
    browser.session.headers["Content-Type"] = "application/x-www-form-urlencoded"
    browser.post(
        "/operator/offline",
        {**LECTURE, "member": str(first), "cards": "010017\r\n", "facilitator": str(third)},
    )
    assert browser.said.startswith("已登记：《果树冬剪》，2 人")
    [one] = _registered(open_desk)
    assert (one.study.members, one.study.facilitator, one.standing) == (
        (first, second),
        third,
        Standing.WAITING_KEY,
    )
    browser.get(f"/operator/offline/{one.offline_id}")
    assert 'value="2026-10-20"' in browser.page
    assert browser.page.count(" checked") == 2
    browser.post(f"/operator/offline/{one.offline_id}", {**LECTURE, "minutes": "60", "member": str(first)})
    assert _registered(open_desk)[0].study.minutes == 60
    browser.post(f"/operator/offline/{one.offline_id}/withdraw", {})
    assert browser.said == "已撤回，不再计入"
    assert _registered(open_desk)[0].standing is Standing.WITHDRAWN
    browser.get("/operator/offline")
    assert "已撤回" in browser.words


def _registered(desk: Desk):  # type: ignore[no-untyped-def]
    with desk.parts.database.reading() as tables:
        return registered_offline(tables)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "请填写题目"),
        ({"day": "明天"}, "请填写日期"),
        ({"begins": "25:00"}, "请填写开始时间"),
        ({"minutes": "一小时"}, "时长请填"),
        ({"member": "", "cards": ""}, "请选择参加的人"),
        ({"cards": "999999"}, "不在花名册里"),
        ({"cards": "李秀芳"}, "不对"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    open_desk: Desk, changes: dict[str, str], words: str
) -> None:
    browser = open_desk.inside()
    first, *_ = open_desk.with_people(browser)
    browser.get("/operator/offline/new")
    browser.post("/operator/offline", {**LECTURE, "place": "田间", "member": str(first), **changes})
    assert words in browser.said
    assert 'value="田间"' in browser.page
    assert _registered(open_desk) == []


def test_a_group_study_is_shown_and_corrected(open_desk: Desk) -> None:
    browser = open_desk.inside()
    first, second, third = open_desk.with_people(browser)
    group_id = open_desk.held(first, second)
    browser.get("/operator/groups")
    assert "2 人" in browser.words
    browser.get(f"/operator/groups/{group_id}")
    assert "李*芳" in browser.words
    browser.post(f"/operator/groups/{group_id}/forgot", {"member": str(third)})
    assert "已更正，原因：漏签" in browser.said
    assert "参加的人，3 人" in browser.words
    browser.get(f"/operator/groups/{group_id}/{second}")
    browser.post(f"/operator/groups/{group_id}/{second}/absent", {})
    assert "参加的人，2 人" in browser.words
    browser.get(f"/operator/groups/{group_id}/{first}")
    browser.post(f"/operator/groups/{group_id}/{first}/times", {"from": "9", "until": "3"})
    assert "离场时间要在到场时间之后" in browser.said
    browser.post(f"/operator/groups/{group_id}/plan", {"kind": "theme_day", "theme": "十月主题党日"})
    assert "固定党日，十月主题党日" in browser.words
    open_desk.clock.pass_ms(25 * 60 * MINUTE_MS)
    browser = open_desk.inside()
    browser.get(f"/operator/groups/{group_id}")
    assert "只能在结束的当天更正" in browser.words
    assert "补签" not in browser.words


def test_what_is_not_there_leads_back_with_words(open_desk: Desk) -> None:
    browser = open_desk.inside()
    for path, words in (("people", "没有这个人"), ("offline", "没有这条"), ("groups", "没有这场")):
        assert browser.get(f"/operator/{path}/99").status_code == 200
        assert words in browser.said


def test_export_says_what_became_of_it(open_desk: Desk) -> None:
    browser = open_desk.inside()
    browser.post("/operator/export", {})
    assert browser.said == "没有找到 U盘"
    open_desk.stick.append("已导出 12 条记录")
    browser.post("/operator/export", {})
    assert browser.said == "已导出 12 条记录"


def test_every_page_is_whole_small_and_without_names(
    open_desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    browser = open_desk.inside()
    rows = "".join(f"诸葛测试{n:03},{1107000000 + n}\n" for n in range(600))
    browser.get("/operator/people")
    open_desk.imports(browser, "姓名,学习卡号\n" + rows)
    browser.post("/operator/people/take", {})
    group_id = open_desk.held(*list(open_desk.parts.roster.members().by_id)[:60])
    for path in ("", "/people", "/people/1", "/offline", "/offline/new", "/groups", f"/groups/{group_id}"):
        answer = browser.get(f"/operator{path}")
        page = Html(browser.page)
        assert page.faults == [], path
        assert len(answer.content) <= 100_000, path
        assert "诸葛测试" not in browser.page
        labels = {one.get("for") for one in page.all("label")}
        named = [one for one in (*page.all("input"), *page.all("select")) if one.get("id")]
        assert {one["id"] for one in named} <= labels, path
        assert "unsafe-inline" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
    assert "诸葛" not in caplog.text
    assert not re.search(r"11070[0-9]{5}", caplog.text)


NAMES = (
    *("title", "kind", "place", "day", "begins", "minutes", "member", "cards", "facilitator", "card"),
    *("from", "until", "theme", "own_kind", "pin", "find"),
)
FORMS = (
    *("/offline", "/offline/1", "/groups/1/forgot", "/groups/1/1/times", "/groups/1/plan"),
    "/people/take",
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(FORMS),
    sent=st.dictionaries(st.sampled_from(NAMES), st.text(max_size=80), max_size=9),
)
def test_whatever_a_form_holds_is_answered(
    fuzzed: tuple[Desk, Phone], path: str, sent: dict[str, str]
) -> None:
    desk, browser = fuzzed
    desk.clock.pass_ms(11_000)
    assert browser.post(f"/operator{path}", sent).status_code in (200, 403)


@pytest.fixture
def fuzzed(open_desk: Desk) -> tuple[Desk, Phone]:
    browser = open_desk.inside()
    members = open_desk.with_people(browser)
    open_desk.held(*members)
    return open_desk, browser
