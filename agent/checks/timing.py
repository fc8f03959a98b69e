"""Checks of the clocks."""

from collections.abc import Iterator

from agent.checks.finding import Finding, good, warning
from agent.clock import Clock
from agent.stores.dates.moments import anchors_of
from agent.stores.disk.database import Tables
from study.anchor import best_anchor, from_utc_ms
from study.month import local

_OFF_MS = 300_000
_TOLD_BY = {"platform": "市平台", "ntp": "网络时间", "phone": "手机"}


def timing_findings(tables: Tables, clock: Clock) -> Iterator[Finding]:
    """What this boot knows of the time, and what other boots left open."""
    anchor = best_anchor(anchors_of(tables, clock.boot), clock.boot)
    shown = f"{local(from_utc_ms(clock.wall_utc_ms())):%Y-%m-%d %H:%M}"
    if anchor is None:
        words = f"本次开机后还没有对过时（系统时钟显示 {shown}）"
        yield warning("时钟", words, "连上市平台后自动对时，也可以用手机对时；学时照记，日期对时后核定")
    else:
        off_ms = clock.wall_utc_ms() - (clock.mono_ms() + anchor.offset_ms)
        by = _TOLD_BY.get(anchor.source, anchor.source)
        told = f"已由{by}对时，误差不超过 {anchor.error_s:.1f} 秒"
        if abs(off_ms) > _OFF_MS:
            words = f"{told}；系统时钟显示 {shown}，相差 {abs(off_ms) // 60_000} 分钟"
            yield warning("时钟", words, "学时按对时后的时间计算，不受影响；请校准系统时间，以免加密连接失败")
        else:
            yield good("时钟", told)
    row = tables.execute(
        "SELECT count(*), count(DISTINCT boot_id) FROM sessions WHERE opened_utc_ms IS NULL AND month IS NULL"
    ).fetchone()
    if row[0]:
        words = f"有 {row[0]} 次学习（{row[1]} 次开机期间）的月份待核定"
        yield warning("待核定学时", words, "对时后自动归入相应月份；前后开机都对过时也能推定")
