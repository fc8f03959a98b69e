"""Checks of the service itself: does it run, answer, end cleanly, complain."""

import json
from collections.abc import Iterator
from pathlib import Path

from agent.checks.finding import Finding, good, warning, wrong
from agent.checks.page import page_findings
from agent.clients.local import LocalAgent
from agent.data_folder import token
from agent.errors import ApiError, StartError
from agent.serving import bound
from agent.settings import Settings
from agent.stores.disk.end_mark import End, EndMark
from study.local_api import STATUS
from study.units import BootId

_TAIL_BYTES = 64 * 1024
_SHOWN = 3


def service_findings(settings: Settings, *, is_running: bool) -> Iterator[Finding]:
    """Whether an agent runs is told from outside."""
    if is_running:
        yield from _answer(settings)
    else:
        yield warning("服务", "没有运行", "请运行 zhanxue-agent run，或 systemctl start zhanxue-agent")
        yield _port(settings)
        yield from _last_end(settings)
    yield from _errors(settings.log_folder / "agent.log")


def _answer(settings: Settings) -> Iterator[Finding]:
    try:
        status = LocalAgent(settings, token(settings)).get(STATUS)
    except (ApiError, StartError) as error:
        yield wrong("服务", f"在运行，但没有正常应答（{error.words}）", "请核对 --port；不行就重新启动服务")
        return
    yield good("服务", f"正在运行，在端口 {settings.port} 上应答")
    yield from page_findings(settings, status)


def _port(settings: Settings) -> Finding:
    try:
        bound(settings).close()
    except StartError as error:
        return wrong("端口", error.words, "")
    return good("端口", f"{settings.port} 空闲，可以使用")


def _last_end(settings: Settings) -> Iterator[Finding]:
    match EndMark(settings.database_file.with_name("last-end"), BootId("")).read().end:
        case End.RUNNING:
            words = "上次没有正常停止（断电或被强行结束）"
            yield warning("上次停止", words, "不必处理：下次启动会先检查数据库")
        case End.DAMAGED:
            yield wrong("上次停止", "因数据库损坏而停止", "请启动服务，启动时会自动修复")
        case End.STOPPED:
            yield good("上次停止", "正常")


def _errors(log_file: Path) -> Iterator[Finding]:
    found = [line for line in _tail(log_file) if line.get("level") in ("ERROR", "CRITICAL")]
    if not found:
        yield good("日志", "最近没有错误")
        return
    last = "；".join(f"{line.get('at', '')[:19]} {line.get('message', '')}" for line in found[-_SHOWN:])
    yield warning("日志", f"最近有 {len(found)} 个错误：{last}", f"全文见 {log_file}")


def _tail(log_file: Path) -> list[dict[str, str]]:
    try:
        with log_file.open("rb") as held:
            held.seek(max(0, log_file.stat().st_size - _TAIL_BYTES))
            lines = held.read().splitlines()
    except OSError:
        return []
    return [line for text in lines if isinstance(line := _parsed(text), dict)]


def _parsed(text: bytes) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None  # the first one is cut off
