"""zhanxue-agent: builds the parts, starts them, and stops them in reverse order."""

import json
import logging
import os
import shutil
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack

from agent.api.app import make_app
from agent.api.relay import Relay
from agent.assembly import Workers, ground, operator_pages, page_parts, parts, workers
from agent.clock import BootClock
from agent.commands.answer import Answer
from agent.commands.arguments import arguments, settings_of
from agent.commands.backup import backup, restore
from agent.commands.call import Call
from agent.commands.clock import clock
from agent.commands.doctor import doctor
from agent.commands.enrol import enrol
from agent.commands.guide import guide
from agent.commands.operating import correct_command, export_command, import_command, rotate_key_command
from agent.commands.outbox import outbox
from agent.commands.roster import roster
from agent.commands.sessions import sessions
from agent.commands.status import status
from agent.data_folder import locked, prepare
from agent.ending import NO, NO_START, STOPPED, Ending
from agent.errors import (
    AgentError,
    ApiError,
    BackupError,
    CityError,
    CorrectionError,
    RosterError,
    StartError,
    StickError,
)
from agent.log_files import hide, log_to_files, log_to_stderr
from agent.loops.loop import Loop
from agent.loops.watchdog import Watchdog
from agent.page.opening import page_listening, page_serving
from agent.page.operator.entering import Operator
from agent.service_manager import ServiceManager
from agent.serving import Serving, bound
from agent.settings import HOST, Settings
from agent.stores.disk.database import Database

log = logging.getLogger("agent")

_COMMANDS: Mapping[str, Callable[[Call], Answer]] = {
    "enrol": enrol,
    "status": status,
    "sessions": sessions,
    "outbox": outbox,
    "backup": backup,
    "clock": clock,
    "correct": correct_command,
    "doctor": doctor,
    "export": export_command,
    "guide": guide,
    "import": import_command,
    "restore": restore,
    "roster": roster,
    "rotate-key": rotate_key_command,
}

_NOES = (ApiError, BackupError, CityError, CorrectionError, RosterError, StickError)
"""It was tried, and could not be done; with any other error it was not begun."""
_OWNERS_ONLY = 0o077
"""What people studied is nobody else's business."""
_LOCK_TRIES, _LOCK_EVERY_S = 10, 0.1
"""A command that only asks whether an agent runs holds the lock for a moment too."""


def main(argv: list[str] | None = None) -> int:
    """The exit code, as agent/commands/arguments.py tells; what went wrong is one Chinese line on stderr."""
    args = arguments(sys.argv[1:] if argv is None else argv)
    try:
        settings, told = settings_of(args)
        if args.command == "run":
            return _run(settings, told)
        return _told(Call(args, settings, tuple(told), BootClock(), _width()))
    except AgentError as error:
        print(f"zhanxue-agent：{error.words}", file=sys.stderr)
        return NO if isinstance(error, _NOES) else NO_START
    except BrokenPipeError:
        # Whoever read has read enough; Python would complain once more at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return STOPPED


def _told(call: Call) -> int:
    answer = _COMMANDS[call.args.command](call)
    print(
        json.dumps(answer.data, ensure_ascii=False, indent=2) if call.args.json else answer.words, flush=True
    )
    return answer.code


def _width() -> int | None:
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _run(settings: Settings, told: list[str]) -> int:
    log_to_stderr()
    os.umask(_OWNERS_ONLY)
    prepare(settings)
    ending, manager = Ending(), ServiceManager(os.environ)
    ending.on_signals()
    with ExitStack() as stack:
        _take_lock(settings, stack)
        stack.callback(log_to_files(settings).close)
        for words in told:
            log.warning("%s", words)
        listening = stack.enter_context(bound(settings))
        with manager.waiting_for_start():
            on = ground(settings, stack)
        relay = Relay(on.new_client, on.clock)
        work = workers(on, relay, ending)
        operator, room = Operator(settings.operator_pin_file), page_listening(settings)
        page = page_parts(on, ending, None if room is None else room.getsockname()[1])
        held = parts(on, relay, work, ending, tuple(told), page, operator.take_pin)
        hide((held.token, held.media_pass))
        servings = [Serving(make_app(held), listening)]
        if room is not None:
            routes = operator_pages(on, page, work, tuple(told), operator)
            servings.append(page_serving(page, stack.enter_context(room), routes))
        for serving in servings:
            serving.start()
            stack.callback(serving.stop)
        # Whoever waits for keys is let go first, or the serving would wait for them.
        stack.callback(held.remote.close)
        work.start(stack)
        _keep_watchdog(manager, on.database, servings, work, ending, stack)
        log.info("ready on http://%s:%s, data in %s", HOST, settings.port, settings.data_folder)
        manager.ready("正在运行")
        code = ending.wait()
        log.info("stopping")
        manager.stopping()
    return code


def _take_lock(settings: Settings, stack: ExitStack) -> None:
    for _ in range(_LOCK_TRIES):
        attempt = ExitStack()
        if attempt.enter_context(locked(settings)):
            stack.push(attempt)
            return
        attempt.close()
        time.sleep(_LOCK_EVERY_S)
    raise StartError(f"另一个 zhanxue-agent 正在使用 {settings.data_folder}，不需要再启动一个")


def _keep_watchdog(
    manager: ServiceManager,
    database: Database,
    servings: Sequence[Serving],
    work: Workers,
    ending: Ending,
    stack: ExitStack,
) -> None:
    if manager.watchdog_s is None:
        return
    turning: list[Serving | Loop] = [*servings, *work.loops]
    signs = {one.name: (lambda one=one: one.is_alive) for one in turning}
    watchdog = Watchdog(database, signs, manager.alive, manager.watchdog_s / 3)
    loop = Loop("watchdog", when_failed=ending.heard)
    loop.start(watchdog.handle_one_look)
    stack.callback(loop.stop)


if __name__ == "__main__":
    sys.exit(main())
