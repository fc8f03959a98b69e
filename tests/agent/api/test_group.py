"""What the television asks about group study, over a socket."""

from typing import Any

import pytest
import requests

from agent.records.person import Person
from study import group_api, remote_api
from study.group.card import CardNumber
from study.local_api import REPORTS
from tests.agent.api.served import Agent
from tests.agent.television import Play, report

TV = {"terminal": "tv-1"}
FANG, MING, SAME = CardNumber("1107010009"), CardNumber("1107010017"), CardNumber("2207010009")
VISITOR = "2207010006"


@pytest.fixture
def room(agent: Agent) -> Agent:
    people = [Person("李秀芳", FANG), Person("王明", MING), Person("张建国", SAME)]
    agent.parts.roster.take(people)
    return agent


def post(agent: Agent, path: str, **body: Any) -> requests.Response:
    return agent.call("POST", path, json={**TV, **body})


def begin(agent: Agent, *agenda: str, kind: str = "free", theme: str = "") -> dict[str, Any]:
    reply = post(agent, group_api.GROUP, kind=kind, theme=theme, agenda=list(agenda))
    assert reply.status_code == 200, reply.text
    return dict(reply.json()["group"])


def come(agent: Agent, digits: str, member_id: int | None = None) -> dict[str, Any]:
    reply = post(agent, group_api.GROUP_CHECK_INS, digits=digits, member_id=member_id)
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


def going_on(agent: Agent) -> dict[str, Any] | None:
    held: dict[str, Any] | None = agent.get(group_api.GROUP, params=TV).json()["group"]
    return held


def study(agent: Agent, clock: Any, ms: int, item: str = "5.1") -> None:
    play = Play(f"p{clock.mono_ms()}", item, clock.mono_ms())
    play.watch(ms)
    clock.pass_ms(ms)
    play.leave()
    told = report(clock.mono_ms(), play, run_id="run")
    assert agent.call("POST", REPORTS, json=told).status_code == 200


def test_there_is_none_until_one_begins(room: Agent) -> None:
    assert going_on(room) is None
    group = begin(room, "5.1", "6.1", kind="evening_school", theme="秋收")
    assert (group["kind_words"], group["theme"], group["present"], group["ended"]) == (
        "农民夜校",
        "秋收",
        0,
        False,
    )
    titles = [(item["item_id"], item["title"], item["length_ms"]) for item in group["agenda"]]
    assert titles == [("5.1", "课程5", 100_000), ("6.1", "课程6", 100_000)]
    assert going_on(room) == group


def test_a_second_one_is_refused_in_words(room: Agent) -> None:
    begin(room)
    reply = post(room, group_api.GROUP, kind="free", theme="", agenda=[])
    assert (reply.status_code, reply.json()["code"]) == (409, "already_open")
    assert "结束" in reply.json()["words"]


def test_six_digits_check_in_and_the_name_is_masked(room: Agent) -> None:
    begin(room)
    reply = come(room, MING[-6:])
    assert (reply["outcome"], reply["words"]) == ("in", "王* 签到成功")
    [one] = reply["group"]["attendees"]
    assert (one["name"], one["digits"], one["via"], one["is_in"]) == ("王*", "0017", "card", True)
    assert reply["group"]["present"] == 1
    assert come(room, "０１００１７")["outcome"] == "already"


def test_of_two_cards_that_end_alike_one_is_chosen(room: Agent) -> None:
    begin(room)
    reply = come(room, FANG[-6:])
    assert reply["outcome"] == "choose"
    assert [one["name"] for one in reply["choices"]] == ["李*芳", "张*国"]
    assert [one["digits"] for one in reply["choices"]] == ["1107", "2207"]
    chosen = come(room, "", reply["choices"][1]["member_id"])
    assert (chosen["outcome"], chosen["words"]) == ("in", "张*国 签到成功")


def test_who_is_in_no_roster_types_the_whole_number(room: Agent) -> None:
    begin(room)
    assert come(room, "999999")["outcome"] == "unknown"
    assert come(room, "2207010007")["outcome"] == "mistyped"
    reply = come(room, VISITOR)
    assert (reply["outcome"], reply["words"]) == ("in", "访客 签到成功")
    assert come(room, VISITOR)["outcome"] == "already"


