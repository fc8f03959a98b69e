"""The clocks: what the system shows, what is known for sure, and telling the box the time by hand."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from agent.api.clock import ClockTelling, tell_clock
from agent.commands.answer import Answer
from agent.commands.call import Call
from agent.commands.hands import Hands
from agent.commands.moment import moment_words
from agent.commands.operating import operated
from agent.commands.table import table
from agent.errors import StartError
from agent.stores.dates.moments import anchors_of, utc_ms_of
from agent.stores.disk.looking import looking
from study import local_api
from study.anchor import Anchor, from_utc_ms, to_utc_ms
from study.month import SHANGHAI, local
from study.units import MonotonicMs

_FORMATS = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S")
_TOLD_BY = {"platform": "市平台", "ntp": "网络时间", "phone": "手机或人工", "usb": "U盘回执（只作下限）"}


def clock(call: Call) -> Answer:
    """Show, or with --set tell. Raises ApiError where a better clock is known, StartError, StoreError."""
    if call.args.set is not None:
        return _told(call, call.args.set)
    boot = call.clock.boot
    with looking(call.settings.database_file) as tables:
        anchors = anchors_of(tables, boot)
        now_utc_ms = utc_ms_of(tables, boot, call.clock.mono_ms())
        boots, unplaced = (
            tables.execute(query).fetchone()[0]
            for query in (
                "SELECT count(*) FROM boots",
                "SELECT count(*) FROM sessions WHERE opened_utc_ms IS NULL AND month IS NULL",
            )
        )
    lines = [
        f"系统时钟  {_shown(call.clock.wall_utc_ms())}",
        f"可信时间  {_trusted(now_utc_ms)}",
        f"开机      第 {boots} 次；月份待核定的学习 {unplaced} 次",
    ]
    if anchors:
        lines += ["", table(("对时于", "误差", "来源"), [_row(anchor) for anchor in anchors], call.width)]
    data = {
        "wall_utc_ms": call.clock.wall_utc_ms(),
        "utc_ms": now_utc_ms,
        "boots": boots,
        "unplaced_sessions": unplaced,
        "anchors": [asdict(anchor) for anchor in anchors],
    }
    return Answer("\n".join(lines), data)


def _told(call: Call, text: str) -> Answer:
    telling = ClockTelling(utc_ms=to_utc_ms(_moment(text)))

    def here(own: Hands) -> Any:
        return tell_clock(own.database, own.clock, telling)

    entry = operated(call, local_api.CLOCK, telling.model_dump(), here)
    at = local(datetime.fromisoformat(entry["utc"]))
    return Answer(f"已对时：现在是 {at:%Y-%m-%d %H:%M}；本次开机以来的学习已归入相应日期", entry)


def _moment(text: str) -> datetime:
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=SHANGHAI)
        except ValueError:
            continue
    raise StartError(f"时间 {text} 看不懂，应写成 “2026-11-22 08:30”（北京时间）")


def _trusted(utc_ms: int | None) -> str:
    if utc_ms is None:
        return "还不知道；连上市平台后自动对时，或运行 zhanxue-agent clock --set '2026-11-22 08:30'"
    return _shown(utc_ms)


def _shown(utc_ms: int) -> str:
    return f"{local(from_utc_ms(utc_ms)):%Y-%m-%d %H:%M:%S}"


def _row(anchor: Anchor) -> tuple[str, str, str]:
    at = moment_words(to_utc_ms(anchor.at(MonotonicMs(anchor.mono_ms))))
    return at, f"{anchor.error_s:.1f} 秒", _TOLD_BY.get(anchor.source, anchor.source)
