"""What a screen may use of the rest of the television."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from study.units import MonotonicMs
from tvclient.background import Background
from tvclient.kept_choices import KeptChoices
from tvclient.settings import Settings

if TYPE_CHECKING:
    from tvclient.agent_client.client import AgentClient
    from tvclient.remote.node import Group
    from tvclient.screens.status_feed import StatusFeed
    from tvclient.widgets.covers import Covers


class Navigate(Protocol):
    """Moves between screens and keeps focus true to what a screen shows. Drawing thread only."""

    def show(self, name: str, **params: object) -> None:
        """Open the screen `name` over the present one; `params` go to its constructor. A screen below that
        waits for somebody to choose takes them instead, see `Screen.takes`."""

    def lies_below(self, name: str) -> bool:
        """Whether a screen `name` lies below the present one."""

    def replace(self, name: str, **params: object) -> None:
        """Open the screen `name` in place of the present one."""

    def back(self) -> None:
        """Leave the present screen; the one below comes back with focus and scroll."""

    def home(self) -> None:
        """Leave everything but home."""

    def start_over(self) -> None:
        """Leave everything, and make home anew: it may be another one now."""

    def changed(self, focus_id: str | None = None) -> None:
        """The present screen's focus tree is another one now: reconcile the focus, put it on `focus_id` if
        that is named, and draw it."""

    def focus(self, focus_id: str) -> None:
        """Put the focus of the present screen on `focus_id`, if it can be there."""

    def open_modal(self, group: Group, default: str | None = None) -> None:
        """Let `group` alone take the focus until `close_modal`."""

    def close_modal(self) -> None:
        """Give the focus back to what had it before `open_modal`."""

    @property
    def focused(self) -> str | None:
        """The id that has the focus on the present screen."""

    def leave_program(self) -> None:
        """End the television in good order."""


class Clocks(Protocol):
    """What the box measures time with."""

    def boottime_ms(self) -> MonotonicMs:
        """CLOCK_BOOTTIME in whole ms: for everything that is measured."""


@dataclass(frozen=True, slots=True)
class Services:
    """Handed to every screen."""

    agent: AgentClient
    background: Background
    navigate: Navigate
    clocks: Clocks
    covers: Covers
    status: StatusFeed
    settings: Settings
    choices: KeptChoices