@pytest.mark.parametrize("digits", ["", "12", "abcdef", "1" * 30])
def test_what_is_no_card_number(room: Agent, digits: str) -> None:
    begin(room)
    reply = come(room, digits)
    assert (reply["outcome"], reply["group"]["present"]) == ("mistyped", 0)
    assert reply["words"]


def test_undone_and_left_early(room: Agent) -> None:
    begin(room)
    come(room, MING[-6:])
    first = come(room, FANG)["group"]["attendees"][0]
    assert post(room, group_api.GROUP_UNDO).json()["group"]["present"] == 1
    come(room, FANG)
    left = post(room, group_api.GROUP_CHECK_OUTS, member_id=first["member_id"]).json()["group"]
    assert left["present"] == 1


def test_what_is_studied_together_stands_there_at_once(room: Agent, clock: Any) -> None:
    begin(room, "5.1", "6.1")
    come(room, MING)
    clock.pass_ms(1_000)
    study(room, clock, 30_000)
    come(room, FANG)
    study(room, clock, 40_000, "6.1")
    group = going_on(room)
    assert group is not None
    assert (group["studied_ms"], group["effective_ms"]) == (70_000, 70_000)
    told = [(item["studied_ms"], item["counted"]) for item in group["agenda"]]
    assert told == [(30_000, True), (40_000, True)]
    assert {one["name"]: one["person_ms"] for one in group["attendees"]} == {"李*芳": 40_000, "王*": 70_000}


def test_discussion_end_and_nothing_after_it(room: Agent, clock: Any) -> None:
    begin(room)
    assert post(room, group_api.GROUP_DISCUSSION, on=True).json()["group"]["discussing"]
    clock.pass_ms(20_000)
    off = post(room, group_api.GROUP_DISCUSSION, on=False).json()["group"]
    assert (off["discussing"], off["discussion_ms"]) == (False, 20_000)
    ended = post(room, group_api.GROUP_END).json()["group"]
    assert (ended["ended"], ended["discussion_ms"]) == (True, 20_000)
    assert going_on(room) is None
    for path, body in (
        (group_api.GROUP_END, {}),
        (group_api.GROUP_UNDO, {}),
        (group_api.GROUP_DISCUSSION, {"on": True}),
        (group_api.GROUP_CHECK_INS, {"digits": FANG, "member_id": None}),
    ):
        reply = post(room, path, **body)
        assert (reply.status_code, reply.json()["code"]) == (409, "not_open")


def test_after_a_power_cut_it_is_told_that_it_is_of_earlier(room: Agent, clock: Any) -> None:
    begin(room, "5.1")
    come(room, MING)
    clock.reboot("boot-2")
    group = going_on(room)
    assert group is not None
    assert (group["goes_on_from_earlier"], group["present"]) == (True, 1)
    again = come(room, FANG)["group"]
    assert (again["goes_on_from_earlier"], again["present"]) == (False, 2)


def test_a_plan_that_makes_no_sense(room: Agent) -> None:
    reply = post(room, group_api.GROUP, kind="", theme="", agenda=[])
    assert (reply.status_code, reply.json()["code"]) == (422, "bad_plan")


def test_without_the_rosters_key_the_group_goes_on_without_names(room: Agent) -> None:
    begin(room)
    come(room, MING)
    room.parts.settings.roster_key_file.write_bytes(b"another box's")
    room.parts.roster.__init__(room.database, room.parts.settings.roster_key_file)  # type: ignore[misc]
    group = going_on(room)
    assert group is not None
    assert [one["name"] for one in group["attendees"]] == ["访客"]
    assert come(room, MING[-6:])["outcome"] == "unknown"


def test_another_terminal_is_another_room(room: Agent) -> None:
    begin(room)
    assert room.get(group_api.GROUP, params={"terminal": "tv-2"}).json()["group"] is None


