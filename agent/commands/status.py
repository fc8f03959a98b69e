"""The box's status in words a person understands."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from agent.api.status import status_of
from agent.checks.page import PageNews
from agent.commands.answer import Answer
from agent.commands.asking import asked_of_agent
from agent.commands.call import Call
from agent.commands.moment import moment_words, size_words
from agent.data_folder import disk_size
from agent.stores.dates.moments import anchors_of
from agent.stores.delivery.backlog import RefusedRecord, last_delivered_utc_ms, refused_records
from agent.stores.disk.looking import looking
from agent.stores.stick.news import StickNews, last_stick
from study.anchor import Anchor, best_anchor
from study.local_api import STATUS, StatusReply
from study.month import local
from study.participation import hours
from study.station import TYPE_NAMES, StationType
from study.units import Milliseconds

_ONLINE = "市平台可以连上"
_OFFLINE = "最近一次没有连上市平台，学习照常，记录稍后自动上传"
_TOLD_BY = {"platform": "市平台", "ntp": "网络时间", "phone": "手机", "usb": "U盘回执"}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the status says beyond what the television shows."""

    is_running: bool
    free_bytes: int
    anchor: Anchor | None
    delivered_utc_ms: int | None
    stick: StickNews | None = None
    refused: Sequence[RefusedRecord] = ()
    page: PageNews | None = None
    """None where no agent answers."""


def status(call: Call) -> Answer:
    """Raises StoreError where the database cannot be read."""
    with looking(call.settings.database_file) as tables:
        disk = disk_size(call.settings)
        held = status_of(tables, call.clock, None, disk, call.told)
        around = Surroundings(
            call.is_running(),
            disk.free_bytes,
            best_anchor(anchors_of(tables, call.clock.boot), call.clock.boot),
            last_delivered_utc_ms(tables),
            last_stick(tables),
            refused_records(tables),
            PageNews.of(call.settings, asked_of_agent(call, STATUS)),
        )
    data = {
        **held,
        "running": around.is_running,
        "free_bytes": disk.free_bytes,
        "clock": {**held["clock"], "error_ms": None if around.anchor is None else around.anchor.error_ms},
        "last_delivered_utc_ms": around.delivered_utc_ms,
        "page_port": None if around.page is None else around.page.port,
        "operator_page": None if around.page is None else around.page.operator_page,
        "last_stick": None if around.stick is None else asdict(around.stick),
        "refusals": [asdict(entry) for entry in around.refused],
    }
    return Answer(status_text(held, around), data)


def status_text(held: StatusReply, around: Surroundings) -> str:
    """Lines in the order in which an operator asks."""
    month = held["month"]
    unplaced = f"；另有 {hours(Milliseconds(month['unplaced_ms']))} 小时日期待核定"
    lines = [
        f"站点    {_station(held)}",
        f"服务    {'正在运行' if around.is_running else '没有运行；启动：zhanxue-agent run'}",
        *([] if around.page is None else [f"手机页  {around.page.words}"]),
        f"网络    {_ONLINE if held['online'] else _OFFLINE}",
        f"待上传  {held['waiting']} 条；上次送达 {moment_words(around.delivered_utc_ms, '还没有过')}",
        f"被退回  {held['refused']} 条",
        *(f"        第 {entry.seq} 条：{entry.words}（{entry.code}）" for entry in around.refused),
        f"学时    {month['month']}：{hours(Milliseconds(month['effective_ms']))} 小时"
        + (unplaced if month["unplaced_ms"] else ""),
        f"课程    {held['catalogue']['courses']} 门（目录第 {held['catalogue']['revision']} 版）",
        f"时钟    {_clock(held, around.anchor)}",
        *_stick(around.stick),
        f"磁盘    还剩 {size_words(around.free_bytes)}",
        *(f"提醒    {warning}" for warning in held["warnings"]),
    ]
    return "\n".join(lines)


def _stick(stick: StickNews | None) -> list[str]:
    if stick is None:
        return []
    return [f"U盘     {moment_words(stick.at_utc_ms)}：{stick.words}"]


def _station(held: StatusReply) -> str:
    station = held["station"]
    if station is None:
        return "尚未开通；请运行 zhanxue-agent enrol 账号 激活码"
    kind = TYPE_NAMES[StationType(station["type"])]
    return f"{station['name']}（{station['district']}，{kind}，{station['number']}）"


def _clock(held: StatusReply, anchor: Anchor | None) -> str:
    clock = held["clock"]
    if clock["utc"] is None:
        return "本次开机后还没有对过时；学时照记，日期待对时后核定"
    at = local(datetime.fromisoformat(clock["utc"]))
    error = "" if anchor is None else f"，误差不超过 {anchor.error_s:.1f} 秒"
    return f"{at:%Y-%m-%d %H:%M:%S}（来自{_TOLD_BY.get(clock['source'], clock['source'])}{error}）"
