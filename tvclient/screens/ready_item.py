"""The item that OK would play, asked for before OK is pressed."""

from collections.abc import Callable
from functools import partial

from study.local_api import CourseReply
from study.units import ItemId, MonotonicMs
from tvclient.agent_client.client import AgentClient
from tvclient.background import Background
from tvclient.screens.player_item import PlayerItem, ask_for

TRUE_FOR_MS = 60_000
"""Longer than most look at a course before they press; after it the agent is asked again."""


class ReadyItem:
    """One item at a time. The picture comes sooner by what the agent takes to answer, 15–30 ms."""

    def __init__(self, agent: AgentClient, background: Background, clock: Callable[[], MonotonicMs]) -> None:
        self._agent = agent
        self._background = background
        self._clock = clock
        self._round = 0
        self._what: PlayerItem | None = None
        self._asked_ms = MonotonicMs(0)

    def ask(self, item_id: ItemId, course: CourseReply) -> None:
        """Of an episode of this course, which was read just now."""
        self._forget()
        self._asked_ms = self._clock()
        self._background.run(partial(ask_for, self._agent, item_id, course), partial(self._keep, self._round))

    def take(self, item_id: ItemId) -> PlayerItem | None:
        """Once: what is played is no longer as it was."""
        what, age_ms = self._what, self._clock() - self._asked_ms
        self._forget()
        return what if what is not None and what.item_id == item_id and age_ms <= TRUE_FOR_MS else None

    def _keep(self, asked_in: int, what: PlayerItem) -> None:
        if asked_in == self._round:
            self._what = what

    def _forget(self) -> None:
        self._round += 1
        self._what = None
