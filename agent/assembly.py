"""The assembly of a running agent: its parts, each built on those before it, given back in reverse."""

import logging
import random
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import NamedTuple

from starlette.routing import Route

from agent.api.health import health_of
from agent.api.operating import export as export_by_hand
from agent.api.parts import Parts
from agent.api.relay import Relay
from agent.api.status import status_of
from agent.clients.box_keys import BoxKeys
from agent.clients.guide_sources import GuideSourceClient
from agent.clients.municipal import MunicipalClient
from agent.clients.pseudonym_key import PseudonymKey
from agent.clock import BootClock, set_wall_clock
from agent.data_folder import disk_size, media_pass, token
from agent.ending import Ending
from agent.errors import DiskFullError, StickError
from agent.kernel_time import AdjtimexTime
from agent.loops.articles import ArticleMirror
from agent.loops.closing import Closing
from agent.loops.exporting import Carrier
from agent.loops.groups import GroupKeeping
from agent.loops.guide import GuideKeeping
from agent.loops.housekeeping import Housekeeping
from agent.loops.indexing import Indexing
from agent.loops.loop import Loop
from agent.loops.mirror import Mirror
from agent.loops.network import Network, routes
from agent.loops.offline import OfflineAsking
from agent.loops.shelf import Stocking
from agent.loops.sync import Sync
from agent.loops.timekeeping import Timekeeping
from agent.loops.usb import Usb, mounted_sticks
from agent.page.operator.app import operator_routes
from agent.page.operator.deeds import OperatorDeeds
from agent.page.operator.entering import Operator
from agent.page.parts import PageParts
from agent.remote_keys import RemoteKeys
from agent.search.index import SearchIndex
from agent.settings import Settings
from agent.stores.articles.kept import KeptArticles
from agent.stores.courses.covers import Covers
from agent.stores.courses.shelf import Shelf
from agent.stores.disk.database import Database
from agent.stores.disk.room import Room
from agent.stores.guide.guides import Guides
from agent.stores.rescue.opening import open_database
from agent.stores.roster.roster import Roster
from agent.stores.sessions.closing import begin_boot
from study.health import Health
from study.local_api import StatusReply
from study.parcel import FOLDER

log = logging.getLogger(__name__)

_CLOSING_S_MAX = 60.0
"""A turn of closing is one transaction; a hang in it is a hang of the recorder."""


class Loops(NamedTuple):
    """What comes round by itself."""

    closing: Loop
    sync: Loop
    mirror: Loop
    shelf: Loop
    network: Loop
    timekeeping: Loop
    housekeeping: Loop
    usb: Loop
    articles: Loop
    guide: Loop
    indexing: Loop
    groups: Loop
    offline: Loop


@dataclass(frozen=True, slots=True)
class Ground:
    """What all parts stand on."""

    settings: Settings
    clock: BootClock
    keys: BoxKeys
    database: Database
    covers: Covers
    shelf: Shelf
    kept_articles: KeptArticles
    room: Room
    guides: Guides
    index: SearchIndex
    roster: Roster
    remote: RemoteKeys = field(default_factory=RemoteKeys)

    def new_client(self) -> MunicipalClient:
        return MunicipalClient(self.settings.municipal_url, self.clock)


