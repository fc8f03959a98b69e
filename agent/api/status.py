"""The box at a glance, for the television and for the command line."""

from collections.abc import Sequence

from agent.api.clock import clock_entry
from agent.clock import Clock
from agent.data_folder import DiskSize
from agent.stores.box import read_box
from agent.stores.courses.catalogue import course_count, revision
from agent.stores.courses.shelf import held_bytes
from agent.stores.dates.moments import utc_ms_of
from agent.stores.delivery.outbox import read_delivery, refusals, waiting
from agent.stores.disk.database import Tables
from agent.stores.disk.notices import notices
from agent.stores.sessions.hours import month_hours
from agent.stores.stick.news import StickState, last_stick
from agent.version import own_version
from study.anchor import from_utc_ms
from study.local_api import (
    CatalogueEntry,
    SendingEntry,
    StationEntry,
    StatusReply,
    StickEntry,
    StorageEntry,
)
from study.month import month_of
from study.station import Station

_CLOCK_OFF_MS = 300_000
_ROOM_BYTES = 4_000_000
"""Less than what SQLite may want for its log: the next report may not fit any more."""


def this_month(tables: Tables, clock: Clock) -> str:
    """The month by the trustworthy time; by the system clock while there is none."""
    utc_ms = utc_ms_of(tables, clock.boot, clock.mono_ms())
    return month_of(from_utc_ms(clock.wall_utc_ms() if utc_ms is None else utc_ms))


def status_of(
    tables: Tables,
    clock: Clock,
    sending: SendingEntry | None,
    disk: DiskSize,
    told: Sequence[str] = (),
) -> StatusReply:
    """What an operator wants to know first; `told` are warnings from elsewhere."""
    box, delivery = read_box(tables), read_delivery(tables)
    refused = len(refusals(tables))
    return StatusReply(
        version=own_version(),
        enrolled=box.station is not None,
        station=None if box.station is None else _station_entry(box.station),
        online=delivery.online,
        waiting=waiting(tables),
        refused=refused,
        sending=sending,
        month=month_hours(tables, this_month(tables, clock)),
        catalogue=CatalogueEntry(revision=revision(tables), courses=course_count(tables)),
        clock=clock_entry(tables, clock),
        disk_full=disk.free_bytes < _ROOM_BYTES,
        storage=StorageEntry(
            total_bytes=disk.total_bytes, free_bytes=disk.free_bytes, courses_bytes=held_bytes(tables)
        ),
        stick=_stick_entry(tables),
        warnings=[
            *_disk_warnings(disk.free_bytes),
            *_warnings(tables, clock, refused, delivery.words),
            *told,
        ],
    )


def _station_entry(station: Station) -> StationEntry:
    return StationEntry(
        number=station.number, name=station.name, district=station.district, type=station.type
    )


def _stick_entry(tables: Tables) -> StickEntry | None:
    news = last_stick(tables)
    if news is None or news.state is StickState.GONE:
        return None
    return StickEntry(state=news.state, words=news.words)


def _disk_warnings(free_bytes: int) -> list[str]:
    if free_bytes >= _ROOM_BYTES:
        return []
    return ["磁盘已满，新的学习记录存不下，先由电视保留；请尽快清理磁盘，腾出空间后会自动补存"]


def _warnings(tables: Tables, clock: Clock, refused: int, delivery_words: str) -> list[str]:
    said = notices(tables)
    if delivery_words:
        said.append(delivery_words)
    if refused:
        said.append(f"有 {refused} 条学习记录被市平台退回，已保留；可用 zhanxue-agent status 查看原因")
    unplaced = tables.execute(
        "SELECT count(*) FROM sessions WHERE opened_utc_ms IS NULL AND month IS NULL"
    ).fetchone()[0]
    if unplaced:
        said.append(f"有 {unplaced} 次学习的日期待核定：联网对时后会自动归入相应月份")
    utc_ms = utc_ms_of(tables, clock.boot, clock.mono_ms())
    if utc_ms is not None and abs(utc_ms - clock.wall_utc_ms()) > _CLOCK_OFF_MS:
        said.append("本机时钟不准，学时按市平台的时间计算，不受影响")
    return said
