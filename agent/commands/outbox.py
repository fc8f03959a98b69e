"""The outbox: what waits, what is under way, what was refused, what lies on a stick."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from agent.commands.answer import Answer
from agent.commands.asking import asked_of_agent
from agent.commands.call import Call
from agent.commands.moment import length_words, moment_words
from agent.commands.table import table
from agent.stores.dates.moments import utc_ms_of
from agent.stores.delivery.backlog import (
    EpochBacklog,
    RefusedRecord,
    backlog,
    last_delivered_utc_ms,
    refused_records,
)
from agent.stores.delivery.outbox import Delivery, read_delivery
from agent.stores.disk.looking import looking
from study.local_api import OUTBOX

_HEAD = ("数据代", "待上传", "记录编号", "最早的学习", "已等", "已导出")
_REFUSED_HEAD = ("数据代", "记录", "学习", "原因代码", "市平台的说明")
_STOPPED = "服务没有运行，启动后自动上传：zhanxue-agent run"
_SILENT = "服务正在运行，但没有应答（正忙，或端口不对）；记录照常自动上传，请稍后再看，或用 --port 指定端口"


def outbox(call: Call) -> Answer:
    """Raises StoreError where the database cannot be read."""
    with looking(call.settings.database_file) as tables:
        waiting, refused, delivery = backlog(tables), refused_records(tables), read_delivery(tables)
        delivered_utc_ms = last_delivered_utc_ms(tables)
        now_utc_ms = utc_ms_of(tables, call.clock.boot, call.clock.mono_ms())
    trying = asked_of_agent(call, OUTBOX)
    data = {
        "waiting": [asdict(entry) for entry in waiting],
        "refused": [asdict(entry) for entry in refused],
        "delivery": asdict(delivery),
        "last_delivered_utc_ms": delivered_utc_ms,
        "trying": trying,
    }
    lines = [
        _waiting_words(waiting, now_utc_ms, call.width),
        *_delivery_words(delivery, delivered_utc_ms),
        *_agent_words(call, delivery, trying),
        *_refused_words(refused, call.width),
    ]
    return Answer("\n".join(lines), data)


def _waiting_words(waiting: Sequence[EpochBacklog], now_utc_ms: int | None, width: int | None) -> str:
    if not waiting:
        return "没有待上传的学习记录"
    rows = [
        (
            f"第 {entry.epoch_no} 代",
            str(entry.waiting),
            f"{entry.first}–{entry.last}",
            moment_words(entry.oldest_utc_ms),
            _age(entry.oldest_utc_ms, now_utc_ms),
            str(entry.exported),
        )
        for entry in waiting
    ]
    return table(_HEAD, rows, width)


def _age(then_utc_ms: int | None, now_utc_ms: int | None) -> str:
    if then_utc_ms is None or now_utc_ms is None:
        return "-"
    return length_words(timedelta(milliseconds=now_utc_ms - then_utc_ms))


def _delivery_words(delivery: Delivery, delivered_utc_ms: int | None) -> list[str]:
    lines = []
    if delivered_utc_ms is not None:
        lines.append(f"上次送达  {moment_words(delivered_utc_ms)}")
    if delivery.run_first:
        run = f"第 {delivery.run_epoch} 代第 {delivery.run_first}–{delivery.run_last} 条"
        lines.append(f"正在送    {run}；断了就从这一批重发")
    if delivery.words:
        lines.append(f"没有送到  {delivery.words}（接连 {delivery.failures} 次）")
    return lines


def _agent_words(call: Call, delivery: Delivery, trying: dict[str, Any] | None) -> list[str]:
    if trying is None:
        return [_SILENT if call.is_running() else _STOPPED]
    if trying["next_try_s"] > 0 and delivery.words:
        return [f"下次再试  {length_words(timedelta(seconds=trying['next_try_s']))}后"]
    return []


def _refused_words(refused: Sequence[RefusedRecord], width: int | None) -> list[str]:
    if not refused:
        return []
    rows = [
        (
            f"第 {entry.epoch_no} 代",
            str(entry.seq),
            "-" if entry.session_id is None else str(entry.session_id),
            entry.code,
            entry.words,
        )
        for entry in refused
    ]
    said = "被退回的记录（已保留，不再重发；请把原因报给平台管理员，必要时用 zhanxue-agent correct 更正）："
    return ["", said, table(_REFUSED_HEAD, rows, width)]
