"""The list of boxes: when each was last heard of, and how it said that it is."""

import json
from dataclasses import asdict
from datetime import datetime

from tabulate import tabulate

from municipal.stores.box_health import BoxRow
from study.anchor import from_utc_ms, to_utc_ms
from study.health import Health
from study.month import local

_DAY_MS = 86_400_000
_CLOCKS = {"platform": "市平台", "ntp": "网络时间", "phone": "手机", "usb": "U盘回执", "none": "没有对时"}
_HEADING = ["站点", "名称", "区", "最近联系", "待上传", "被退回", "剩余空间", "时钟", "提醒", "版本", ""]


def is_silent(row: BoxRow, now: datetime, silent_days: int) -> bool:
    """Whether a box has not been heard of for so many days; one that never was is not silent but new."""
    seen_ms = row.last_seen_at_ms
    return seen_ms is not None and to_utc_ms(now) - seen_ms > silent_days * _DAY_MS


def as_json(rows: list[BoxRow], now: datetime, silent_days: int) -> str:
    """All fields; moments in ISO 8601, local time."""
    boxes = [
        {**asdict(row), "last_seen_at": _moment(row), "silent": is_silent(row, now, silent_days)}
        for row in rows
    ]
    for box in boxes:
        del box["last_seen_at_ms"]
    return json.dumps({"boxes": boxes}, ensure_ascii=False, indent=1) + "\n"


def as_text(rows: list[BoxRow], now: datetime, silent_days: int) -> str:
    """A table that a person reads, those long unheard of marked."""
    if not rows:
        return "还没有站点。\n"
    lines = [_line(row, is_silent(row, now, silent_days)) for row in rows]
    silent = sum(is_silent(row, now, silent_days) for row in rows)
    never = sum(row.last_seen_at_ms is None for row in rows)
    last = f"共 {len(rows)} 个站点，{silent} 个超过 {silent_days} 天没有联系，{never} 个从未联系。\n"
    return tabulate(lines, _HEADING, tablefmt="simple", disable_numparse=True) + "\n" + last


def _line(row: BoxRow, silent: bool) -> list[str]:
    moment = _moment(row)
    seen = "从未联系" if moment is None else moment[:16].replace("T", " ")
    backlog = "-" if row.backlog is None else str(row.backlog)
    return [
        row.number,
        row.name,
        row.district,
        seen,
        backlog,
        *_health(row.health),
        "久未联系" if silent else "",
    ]


def _health(health: Health | None) -> list[str]:
    if health is None:
        return ["-"] * 5
    clock = _CLOCKS.get(health.clock, health.clock)
    return [str(health.refused), f"{health.free_mb} MB", clock, str(health.warnings), health.version]


def _moment(row: BoxRow) -> str | None:
    if row.last_seen_at_ms is None:
        return None
    return local(from_utc_ms(row.last_seen_at_ms)).isoformat(timespec="seconds")
