"""Registering: lectures held without the box, amended and withdrawn, in the caller's transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from sqlite_utils import Database as Tables

from agent.errors import OfflineError
from agent.stores.dates.moments import utc_ms_of
from agent.stores.delivery.epochs import current
from agent.stores.groups.group_log import Now
from agent.stores.rows import one_row
from study.anchor import EARLIEST, to_utc_ms
from study.group.kind import KIND_MAX
from study.month import local
from study.offline.record import MINUTES_MAX, PLACE_MAX, TITLE_MAX, OfflineRecord
from study.units import BootId, Seq

ATTENDEES_MAX = 500


@dataclass(frozen=True, slots=True)
class OfflineStudy:
    """One lecture as the operator tells of it; people by their number in the roster."""

    title: str
    kind: str
    """See study/group/kind.py."""
    place: str
    day: date
    begins: time
    """The station's local time."""
    minutes: int
    facilitator: int | None
    members: tuple[int, ...]


def register_offline(tables: Tables, study: OfflineStudy, now: Now) -> int:
    """It waits for approval from its delivery on; its number. Raises OfflineError."""
    written = _checked(tables, study, now)
    row = tables.execute("SELECT max(registered_ms) FROM offline WHERE boot_id = ?", [now.boot]).fetchone()
    registered_ms = max(now.ms, (row[0] or 0) + 1)
    cursor = tables.execute(
        "INSERT INTO offline (boot_id, registered_ms, kind, title, place, day, begins, minutes, facilitator,"
        " due) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        [now.boot, registered_ms, *_told(written)],
    )
    offline_id = int(cursor.lastrowid or 0)
    _set_members(tables, offline_id, written.members)
    return offline_id


def amend_offline(tables: Tables, offline_id: int, study: OfflineStudy, now: Now) -> None:
    """It is registered anew and waits for approval again. Raises OfflineError."""
    row = changeable(tables, offline_id)
    written = _checked(tables, study, now)
    if written == study_of(tables, row):
        return
    tables.execute(
        "UPDATE offline SET kind = ?, title = ?, place = ?, day = ?, begins = ?, minutes = ?,"
        " facilitator = ?, due = 1 WHERE offline_id = ?",
        [*_told(written), offline_id],
    )
    _set_members(tables, offline_id, written.members)


def withdraw_offline(tables: Tables, offline_id: int) -> None:
    """It counts no more, also where it was approved. Raises OfflineError."""
    changeable(tables, offline_id)
    tables.execute(
        "UPDATE offline SET minutes = 0, facilitator = NULL, due = (seq IS NOT NULL) WHERE offline_id = ?",
        [offline_id],
    )
    _set_members(tables, offline_id, ())


def study_of(tables: Tables, row: dict[str, Any]) -> OfflineStudy:
    """What is registered in a row; of a withdrawn one without minutes and people."""
    members = tables.execute(
        "SELECT member_id FROM offline_attendees WHERE offline_id = ? ORDER BY member_id", [row["offline_id"]]
    )
    return OfflineStudy(
        title=row["title"],
        kind=row["kind"],
        place=row["place"],
        day=date.fromisoformat(row["day"]),
        begins=time.fromisoformat(row["begins"]),
        minutes=row["minutes"],
        facilitator=row["facilitator"],
        members=tuple(member for (member,) in members.fetchall()),
    )


def changeable(tables: Tables, offline_id: int) -> dict[str, Any]:
    """The row of one that may be changed. Raises OfflineError."""
    row = one_row(tables, "SELECT * FROM offline WHERE offline_id = ?", [offline_id])
    if row is None:
        raise OfflineError("unknown", "没有这条线下学习登记，请返回列表查看")
    if row["minutes"] == 0:
        raise OfflineError("withdrawn", "这条登记已经撤回，不能再更改；需要时请重新登记")
    if row["seq"] is not None and row["epoch_no"] != current(tables).number:
        # Nothing can take the place of a record of an earlier epoch: it would count twice.
        raise OfflineError(
            "sealed", "这条登记是本机更换或恢复之前上报的，不能再更改；请联系上级退回它，再重新登记"
        )
    return row


def _checked(tables: Tables, study: OfflineStudy, now: Now) -> OfflineStudy:
    """The same with blanks put in order. Raises OfflineError."""
    title, kind, place = (" ".join(text.split()) for text in (study.title, study.kind, study.place))
    for text, most, name in (
        (title, TITLE_MAX, "题目"),
        (kind, KIND_MAX, "形式"),
        (place, PLACE_MAX, "地点"),
    ):
        if not 0 < len(text) <= most or "\0" in text:
            raise OfflineError("bad_words", f"请填写{name}，不超过 {most} 字")
    if not 0 < study.minutes <= MINUTES_MAX:
        raise OfflineError("bad_minutes", f"时长请填 1 到 {MINUTES_MAX} 分钟；更长的请按天分开登记")
    members = tuple(sorted(set(study.members)))
    if not 0 < len(members) <= ATTENDEES_MAX:
        raise OfflineError("bad_people", f"请选择参加的人，至少一人，最多 {ATTENDEES_MAX} 人")
    written = replace(
        study,
        title=title,
        kind=kind,
        place=place,
        members=members,
        begins=study.begins.replace(second=0, microsecond=0),
    )
    _check_day(tables, written, now)
    return written


def _check_day(tables: Tables, study: OfflineStudy, now: Now) -> None:
    held = _as_record(study)
    if held.began_at < local(EARLIEST):
        raise OfflineError("bad_day", "日期太早，请检查年份")
    now_utc_ms = utc_ms_of(tables, now.boot, now.ms)
    # Where the box knows no date the city judges, when it arrives.
    if now_utc_ms is not None and to_utc_ms(held.ended_at) > now_utc_ms:
        raise OfflineError("not_held_yet", "结束时间还没有到；学习结束以后再登记，或检查日期和时长")


def _as_record(study: OfflineStudy) -> OfflineRecord:
    kind, title, place, day, begins, minutes, _ = _told(study)
    return OfflineRecord(Seq(0), BootId(""), 0, 0, kind, title, place, day, begins, minutes, "", ())


def _told(study: OfflineStudy) -> tuple[str, str, str, str, str, int, int | None]:
    day, begins = f"{study.day:%Y-%m-%d}", f"{study.begins:%H:%M}"
    return study.kind, study.title, study.place, day, begins, study.minutes, study.facilitator


def _set_members(tables: Tables, offline_id: int, members: Iterable[int]) -> None:
    tables.execute("DELETE FROM offline_attendees WHERE offline_id = ?", [offline_id])
    for member_id in members:
        tables.execute("INSERT INTO offline_attendees VALUES (?, ?)", [offline_id, member_id])