def test_only_with_the_token(room: Agent) -> None:
    url = room.url + group_api.GROUP
    assert requests.get(url, params=TV, timeout=5).status_code == 401
    assert requests.post(url, json=TV, timeout=5).status_code == 401


def correct(
    agent: Agent, group_id: int, reason: str, *people: dict[str, Any], **plan: Any
) -> requests.Response:
    told = {"group_id": group_id, "reason": reason, "people": list(people), **plan}
    return post(agent, group_api.GROUP_CORRECTIONS, **told)


def test_an_ended_one_is_corrected_by_card_and_by_person(room: Agent, clock: Any) -> None:
    group = begin(room)
    come(room, MING)
    study(room, clock, 100_000)
    post(room, group_api.GROUP_END)
    [ended] = room.get(f"{group_api.GROUP_ENDED}?terminal=tv-1").json()["groups"]
    assert ended["group_id"] == group["group_id"]
    forgot = {"digits": FANG, "is_there": True}
    after = correct(room, ended["group_id"], "forgot_check_in", forgot, theme="冬剪").json()["group"]
    assert (after["theme"], len(after["attendees"]), after["ended"]) == ("冬剪", 2, True)
    wrong = {"member_id": after["attendees"][0]["member_id"], "is_there": False}
    after = correct(room, ended["group_id"], "wrong_check_in", wrong).json()["group"]
    assert len(after["attendees"]) == 1
    nobody = correct(room, ended["group_id"], "forgot_check_in", {"digits": "000000", "is_there": True})
    assert (nobody.status_code, nobody.json()["code"]) == (422, "unknown_member")
    assert correct(room, 99, "wrong_plan").json()["code"] == "unknown"
    assert correct(room, ended["group_id"], "李秀芳没来").status_code == 422


def test_after_a_power_cut_it_goes_on_when_somebody_says_so(room: Agent, clock: Any) -> None:
    begin(room, "5.1")
    come(room, MING)
    clock.reboot("boot-2")
    group = post(room, group_api.GROUP_RESUME).json()["group"]
    assert (group["goes_on_from_earlier"], group["present"]) == (False, 1)
    assert post(room, group_api.GROUP_RESUME).json()["group"]["present"] == 1
    post(room, group_api.GROUP_END)
    assert post(room, group_api.GROUP_RESUME).json()["code"] == "not_open"


def test_phones_may_only_where_it_was_allowed_and_not_after_the_end(room: Agent) -> None:
    asked = {**TV, "after": ""}
    assert room.get(remote_api.REMOTE_KEYS, params=asked).json() == {
        "allowed": False,
        "after": "",
        "presses": [],
    }
    group = begin(room, "5.1")
    assert group["remote"] is False
    assert post(room, remote_api.GROUP_REMOTE, on=True).json()["group"]["remote"] is True
    room.parts.remote.close()  # nobody waits
    reply = room.get(remote_api.REMOTE_KEYS, params=asked).json()
    assert reply["allowed"] is True
    assert room.parts.remote.put("tv-1", group["group_id"], "ok", "", room.parts.clock.mono_ms())
    reply = room.get(remote_api.REMOTE_KEYS, params={**TV, "after": reply["after"]}).json()
    assert [one["key"] for one in reply["presses"]] == ["ok"]
    ended = post(room, group_api.GROUP_END).json()["group"]
    assert ended["remote"] is False
    assert room.get(remote_api.REMOTE_KEYS, params=asked).json()["allowed"] is False
    assert begin(room)["remote"] is False


def test_a_plan_names_who_leads_it_and_may_be_changed_while_it_goes_on(room: Agent) -> None:
    begin(room)
    people = post(room, group_api.GROUP_MEMBERS, digits=MING[-6:]).json()
    [ming] = people["members"]
    assert (people["outcome"], ming["name"], ming["is_in"]) == ("found", "王*", False)
    changed = post(
        room,
        group_api.GROUP_PLAN,
        kind="branch_meeting",
        theme=" 秋收  怎么办 ",
        facilitator=ming["member_id"],
    )
    group = changed.json()["group"]
    assert (group["kind_words"], group["theme"], group["facilitator"]["name"]) == (
        "三会一课",
        "秋收 怎么办",
        ming["name"],
    )
    assert group["present"] == 0  # to lead is not to be there
    cleared = post(room, group_api.GROUP_PLAN, kind="free", theme="", facilitator=None).json()["group"]
    assert (cleared["kind"], cleared["theme"], cleared["facilitator"]) == ("free", "", None)


