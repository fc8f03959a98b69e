"""The parts that the local API answers from; built in `__main__`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from agent.api.named_playlists import NamedPlaylists
from agent.api.relay import Relay
from agent.clients.box_keys import BoxKeys
from agent.clients.municipal import MunicipalClient
from agent.clock import Clock
from agent.errors import AgentError
from agent.loops.sync import Sync
from agent.remote_keys import RemoteKeys
from agent.search.index import SearchIndex
from agent.settings import Settings
from agent.stores.articles.kept import KeptArticles
from agent.stores.courses.covers import Covers
from agent.stores.courses.shelf import Shelf
from agent.stores.disk.database import Database
from agent.stores.guide.guides import Guides
from agent.stores.roster.roster import Roster


def ignored(error: AgentError) -> None:
    """Nobody listens."""


def no_page(_: int) -> str | None:
    """There is no page for phones."""
    return None


def no_operator(_: str) -> None:
    """There is no operator's page."""


def nowhere() -> str | None:
    """There is no such address."""
    return None


def nothing() -> None:
    """Nobody is there to do it."""


@dataclass(frozen=True, slots=True)
class Parts:
    """One running agent, as its API sees it."""

    settings: Settings
    clock: Clock
    database: Database
    covers: Covers
    shelf: Shelf
    kept_articles: KeptArticles
    guides: Guides
    roster: Roster
    keys: BoxKeys
    sync: Sync
    relay: Relay
    new_client: Callable[[], MunicipalClient]
    token: str
    media_pass: str
    """Unguessable part of media addresses, valid for media only and for this process only."""
    kick_groups: Callable[[], None]
    kick_sync: Callable[[], None]
    kick_mirror: Callable[[], None]
    kick_timekeeping: Callable[[], None]
    clock_warning: Callable[[], str]
    """What an operator should know of the wall clock; empty for nothing."""
    heard: Callable[[AgentError], None] = ignored
    """Hears of every error that leaves by the local API: with a damaged database the run ends."""
    guide_troubles: Callable[[], Mapping[str, str]] = dict
    """Why a list of channels or a guide was not taken, by its source."""
    read_guide: Callable[[], None] = nothing
    """Have lists and guides looked at now."""
    page_of: Callable[[int], str | None] = no_page
    """Address of the page for phones for a group study, which lets in whoever has it."""
    page_port: int | None = None
    """Of that page, as it was really taken."""
    take_operator_pin: Callable[[str], None] = no_operator
    """The television's PIN, which opens the operator's page. Raises OSError."""
    operator_url: Callable[[], str | None] = nowhere
    remote: RemoteKeys = field(default_factory=RemoteKeys)
    index: SearchIndex = field(default_factory=SearchIndex)
    """Followed by somebody else; empty until then."""
    named: NamedPlaylists = field(default_factory=NamedPlaylists)
    told: tuple[str, ...] = ()
    """What the operator should know of the start, such as faults of the settings file."""