@dataclass(frozen=True, slots=True)
class Workers:
    """What the loops turn."""

    loops: Loops
    sync: Sync
    mirror: Mirror
    stocking: Stocking
    closing: Closing
    network: Network
    timekeeping: Timekeeping
    housekeeping: Housekeeping
    usb: Usb
    articles: ArticleMirror
    guide: GuideKeeping
    indexing: Indexing
    groups: GroupKeeping
    offline: OfflineAsking

    def start(self, stack: ExitStack) -> None:
        """The order of their first turns; the stack ends them."""
        for loop in self.loops:
            stack.callback(loop.stop)
        # Before the first call to the platform: certificates are checked against this clock.
        self.timekeeping.raise_clock()
        self.loops.timekeeping.start(self.timekeeping.handle_one_look)
        self.loops.closing.start(self.closing.handle_one_look)
        self.loops.sync.start(self.sync.handle_one_run)
        self.loops.mirror.start(self.mirror.handle_one_look)
        self.loops.shelf.start(self.stocking.handle_one_file)
        self.loops.network.start(self.network.handle_one_look)
        self.loops.housekeeping.start(self.housekeeping.handle_one_look)
        self.loops.usb.start(self.usb.handle_one_look)
        self.loops.articles.start(self.articles.handle_one_page)
        self.loops.guide.start(self.guide.handle_one_source)
        self.loops.indexing.start(self.indexing.handle_one_look)
        self.loops.groups.start(self.groups.handle_one_look)
        self.loops.offline.start(self.offline.handle_one_look)
        # All are asked before the first is waited for, so that their last turns end side by side.
        for loop in self.loops:
            stack.callback(loop.ask_to_stop)


def ground(settings: Settings, stack: ExitStack) -> Ground:
    """Database and folders; what an earlier boot left open is closed. Raises StartError, StoreError."""
    clock = BootClock()
    keys = BoxKeys(settings.key_file)
    covers = Covers(settings.covers_folder)
    shelf = Shelf(settings.shelf_folder, settings.shelf_limit_bytes)
    kept_articles = KeptArticles(settings.articles_folder, settings.articles_limit_bytes)
    room = Room(settings, clock, shelf, kept_articles)
    database = open_database(settings, clock, room)
    stack.callback(database.close)
    try:
        with database.writing() as tables:
            begin_boot(tables, clock.boot)
    except DiskFullError as error:
        # Courses still play, what is on the box can be exported, and the disk can be cleared.
        log.error("%s", error.words)
    guides = Guides(settings.guide_folder, settings.programme_guides)
    stack.callback(guides.close)
    roster = Roster(database, settings.roster_key_file)
    return Ground(
        *(settings, clock, keys, database, covers, shelf, kept_articles, room, guides, SearchIndex(), roster)
    )


def workers(on: Ground, relay: Relay, ending: Ending) -> Workers:
    """The loops' work, not started yet."""
    database, clock, settings, client = on.database, on.clock, on.settings, on.new_client
    draw = random.SystemRandom().uniform
    loops = Loops(
        Loop("closing", when_failed=ending.heard, turn_s_max=_CLOSING_S_MAX),
        *(Loop(name, when_failed=ending.heard) for name in Loops._fields[1:]),
    )

    def delivered() -> None:
        mirror.ranking_has_moved()
        loops.mirror.kick()
        loops.offline.kick()

    def catalogue_changed() -> None:
        loops.shelf.kick()
        loops.articles.kick()
        loops.indexing.kick()

    def network_is_back() -> None:
        sync.network_changed()
        loops.sync.kick()
        catalogue_changed()

    def routes_changed() -> None:
        network_is_back()
        mirror.network_changed()
        loops.mirror.kick()

    def health() -> Health:
        return health_of(database, clock, disk_size(settings))

    sync = Sync(database, client(), clock, on.keys, settings, draw, when_delivered=delivered, health=health)
    mirror = Mirror(
        *(database, client(), clock, on.covers, on.keys, settings, draw),
        call_again_s=sync.call_again_s,
        when_changed=catalogue_changed,
        when_back=network_is_back,
        health=health,
    )
    stocking = Stocking(database, client(), clock, on.shelf, settings, relay.is_busy, loops.shelf)
    closing = Closing(database, clock, settings, loops.sync.kick)
    timekeeping = Timekeeping(
        database,
        clock,
        AdjtimexTime() if settings.ntp else None,
        set_wall_clock if settings.raise_clock else None,
        when_raised=network_is_back,
    )
    usb = Usb(Carrier(database, on.keys, clock), mounted_sticks(settings.stick_folders), delivered)
    housekeeping = Housekeeping(database, on.room, clock)
    network = Network(routes, routes_changed)
    asking = OfflineAsking(database, client(), clock, on.keys, settings, draw)
    rest = (*_to_be_found(on, loops, relay, draw), _group_keeping(on, loops, draw), asking)
    return Workers(loops, sync, mirror, stocking, closing, network, timekeeping, housekeeping, usb, *rest)