def test_a_plan_with_somebody_whom_nobody_knows_is_refused_and_nothing_begins(room: Agent) -> None:
    refused = post(room, group_api.GROUP, kind="free", theme="", agenda=[], facilitator=4711)
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown_member")
    assert going_on(room) is None
    begin(room)
    changed = post(room, group_api.GROUP_PLAN, kind="free", theme="秋收", facilitator=4711)
    assert (changed.status_code, changed.json()["code"]) == (422, "unknown_member")
    group = going_on(room)
    assert group is not None and group["theme"] == ""


def test_nobody_is_checked_in_by_being_looked_for(room: Agent) -> None:
    begin(room)
    several = post(room, group_api.GROUP_MEMBERS, digits="010009").json()
    assert (several["outcome"], len(several["members"])) == ("choose", 2)
    assert post(room, group_api.GROUP_MEMBERS, digits="999999").json()["outcome"] == "unknown"
    assert post(room, group_api.GROUP_MEMBERS, digits="1107010018").json()["outcome"] == "mistyped"
    visitor = post(room, group_api.GROUP_MEMBERS, digits=VISITOR).json()
    assert (visitor["outcome"], visitor["members"][0]["name"]) == ("found", "访客")
    group = going_on(room)
    assert group is not None and group["attendees"] == []


def test_kinds_and_themes_of_before_are_offered(room: Agent) -> None:
    for kind, theme in (("妇女之家", "秋收"), ("free", ""), ("读书会", "发酵床"), ("妇女之家", "秋收")):
        begin(room, kind=kind, theme=theme)
        post(room, group_api.GROUP_END)
    offered = room.get(group_api.GROUP_CHOICES).json()
    words = [kind["words"] for kind in offered["kinds"]]
    assert words == ["三会一课", "固定党日", "农民夜校", "自由学习", "妇女之家", "读书会"]
    assert offered["themes"] == ["秋收", "发酵床"]


def test_a_correction_with_somebody_whom_nobody_knows_is_refused(room: Agent) -> None:
    group = begin(room)
    member = come(room, MING[-6:])["group"]["attendees"][0]["member_id"]
    post(room, group_api.GROUP_END)

    def correct(**put: Any) -> requests.Response:
        asked = {"group_id": group["group_id"], "reason": "wrong_plan", **put}
        return post(room, group_api.GROUP_CORRECTIONS, **asked)

    gone = {"member_id": 4711, "digits": "", "is_there": True, "from_min": 0, "until_min": None}
    for put in ({"facilitator": 4711}, {"people": [gone]}):
        refused = correct(**put)
        assert (refused.status_code, refused.json()["code"]) == (422, "unknown_member")
    kept = correct(facilitator=member).json()["group"]
    assert (kept["facilitator"]["member_id"], kept["present"]) == (member, 1)


def test_home_leads_back_to_the_one_that_goes_on(room: Agent, clock: Any) -> None:
    def first() -> dict[str, Any]:
        return dict(room.get("/v1/home", params=TV).json()["rows"][0]["tiles"][0])

    group = begin(room, "discussion", "5.1")
    assert first()["kind"] == "vod"  # nobody would miss it
    clock.pass_ms(1_000)
    come(room, MING[-6:])
    tile = first()
    assert (tile["id"], tile["kind"], tile["title"], tile["episodes"]) == (
        f"group:{group['group_id']}",
        "group",
        "课程5",
        1,
    )
    elsewhere = room.get("/v1/home", params={"terminal": "tv-2"}).json()["rows"][0]["tiles"][0]
    assert elsewhere["kind"] == "vod"
    post(room, group_api.GROUP_END)
    assert first()["kind"] == "vod"
