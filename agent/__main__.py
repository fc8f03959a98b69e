"""zhanxue-agent: builds the parts, starts them, and stops them in reverse order."""

import logging
import random
import signal
import sys
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.api.app import make_app
from agent.api.enrolment import enrol_box
from agent.api.parts import Parts
from agent.api.relay import Relay
from agent.clients.local import enrol_through_running_agent
from agent.clients.municipal import MunicipalClient
from agent.clients.signing import box_key
from agent.clock import BootClock
from agent.commands import asking
from agent.commands.arguments import arguments, settings_of
from agent.data_folder import locked, media_pass, prepare, token
from agent.errors import AgentError, StartError
from agent.loops.closing import Closing
from agent.loops.loop import Loop
from agent.loops.mirror import Mirror
from agent.loops.network import Network, routes
from agent.loops.shelf import Stocking
from agent.loops.sync import Sync
from agent.serving import Serving, bound
from agent.settings import HOST, Settings
from agent.stores.box import see_boot
from agent.stores.covers import Covers
from agent.stores.database import Database
from agent.stores.shelf import Shelf

log = logging.getLogger("agent")


class _Loops(NamedTuple):
    closing: Loop
    sync: Loop
    mirror: Loop
    shelf: Loop
    network: Loop


@dataclass(frozen=True, slots=True)
class _Ground:
    """What all parts stand on."""

    settings: Settings
    clock: BootClock
    key: Ed25519PrivateKey
    database: Database
    covers: Covers
    shelf: Shelf

    def new_client(self) -> MunicipalClient:
        return MunicipalClient(self.settings.municipal_url, self.clock)


def main(argv: list[str] | None = None) -> int:
    """0 for done, 1 for a no from the platform, 2 for no start; the reason in Chinese on stderr."""
    args = arguments(sys.argv[1:] if argv is None else argv)
    try:
        settings = settings_of(args)
        match args.command:
            case "run":
                _run(settings)
            case "enrol":
                print(_enrol(settings, args.account, args.code))
            case "status":
                print(asking.status(settings, BootClock(), running=_is_running(settings), as_json=args.json))
            case "sessions":
                print(asking.sessions(settings, limit=args.limit, as_json=args.json))
    except AgentError as error:
        print(f"zhanxue-agent：{error.words}", file=sys.stderr)
        return 1 if args.command == "enrol" and not isinstance(error, StartError) else 2
    return 0


def _run(settings: Settings) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    prepare(settings)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with ExitStack() as stack:
        if not stack.enter_context(locked(settings)):
            raise StartError(f"另一个 zhanxue-agent 正在使用 {settings.data_folder}，不需要再启动一个")
        listening = stack.enter_context(bound(settings))
        ground = _ground(settings, stack)
        relay = Relay(ground.new_client, ground.clock)
        parts = _parts(ground, relay, *_start_loops(ground, relay, stack))
        serving = Serving(make_app(parts), listening)
        serving.start()
        stack.callback(serving.stop)
        log.info("ready on http://%s:%s, data in %s", HOST, settings.port, settings.data_folder)
        stop.wait()
        log.info("stopping")


def _ground(settings: Settings, stack: ExitStack) -> _Ground:
    clock = BootClock()
    key = box_key(settings.key_file)
    database = Database(settings.database_file)
    stack.callback(database.close)
    with database.writing() as tables:
        see_boot(tables, clock.boot)
    covers = Covers(settings.covers_folder)
    shelf = Shelf(settings.shelf_folder, settings.shelf_limit_bytes)
    return _Ground(settings, clock, key, database, covers, shelf)


def _start_loops(ground: _Ground, relay: Relay, stack: ExitStack) -> tuple[_Loops, Sync]:
    database, clock, settings, client = ground.database, ground.clock, ground.settings, ground.new_client
    draw = random.SystemRandom().uniform
    loops = _Loops(Loop("closing"), Loop("sync"), Loop("mirror"), Loop("shelf"), Loop("network"))

    def delivered() -> None:
        mirror.ranking_has_moved()
        loops.mirror.kick()

    def network_is_back() -> None:
        sync.network_changed()
        loops.sync.kick()
        loops.shelf.kick()

    def routes_changed() -> None:
        network_is_back()
        loops.mirror.kick()

    sync = Sync(database, client(), clock, ground.key, settings, draw, when_delivered=delivered)
    mirror = Mirror(
        database,
        client(),
        clock,
        ground.covers,
        settings,
        draw,
        call_again_s=sync.call_again_s,
        when_changed=loops.shelf.kick,
        when_back=network_is_back,
    )
    stocking = Stocking(database, client(), clock, ground.shelf, settings, relay.is_busy, loops.shelf)
    for loop in loops:
        stack.callback(loop.stop)
    loops.closing.start(Closing(database, clock, settings, loops.sync.kick).handle_one_look)
    loops.sync.start(sync.handle_one_run)
    loops.mirror.start(mirror.handle_one_look)
    loops.shelf.start(stocking.handle_one_file)
    loops.network.start(Network(routes, routes_changed).handle_one_look)
    # All are asked before the first is waited for, so that their last turns end side by side.
    for loop in loops:
        stack.callback(loop.ask_to_stop)
    return loops, sync


def _parts(ground: _Ground, relay: Relay, loops: _Loops, sync: Sync) -> Parts:
    return Parts(
        settings=ground.settings,
        clock=ground.clock,
        database=ground.database,
        covers=ground.covers,
        shelf=ground.shelf,
        key=ground.key,
        sync=sync,
        relay=relay,
        new_client=ground.new_client,
        token=(secret := token(ground.settings)),
        media_pass=media_pass(secret),
        kick_sync=loops.sync.kick,
        kick_mirror=loops.mirror.kick,
    )


def _enrol(settings: Settings, account: str, code: str) -> str:
    prepare(settings)
    with locked(settings) as is_mine:
        if not is_mine:
            status = enrol_through_running_agent(settings, token(settings), account, code)
            return f"已开通：{status['station']['name']}（{status['station']['district']}）"
        clock = BootClock()
        database = Database(settings.database_file)
        client = MunicipalClient(settings.municipal_url, clock)
        try:
            enrolment = enrol_box(database, client, clock, box_key(settings.key_file), account, code)
        finally:
            client.close()
            database.close()
    return f"已开通：{enrolment.station.name}（{enrolment.station.district}）"


def _is_running(settings: Settings) -> bool:
    if not settings.lock_file.exists():
        return False
    with locked(settings) as is_free:
        return not is_free


if __name__ == "__main__":
    sys.exit(main())