def _group_keeping(on: Ground, loops: Loops, draw: Callable[[float, float], float]) -> GroupKeeping:
    return GroupKeeping(
        *(on.database, on.new_client(), on.clock, on.keys, PseudonymKey(on.settings.pseudonym_key_file)),
        *(on.roster, on.settings, draw),
        when_recorded=loops.sync.kick,
    )


def _to_be_found(
    on: Ground, loops: Loops, relay: Relay, draw: Callable[[float, float], float]
) -> tuple[ArticleMirror, GuideKeeping, Indexing]:
    """What there is besides courses, and the index over all of it."""
    database, settings = on.database, on.settings
    guide = GuideKeeping(
        *(database, on.guides, GuideSourceClient(on.clock), on.clock, settings, draw),
        goes_on=lambda: not loops.guide.stopping,
    )
    articles = ArticleMirror(
        *(database, on.new_client(), on.kept_articles, settings, draw, relay.is_busy),
        when_changed=loops.indexing.kick,
    )
    return (
        articles,
        guide,
        Indexing(database, on.index),
    )


def _read_guide(work: Workers) -> None:
    work.guide.read_all()
    work.loops.guide.kick()


def page_parts(on: Ground, ending: Ending, port: int | None) -> PageParts:
    """What the page for phones answers from, on the port that it has got."""
    return PageParts(on.settings, port, on.clock, on.database, on.roster, ending.heard, on.remote)


def operator_pages(
    on: Ground, held: PageParts, work: Workers, told: tuple[str, ...], operator: Operator
) -> list[Route]:
    """The operator's pages, which lie beside those for phones."""
    look = mounted_sticks(on.settings.stick_folders)

    def status() -> StatusReply:
        with on.database.reading() as tables:
            return status_of(tables, on.clock, None, disk_size(on.settings), told)

    def export() -> str:
        mounts = look()
        if not mounts:
            raise StickError("没有找到 U盘；请把它插在机顶盒上，等几秒再试")
        return export_by_hand(on, str(mounts[0].folder / FOLDER))["words"]

    deeds = OperatorDeeds(status, export, work.loops.groups.kick)
    return operator_routes(held, deeds, operator)


def parts(
    on: Ground,
    relay: Relay,
    work: Workers,
    ending: Ending,
    told: tuple[str, ...],
    page: PageParts,
    take_operator_pin: Callable[[str], None],
) -> Parts:
    """What the local API answers from; `told` are the faults of the settings file."""
    return Parts(
        settings=on.settings,
        clock=on.clock,
        database=on.database,
        covers=on.covers,
        shelf=on.shelf,
        kept_articles=on.kept_articles,
        guides=on.guides,
        keys=on.keys,
        sync=work.sync,
        relay=relay,
        new_client=on.new_client,
        token=(secret := token(on.settings)),
        media_pass=media_pass(secret),
        roster=on.roster,
        kick_groups=work.loops.groups.kick,
        kick_sync=work.loops.sync.kick,
        kick_mirror=work.loops.mirror.kick,
        kick_timekeeping=work.loops.timekeeping.kick,
        clock_warning=lambda: work.timekeeping.warning,
        heard=ending.heard,
        guide_troubles=lambda: work.guide.troubles,
        read_guide=lambda: _read_guide(work),
        page_of=page.url_of,
        page_port=page.port,
        take_operator_pin=take_operator_pin,
        operator_url=page.operator_url,
        remote=on.remote,
        index=on.index,
        told=told,
    )
