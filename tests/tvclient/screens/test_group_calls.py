"""Answers about a group study: the newest question wins, and nothing comes after the screen was left."""

from collections.abc import Callable
from typing import Any, cast

from study.group_api import GroupEntry, GroupReply
from tests.fakes.fake_group import FakeGroup, agenda_entry, group_entry
from tvclient.agent_client.client import AgentClient
from tvclient.background import Background
from tvclient.errors import AgentAway, AgentRefused, TvError
from tvclient.screens.group_calls import GroupCalls, go_on_or_begin

HOUR_MS = 3_600_000


class LaterBackground:
    """Nothing is answered before the test says so."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def run(
        self, work: Callable[[], Any], then: Callable[[Any], None], failed: Callable[[TvError], None]
    ) -> None:
        def answer() -> None:
            try:
                result = work()
            except TvError as error:
                failed(error)
            else:
                then(result)

        self.waiting.append(answer)

    def answer(self, place: int = 0) -> None:
        self.waiting.pop(place)()


class MemoryAgent:
    """The calls of the client, answered by a FakeGroup."""

    def __init__(self, fake: FakeGroup) -> None:
        self.fake = fake
        self.agendas: list[list[str]] = []

    def group(self) -> GroupReply:
        return self.fake.get()

    def begin_group(self, kind: str, theme: str, agenda: list[str]) -> GroupReply:
        code, body = self.fake.post("/v1/group", {"kind": kind, "theme": theme, "agenda": agenda}) or (0, {})
        if code != 200:
            raise AgentRefused(body["code"], body["words"])
        return cast(GroupReply, body)

    def set_agenda(self, agenda: list[str]) -> GroupReply:
        self.agendas.append(agenda)
        return self.fake.get()


def calls_of(took: Callable[[GroupEntry | None], None]) -> tuple[GroupCalls, LaterBackground]:
    later = LaterBackground()
    agent = cast(AgentClient, MemoryAgent(FakeGroup(dict)))
    return GroupCalls(agent, cast(Background, later), took), later


def reply(**other: Any) -> GroupReply:
    return {"group": group_entry(**other), "waiting": 0}


def refused(error: TvError) -> None:
    raise AssertionError(error.words)


def test_an_answer_to_an_older_question_is_dropped() -> None:
    seen: list[str] = []
    calls, later = calls_of(lambda group: seen.append(group["theme"] if group else ""))
    calls.change(lambda: reply(theme="before"), refused)
    calls.change(lambda: reply(theme="after"), refused)
    later.answer(1)
    later.answer(0)
    assert seen == ["after"]


def test_nothing_comes_after_the_screen_was_left() -> None:
    seen: list[object] = []
    calls, later = calls_of(seen.append)
    calls.change(reply, refused, lambda: seen.append("then"))
    calls.leave()
    later.answer()
    assert seen == []


def test_a_poll_waits_for_the_one_before() -> None:
    calls, later = calls_of(lambda _group: None)
    calls.poll()
    calls.poll()
    assert len(later.waiting) == 1
    later.answer()
    calls.poll()
    assert len(later.waiting) == 1


def test_a_poll_that_nobody_answers_is_followed_by_another() -> None:
    def away() -> GroupReply:
        raise AgentAway("x")

    calls, later = calls_of(lambda _group: None)
    calls._agent.group = away  # type: ignore[method-assign]
    calls.poll()
    later.answer()
    calls.poll()
    assert len(later.waiting) == 1


def test_one_that_goes_on_is_gone_on_with() -> None:
    fake = FakeGroup(dict)
    fake.open = group_entry(agenda_entry("2.1", "政务礼仪", 1, HOUR_MS))
    agent = MemoryAgent(fake)
    assert go_on_or_begin(cast(AgentClient, agent), ("1.1",))["group"] == fake.open
    assert (fake.asked, agent.agendas) == ([], [])


def test_what_was_studied_makes_room_for_new_items() -> None:
    fake = FakeGroup(dict)
    fake.open = group_entry({**agenda_entry("2.1", "政务礼仪", 1, HOUR_MS), "studied_ms": HOUR_MS})
    agent = MemoryAgent(fake)
    go_on_or_begin(cast(AgentClient, agent), ("2.1", "1.1"))
    assert agent.agendas == [["2.1", "1.1"]]


def test_one_that_began_meanwhile_is_no_trouble() -> None:
    fake = FakeGroup(dict)
    agent = MemoryAgent(fake)
    answers = iter([{"group": None, "waiting": 0}])
    there = fake.get
    agent.group = lambda: next(answers, there())  # type: ignore[method-assign,assignment,arg-type]
    fake.open = group_entry(agenda_entry("1.1", "发酵床养猪", 1, HOUR_MS))
    assert go_on_or_begin(cast(AgentClient, agent), ("1.1",))["group"] is not None
