"""Approval of offline study: what stations have registered, approved or returned by the level above."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tabulate import tabulate

from municipal.database import Connection
from municipal.errors import StartError
from municipal.sessions import local_text
from municipal.stores.offline import HeldOffline, decide, offline_of_month, offline_of_station
from study.anchor import to_utc_ms
from study.group.kind import kind_words
from study.participation import hours
from study.units import Milliseconds

WORDS_MAX, BY_MAX = 100, 40
"""Characters."""


@dataclass(frozen=True, slots=True)
class OfflineHours:
    """Approved offline study of a month, beside the hours that stations have recorded."""

    count: int
    held_ms: Milliseconds
    person_ms: Milliseconds


def approved_hours(connection: Connection, month: str) -> dict[str, OfflineHours]:
    """By district; those without any are not in it."""
    found: dict[str, list[OfflineHours]] = defaultdict(list)
    for held in offline_of_month(connection, month):
        if held.counts:
            found[held.district].append(OfflineHours(1, held.record.held_ms, held.record.person_ms))
    return {district: added(each) for district, each in found.items()}


def added(each: Iterable[OfflineHours]) -> OfflineHours:
    """All together; nothing of none."""
    told = list(each)
    return OfflineHours(
        sum(one.count for one in told),
        Milliseconds(sum(one.held_ms for one in told)),
        Milliseconds(sum(one.person_ms for one in told)),
    )


def find_offline(connection: Connection, station: str, number: str) -> HeldOffline:
    """The registration that a list names so, "3f0c2a71-17". Raises StartError."""
    found = next((one for one in offline_of_station(connection, station) if number_of(one) == number), None)
    if found is None:
        raise StartError(f"站点 {station} 没有编号为“{number}”的线下学习登记，请先用 offline list 查看。")
    return found


def decide_offline(
    connection: Connection, held: HeldOffline, *, approved: bool, by: str, words: str, now: datetime
) -> str:
    """What was decided, in words. Raises StartError where it cannot be decided so."""
    by, words = " ".join(by.split()), " ".join(words.split())
    if not 0 < len(by) <= BY_MAX:
        raise StartError(f"请用 --by 写明是哪个单位作出的决定，不超过 {BY_MAX} 字。")
    if len(words) > WORDS_MAX or not (approved or words):
        raise StartError(f"退回时请写明原因，不超过 {WORDS_MAX} 字，站点会看到。")
    if held.record.is_withdrawn:
        raise StartError("站点已经撤回这条登记，没有什么可以决定的。")
    if not held.stands:
        raise StartError("站点后来更正了这条登记，请在列表里找更正以后的一条。")
    if held.approved is approved and (approved or held.words == words):
        raise StartError(f"这条登记先前已经{_decision(held)}，没有再改动。")
    decide(connection, held, approved=approved, by=by, words=words, now_ms=to_utc_ms(now))
    said = "认定" if approved else "退回"
    return f"已{said}：{held.station_name} {held.record.day}《{held.record.title}》，{_people(held)}。"


def number_of(held: HeldOffline) -> str:
    """How a registration is named on the command line; of one station no other has the same."""
    return f"{held.epoch[:8]}-{held.record.seq}"


def offline_as_text(found: list[HeldOffline]) -> str:
    """A table that a person reads; what was amended or withdrawn is not in it."""
    shown = [one for one in found if one.stands]
    if not shown:
        return "没有线下学习登记。\n"
    heading = ["站点", "编号", "日期", "开始", "形式", "题目", "地点", "小时", "人数", "人时", "状态"]
    rows = [
        [
            *(one.station, number_of(one), one.record.day, one.record.begins),
            *(kind_words(one.record.kind), one.record.title, one.record.place),
            *(hours(one.record.held_ms), str(len(one.record.attendees)), hours(one.record.person_ms)),
            _decision(one),
        ]
        for one in shown
    ]
    return tabulate(rows, heading, tablefmt="plain", disable_numparse=True) + "\n"


def offline_as_json(found: list[HeldOffline]) -> str:
    """All fields, exact milliseconds, also what was amended or withdrawn."""
    return json.dumps({"offline": [_entry(one) for one in found]}, ensure_ascii=False, indent=1) + "\n"


def _entry(held: HeldOffline) -> dict[str, Any]:
    record = held.record
    return {
        "station": held.station,
        "number": number_of(held),
        "epoch": held.epoch,
        "seq": record.seq,
        "kind": record.kind,
        "title": record.title,
        "place": record.place,
        "day": record.day,
        "begins": record.begins,
        "held_ms": record.held_ms,
        "people": len(record.attendees),
        "person_ms": record.person_ms,
        "stands": held.stands,
        "approved": held.approved,
        "decided_by": held.decided_by,
        "words": held.words,
        "decided_at": local_text(held.decided_at_ms),
        "counts": held.counts,
        "reason": record.reason,
    }


def _decision(held: HeldOffline) -> str:
    if held.record.is_withdrawn:
        return "站点已撤回"
    if held.approved is None:
        return "待认定"
    return f"由{held.decided_by}认定" if held.approved else f"由{held.decided_by}退回：{held.words}"


def _people(held: HeldOffline) -> str:
    return f"{len(held.record.attendees)} 人，{hours(held.record.person_ms)} 人时"
