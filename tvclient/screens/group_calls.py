"""What the check-in screen asks the agent, and which of its answers are believed."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from study.group.kind import GroupKind
from study.group_api import CheckInReply, GroupEntry, GroupReply
from tvclient.agent_client.client import AgentClient
from tvclient.background import Background
from tvclient.errors import AgentRefused, TvError
from tvclient.state.agenda_words import next_entry

Reply = TypeVar("Reply")
Took = Callable[[GroupEntry | None], None]
Failed = Callable[[TvError], None]
ALREADY_OPEN = "already_open"


class GroupCalls:
    """Drawing thread only. What is answered after the screen was left is dropped, and so is an answer to a
    question older than the last one believed: the group study would seem to go back.
    """

    def __init__(self, agent: AgentClient, background: Background, took: Took) -> None:
        self._agent = agent
        self._background = background
        self._took = took
        self._visit = 0
        self._asked = 0
        self._believed = 0
        self._polling = False

    def leave(self) -> None:
        """The screen is no longer in sight."""
        self._visit += 1
        self._polling = False

    def open(self, agenda: Sequence[str], failed: Failed) -> None:
        """The one that goes on; where none does, a new one with these items."""
        self.change(partial(go_on_or_begin, self._agent, tuple(agenda)), failed)

    def poll(self) -> None:
        """Ask once what there is, unless the last such question is still open. That nobody answers is said
        by the state of the box.
        """
        if not self._polling:
            self._polling = True
            self.run(self._agent.group, partial(self._polled, self._number()), self._not_polled)

    def change(
        self, call: Callable[[], GroupReply], failed: Failed, then: Callable[[], None] = lambda: None
    ) -> None:
        """A call that answers what there is after it; then that was shown."""
        number = self._number()

        def answered(reply: GroupReply) -> None:
            self._believe(number, reply["group"])
            then()

        self.run(call, answered, failed)

    def check_in(
        self, digits: str, member_id: int | None, then: Callable[[CheckInReply], None], failed: Failed
    ) -> None:
        """`then` comes after the group study with it was shown."""
        number = self._number()

        def answered(reply: CheckInReply) -> None:
            if reply["group"] is not None:
                self._believe(number, reply["group"])
            then(reply)

        self.run(partial(self._agent.check_in, digits, member_id), answered, failed)

    def run(self, work: Callable[[], Reply], then: Callable[[Reply], None], failed: Failed) -> None:
        """In the background; nothing comes of it once the screen was left."""
        visit = self._visit
        self._background.run(
            work,
            lambda reply: then(reply) if visit == self._visit else None,
            lambda error: failed(error) if visit == self._visit else None,
        )

    def _number(self) -> int:
        self._asked += 1
        return self._asked

    def _polled(self, number: int, reply: GroupReply) -> None:
        self._polling = False
        self._believe(number, reply["group"])

    def _not_polled(self, _error: TvError) -> None:
        self._polling = False

    def _believe(self, number: int, group: GroupEntry | None) -> None:
        if number > self._believed:
            self._believed = number
            self._took(group)


def go_on_or_begin(agent: AgentClient, agenda: Sequence[str]) -> GroupReply:
    """Waits for the agent. Where everything on the agenda was studied, the new items are added to it."""
    reply = agent.group()
    if reply["group"] is None:
        try:
            return agent.begin_group(GroupKind.FREE, "", agenda)
        except AgentRefused as refused:
            if refused.code != ALREADY_OPEN:
                raise
            reply = agent.group()
    group = reply["group"]
    if group is None or not agenda or next_entry(group["agenda"]) is not None:
        return reply
    known = [entry["item_id"] for entry in group["agenda"]]
    wanted = [item_id for item_id in agenda if item_id not in known]
    return agent.set_agenda([*known, *wanted]) if wanted else reply
