"""What the check-in screen asks the agent, and in which order answers are believed."""

from collections.abc import Callable, Sequence
from functools import partial

from study.group.kind import GroupKind
from study.group_api import CheckInReply, GroupEntry, GroupReply
from tvclient.agent_client.client import AgentClient
from tvclient.background import Background
from tvclient.errors import AgentRefused, TvError
from tvclient.state.agenda_words import next_entry

Took = Callable[[GroupEntry | None], None]
Failed = Callable[[TvError], None]
ALREADY_OPEN = "already_open"


class GroupCalls:
    """Drawing thread only. An answer to a question older than the last one believed is dropped: the group
    study would seem to go back.
    """

    def __init__(self, agent: AgentClient, background: Background, took: Took) -> None:
        self._agent = agent
        self._background = background
        self._took = took
        self._asked = 0
        self._believed = 0
        self._polling = False

    def open(self, agenda: Sequence[str], failed: Failed) -> None:
        """The one that goes on; where none does, a new one with these items."""
        work = partial(go_on_or_begin, self._agent, tuple(agenda))
        self._background.run(work, partial(self._believe, self._number()), failed)

    def poll(self, failed: Failed) -> None:
        """Ask once what there is, unless the last such question is still open."""
        if not self._polling:
            self._polling = True
            number = self._number()
            self._background.run(
                self._agent.group, partial(self._polled, number), partial(self._not_polled, failed)
            )

    def change(self, call: Callable[[], GroupReply], failed: Failed) -> None:
        """A call that changes something."""
        self._background.run(call, partial(self._believe, self._number()), failed)

    def check_in(
        self, digits: str, member_id: int | None, then: Callable[[CheckInReply], None], failed: Failed
    ) -> None:
        """`then` comes after the group study with it was shown."""
        number = self._number()

        def answered(reply: CheckInReply) -> None:
            if reply["group"] is not None:
                self._believe_group(number, reply["group"])
            then(reply)

        self._background.run(partial(self._agent.check_in, digits, member_id), answered, failed)

    def _number(self) -> int:
        self._asked += 1
        return self._asked

    def _polled(self, number: int, reply: GroupReply) -> None:
        self._polling = False
        self._believe(number, reply)

    def _not_polled(self, failed: Failed, error: TvError) -> None:
        self._polling = False
        failed(error)

    def _believe(self, number: int, reply: GroupReply) -> None:
        self._believe_group(number, reply["group"])

    def _believe_group(self, number: int, group: GroupEntry | None) -> None:
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
