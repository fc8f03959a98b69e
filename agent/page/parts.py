"""The parts that the page for phones answers from; nothing here leads to the local API or its token."""

from collections.abc import Callable
from dataclasses import dataclass, field

from agent.clock import Clock
from agent.errors import AgentError
from agent.page.invitations import Invitations
from agent.page.lan_address import lan_address
from agent.remote_keys import RemoteKeys
from agent.settings import Settings
from agent.stores.disk.database import Database
from agent.stores.roster.roster import Roster


@dataclass(frozen=True, slots=True)
class PageParts:
    """One running agent, as its page for phones sees it."""

    settings: Settings
    port: int | None
    """That was really taken; None where there is no page."""
    clock: Clock
    database: Database
    roster: Roster
    heard: Callable[[AgentError], None]
    """Hears of every error that a phone is told: with a damaged database the run ends."""
    remote: RemoteKeys = field(default_factory=RemoteKeys)
    invitations: Invitations = field(default_factory=Invitations)
    address: Callable[[], str | None] = lan_address

    def operator_url(self) -> str | None:
        """Of the operator's page; None where the box is in no room's network, or has no page."""
        front = self._front()
        return None if front is None else f"{front}/operator"

    def url_of(self, group_id: int) -> str | None:
        """What the QR code of a group study says; None where the box is in no room's network."""
        front = self._front()
        if front is None:
            return None
        return f"{front}/{self.invitations.token(group_id, self.clock.mono_ms())}"

    def _front(self) -> str | None:
        address = self.address()
        return None if address is None or self.port is None else f"http://{address}:{self.port}"
