"""The box's status in words a person understands."""

from collections.abc import Sequence
from datetime import datetime

from study.local_api import StatusReply
from study.month import local
from study.participation import hours
from study.record import Refusal
from study.station import TYPE_NAMES, StationType
from study.units import Milliseconds

_ONLINE = "市平台可以连上"
_OFFLINE = "最近一次没有连上市平台，学习照常，记录稍后自动上传"


def status_text(status: StatusReply, refused: Sequence[Refusal], *, running: bool) -> str:
    """Lines in the order in which an operator asks."""
    month = status["month"]
    lines = [
        f"站点    {_station(status)}",
        f"服务    {'正在运行' if running else '没有运行'}",
        f"网络    {_ONLINE if status['online'] else _OFFLINE}",
        f"待上传  {status['waiting']} 条",
        f"被退回  {status['refused']} 条",
        *(f"        第 {r.seq} 条：{r.words}（{r.code}）" for r in refused),
        f"学时    {month['month']}：{hours(Milliseconds(month['effective_ms']))} 小时",
    ]
    if month["unplaced_ms"]:
        lines.append(f"        另有 {hours(Milliseconds(month['unplaced_ms']))} 小时日期待核定")
    lines += [
        f"课程    {status['catalogue']['courses']} 门（目录第 {status['catalogue']['revision']} 版）",
        f"时钟    {_clock(status)}",
        *(f"提醒    {warning}" for warning in status["warnings"]),
    ]
    return "\n".join(lines)


def _station(status: StatusReply) -> str:
    station = status["station"]
    if station is None:
        return "尚未开通；请运行 zhanxue-agent enrol 账号 激活码"
    kind = TYPE_NAMES[StationType(station["type"])]
    return f"{station['name']}（{station['district']}，{kind}，{station['number']}）"


def _clock(status: StatusReply) -> str:
    clock = status["clock"]
    if clock["utc"] is None:
        return "本次开机后还没有对过时；学时照记，日期待对时后核定"
    told = {"platform": "市平台", "ntp": "网络时间", "phone": "手机", "usb": "U 盘回执"}
    at = local(datetime.fromisoformat(clock["utc"]))
    return f"{at:%Y-%m-%d %H:%M:%S}（来自{told.get(clock['source'], clock['source'])}）"
