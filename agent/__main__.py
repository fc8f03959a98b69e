"""zhanxue-agent: builds the parts, starts them, and stops them in reverse order."""

import logging
import os
import sys
from contextlib import ExitStack

from agent.api.app import make_app
from agent.api.enrolment import enrol_box
from agent.api.relay import Relay
from agent.assembly import Workers, ground, parts, workers
from agent.clients.local import enrol_through_running_agent
from agent.clients.municipal import MunicipalClient
from agent.clients.signing import box_key
from agent.clock import BootClock
from agent.commands import asking
from agent.commands.arguments import arguments, settings_of
from agent.data_folder import locked, prepare, token
from agent.ending import NO, NO_START, STOPPED, Ending
from agent.errors import AgentError, StartError
from agent.log_files import hide, log_to_files, log_to_stderr
from agent.loops.loop import Loop
from agent.loops.watchdog import Watchdog
from agent.service_manager import ServiceManager
from agent.serving import Serving, bound
from agent.settings import HOST, Settings
from agent.stores.database import Database

log = logging.getLogger("agent")


def main(argv: list[str] | None = None) -> int:
    """0 for done, 1 for a no from the platform, 2 for no start; the reason in Chinese on stderr."""
    args = arguments(sys.argv[1:] if argv is None else argv)
    try:
        settings, told = settings_of(args)
        match args.command:
            case "run":
                return _run(settings, told)
            case "enrol":
                print(_enrol(settings, args.account, args.code))
            case "status":
                running = _is_running(settings)
                print(asking.status(settings, BootClock(), told, running=running, as_json=args.json))
            case "sessions":
                print(asking.sessions(settings, limit=args.limit, as_json=args.json))
    except AgentError as error:
        print(f"zhanxue-agent：{error.words}", file=sys.stderr)
        return NO if args.command == "enrol" and not isinstance(error, StartError) else NO_START
    return STOPPED


def _run(settings: Settings, told: list[str]) -> int:
    log_to_stderr()
    prepare(settings)
    ending, manager = Ending(), ServiceManager(os.environ)
    ending.on_signals()
    with ExitStack() as stack:
        if not stack.enter_context(locked(settings)):
            raise StartError(f"另一个 zhanxue-agent 正在使用 {settings.data_folder}，不需要再启动一个")
        stack.callback(log_to_files(settings).close)
        for words in told:
            log.warning("%s", words)
        listening = stack.enter_context(bound(settings))
        with manager.waiting_for_start():
            on = ground(settings, stack)
        relay = Relay(on.new_client, on.clock)
        work = workers(on, relay, ending)
        held = parts(on, relay, work, tuple(told))
        hide((held.token, held.media_pass))
        serving = Serving(make_app(held), listening)
        serving.start()
        stack.callback(serving.stop)
        work.start(stack)
        _keep_watchdog(manager, on.database, serving, work, stack)
        log.info("ready on http://%s:%s, data in %s", HOST, settings.port, settings.data_folder)
        manager.ready("正在运行")
        code = ending.wait()
        log.info("stopping")
        manager.stopping()
    return code


def _keep_watchdog(
    manager: ServiceManager, database: Database, serving: Serving, work: Workers, stack: ExitStack
) -> None:
    if manager.watchdog_s is None:
        return
    signs = {"api": lambda: serving.is_alive} | {
        loop.name: (lambda loop=loop: loop.is_alive) for loop in work.loops
    }
    watchdog = Watchdog(database, signs, manager.alive, manager.watchdog_s / 3)
    loop = Loop("watchdog")
    loop.start(watchdog.handle_one_look)
    stack.callback(loop.stop)


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
