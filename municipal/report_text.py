"""The report as a person reads it, or as a program does."""

import json
from typing import Any

from tabulate import tabulate

from municipal.hours import DASH, ROUNDING, WHICH_MONTH, DistrictHours
from municipal.report import Report
from study.participation import hours
from study.station import TYPE_NAMES, StationType

_OFFLINE_NOTE = ("线下学习是站点登记、上级认定的，单列，不在合计里；归入举行的那个月。",)


def as_text(report: Report) -> str:
    """A table with its notes. Only the last line depends on how records were delivered."""
    heading = ["区", *(TYPE_NAMES[kind] for kind in StationType), "合计"]
    rows = [_cells(row) for row in (*report.districts, report.city)]
    if report.offline:
        heading += ["线下学习", "线下人时"]
        rows = [
            [*cells, *_offline_cells(report, row)]
            for cells, row in zip(rows, (*report.districts, report.city), strict=True)
        ]
    right = ["left"] + ["right"] * (len(heading) - 1)
    table = tabulate(rows, heading, tablefmt="plain", disable_numparse=True, colalign=right)
    lines = [f"{report.month} 各区各类站点学时", "", table, ""]
    lines += [
        f"学习记录 {report.records} 条：计入 {report.counted}，被替换 {report.replaced}，其余按规则不计。",
        *_readings(report),
        *_OFFLINE_NOTE[: len(report.offline)],
        f"时间未定 {report.unplaced} 条，{hours(report.unplaced_ms)} 小时，未计入任何月份。",
        f"搁置待查 {report.set_aside} 条。",
        *(ROUNDING, DASH, WHICH_MONTH),
        f"重复送达 {report.repeated} 条，均只计一次。",
    ]
    return "\n".join(lines) + "\n"


def as_json(report: Report) -> str:
    """The same with exact milliseconds; null where a district has no station of a type."""
    body: dict[str, Any] = {
        "month": report.month,
        "districts": [_entry(report, row) for row in report.districts],
        "city": _entry(report, report.city),
        "records": report.records,
        "readings": report.readings,
        "counted": report.counted,
        "replaced": report.replaced,
        "unplaced": {"records": report.unplaced, "effective_ms": report.unplaced_ms},
        "set_aside": report.set_aside,
        "duplicates": report.repeated,
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _readings(report: Report) -> list[str]:
    return [f"阅读图文 {report.readings} 次，不计学时。"] if report.readings else []


def _entry(report: Report, row: DistrictHours) -> dict[str, Any]:
    cells = {kind.value: row.by_type.get(kind) for kind in StationType}
    offline = report.offline_of(row)
    beside = {"offline": offline.held_ms, "offline_people": offline.person_ms}
    return {"district": row.district, **cells, "total": row.total_ms if row.by_type else None, **beside}


def _offline_cells(report: Report, row: DistrictHours) -> list[str]:
    offline = report.offline_of(row)
    return [hours(offline.held_ms), hours(offline.person_ms)]


def _cells(row: DistrictHours) -> list[str]:
    cells = [hours(row.by_type.get(kind)) for kind in StationType]
    return [row.district, *cells, hours(row.total_ms if row.by_type else None)]
