"""The client against a real server on loopback."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from study.listing_api import ListingOrder
from study.local_api import ReportRequest
from tests.tvclient.agent_client.local_agent import TOKEN, Asked, LocalAgent, as_json
from tvclient.agent_client import client as client_file
from tvclient.agent_client.client import AgentClient
from tvclient.errors import AgentAway, AgentRefused

EMPTY_REPORT: ReportRequest = {
    "run_id": "",
    "terminal": "",
    "report_seq": 1,
    "boot_id": "",
    "at_ms": 0,
    "plays": [],
}


def _answer(asked: Asked) -> tuple[int, bytes]:
    if asked.token != TOKEN:
        return as_json(401, {"code": "wrong_token", "words": "令牌不对。"})
    path = asked.path.partition("?")[0]
    if path == "/v1/courses/nonsense":
        return 200, b"<html>"
    if path == "/v1/courses/list":
        return as_json(200, [])
    if path == "/v1/courses/404":
        return as_json(404, {"code": "unknown_course", "words": "没有这门课程。"})
    if path == "/v1/courses/500":
        return 500, b"Internal Server Error"
    if path in ("/v1/courses/503", "/v1/reports"):
        return as_json(503, {"code": "disk_full", "words": "磁盘满了。"})
    if path == "/v1/courses/400":
        return 400, b"?"
    if path == "/v1/group":
        return as_json(200, {"group": None, "waiting": 0})
    if asked.path.startswith("/v1/covers"):
        return 200, b"\x89PNG"
    if asked.path.startswith("/media"):
        return 200, b"\xff\xd8"
    return as_json(200, {"path": asked.path})


@pytest.fixture
def agent() -> Iterator[LocalAgent]:
    with LocalAgent(_answer) as running:
        yield running


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    file = tmp_path / "token"
    file.write_text(TOKEN + "\n")
    return file


def test_searching_has_its_places(agent: LocalAgent, token_file: Path) -> None:
    client = AgentClient(agent.url, token_file)
    client.search("发酵 &=#", 20, 4)
    client.search("fjc")
    client.searches()
    client.keep_search("发酵床养猪")
    client.forget_searches("5G & C语言")
    client.forget_searches()
    assert [(a.method, a.path, a.body) for a in agent.asked] == [
        ("GET", "/v1/search?typed=%E5%8F%91%E9%85%B5+%26%3D%23&offset=20&limit=4", None),
        ("GET", "/v1/search?typed=fjc&offset=0&limit=60", None),
        ("GET", "/v1/searches", None),
        ("POST", "/v1/searches", {"words": "发酵床养猪"}),
        ("DELETE", "/v1/searches?words=5G+%26+C%E8%AF%AD%E8%A8%80", None),
        ("DELETE", "/v1/searches", None),
    ]


def test_what_was_looked_for_stands_in_no_log(token_file: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    with pytest.raises(AgentAway):
        AgentClient(url, token_file).search("zwly")
    assert "/v1/search" in caplog.text
    assert "zwly" not in caplog.text


def test_every_call_has_its_place(agent: LocalAgent, token_file: Path) -> None:
    client = AgentClient(agent.url + "/", token_file, "tv-2")
    client.status()
    client.home()
    client.course("5")
    client.listings()
    client.listing_page("category:文化 & 艺术", ListingOrder.ON_BOX, 96, 48)
    client.listing_page("all", ListingOrder.NEWEST, 0, 48, "a+b")
    client.source("L1@2026-11-21T19:00+08:00")
    client.record("2026-11")
    client.enrol("account", "code")
    client.channels()
    client.guide(10, 5)
    client.guide(0, 5, from_utc_ms=1, to_utc_ms=2, number=352)
    client.reminders()
    client.remind("L1@1795345200")
    client.forget_reminder("L1@1795345200")
    assert client.cover("/v1/covers/5") == b"\x89PNG"
    assert client.sheet("http://elsewhere/media/pass/5%20-1.jpg") == b"\xff\xd8"
    assert [(a.method, a.path) for a in agent.asked] == [
        ("GET", "/v1/status"),
        ("GET", "/v1/home?terminal=tv-2"),
        ("GET", "/v1/courses/5?terminal=tv-2"),
        ("GET", "/v1/listings"),
        (
            "GET",
            "/v1/listings/page?listing=category%3A%E6%96%87%E5%8C%96+%26+%E8%89%BA%E6%9C%AF"
            "&order=on_box&first=96&count=48",
        ),
        ("GET", "/v1/listings/page?listing=all&order=newest&first=0&count=48&around=a%2Bb"),
        ("GET", "/v1/items/L1%402026-11-21T19%3A00%2B08%3A00/source"),
        ("GET", "/v1/record?month=2026-11"),
        ("POST", "/v1/enrolment"),
        ("GET", "/v1/channels?first=0&count=500"),
        ("GET", "/v1/guide?first=10&count=5"),
        ("GET", "/v1/guide?first=0&count=5&from_utc_ms=1&to_utc_ms=2&number=352"),
        ("GET", "/v1/reminders"),
        ("POST", "/v1/reminders"),
        ("DELETE", "/v1/reminders/L1%401795345200"),
        ("GET", "/v1/covers/5"),
        ("GET", "/media/pass/5%20-1.jpg"),
    ]
    assert agent.asked[13].body == {"item_id": "L1@1795345200"}
    assert agent.asked[8].body == {"account": "account", "code": "code"}


NOTHING_ELSE = {"people": [], "kind": None, "facilitator": None}


def test_group_study_has_its_places(agent: LocalAgent, token_file: Path) -> None:
    client = AgentClient(agent.url, token_file, "tv-2")
    tv = {"terminal": "tv-2"}
    client.group()
    client.begin_group("free", "", ("1.3", "1.4"), 7)
    client.plan_group("读书会", "秋收", None)
    client.plan_choices()
    client.find_member("107001")
    client.check_in("107001")
    client.check_in("107001", 7)
    client.check_out(7)
    client.undo_check()
    client.set_agenda(["1.5"])
    client.discuss(True)
    client.end_group()
    client.ended_groups()
    client.correct_group(4, "wrong_plan", theme="秋收")
    assert [(a.method, a.path, a.body) for a in agent.asked] == [
        ("GET", "/v1/group?terminal=tv-2", None),
        (
            "POST",
            "/v1/group",
            {**tv, "kind": "free", "theme": "", "facilitator": 7, "agenda": ["1.3", "1.4"]},
        ),
        ("POST", "/v1/group/plan", {**tv, "kind": "读书会", "theme": "秋收", "facilitator": None}),
        ("GET", "/v1/group/choices", None),
        ("POST", "/v1/group/members", {"digits": "107001"}),
        ("POST", "/v1/group/check-ins", {**tv, "digits": "107001", "member_id": None}),
        ("POST", "/v1/group/check-ins", {**tv, "digits": "107001", "member_id": 7}),
        ("POST", "/v1/group/check-outs", {**tv, "member_id": 7}),
        ("POST", "/v1/group/undo", tv),
        ("POST", "/v1/group/agenda", {**tv, "agenda": ["1.5"]}),
        ("POST", "/v1/group/discussion", {**tv, "on": True}),
        ("POST", "/v1/group/end", tv),
        ("GET", "/v1/group/ended?terminal=tv-2", None),
        (
            "POST",
            "/v1/group/corrections",
            {**tv, "group_id": 4, "reason": "wrong_plan", **NOTHING_ELSE, "theme": "秋收"},
        ),
    ]


def test_a_new_token_is_read_when_the_old_one_is_unknown(agent: LocalAgent, token_file: Path) -> None:
    token_file.write_text("of the old database")
    client = AgentClient(agent.url, token_file)
    with pytest.raises(AgentRefused) as refused:
        client.status()
    assert refused.value.code == "wrong_token"
    token_file.write_text(TOKEN)
    client.status()
    client.home()
    assert [a.token for a in agent.asked[-2:]] == [TOKEN, TOKEN]


def test_a_refusal_brings_code_and_words(agent: LocalAgent, token_file: Path) -> None:
    with pytest.raises(AgentRefused) as refused:
        AgentClient(agent.url, token_file).course("404")
    assert (refused.value.code, refused.value.words) == ("unknown_course", "没有这门课程。")


def test_a_refusal_without_words_still_says_something(agent: LocalAgent, token_file: Path) -> None:
    with pytest.raises(AgentRefused) as refused:
        AgentClient(agent.url, token_file).course("400")
    assert refused.value.code == "no_code"
    assert refused.value.words


def test_an_agent_in_trouble_is_away(agent: LocalAgent, token_file: Path) -> None:
    client = AgentClient(agent.url, token_file)
    with pytest.raises(AgentAway):
        client.course("500")
    with pytest.raises(AgentRefused, match="磁盘满了。"):
        client.course("503")


def test_a_report_that_the_agent_can_not_store_now_is_not_refused(
    agent: LocalAgent, token_file: Path
) -> None:
    with pytest.raises(AgentAway, match="磁盘满了。"):
        AgentClient(agent.url, token_file).report(EMPTY_REPORT)


@pytest.mark.parametrize("course_id", ["nonsense", "list"])
def test_an_answer_that_makes_no_sense_is_as_good_as_none(
    agent: LocalAgent, token_file: Path, course_id: str
) -> None:
    with pytest.raises(AgentAway):
        AgentClient(agent.url, token_file).course(course_id)


def test_nobody_listening(token_file: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening: the port refuses
        client = AgentClient(f"http://127.0.0.1:{taken.getsockname()[1]}", token_file)
        with pytest.raises(AgentAway):
            client.status()


def test_an_agent_that_hangs_is_given_up(token_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_file, "REPORT_READ_S", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        client = AgentClient(f"http://127.0.0.1:{silent.getsockname()[1]}", token_file)
        with pytest.raises(AgentAway):
            client.report(EMPTY_REPORT)


def test_no_token_yet(agent: LocalAgent, tmp_path: Path) -> None:
    with pytest.raises(AgentAway):
        AgentClient(agent.url, tmp_path / "absent").status()


def test_a_proxy_of_the_surroundings_is_not_used(
    agent: LocalAgent, token_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    AgentClient(agent.url, token_file).status()


def test_what_is_read_waits_for_what_was_just_watched(agent: LocalAgent, token_file: Path) -> None:
    client = AgentClient(agent.url, token_file)
    waited: list[int] = []
    client.read_after(lambda: waited.append(len(agent.asked)))
    client.home()
    client.course("5")
    client.source("5.1")
    client.record("2026-11")
    assert waited == [0, 1, 2, 3]


def test_an_article_and_its_pictures_are_asked_for_by_address(agent: LocalAgent, token_file: Path) -> None:
    client = AgentClient(agent.url, token_file)
    client.article("a/1")
    assert client.article_picture(f"http://elsewhere:1/media/pass/articles/1/{'0' * 64}") == b"\xff\xd8"
    assert [asked.path for asked in agent.asked] == [
        "/v1/articles/a%2F1",
        f"/media/pass/articles/1/{'0' * 64}",
    ]
