"""The group studies of one station in a month, and the person-hours in them."""

import json
from dataclasses import asdict, dataclass, replace

from tabulate import tabulate

from municipal.database import Connection, select
from municipal.sessions import local_text, titles_by_item
from municipal.stores.attendances import person_times
from municipal.stores.offline import offline_of_month
from municipal.tables import records
from study.course import course_of
from study.group.form import of_fields
from study.group.kind import kind_words
from study.group.moment import total_ms
from study.participation import hours
from study.record import correction_in
from study.units import ItemId, Milliseconds

_DAY_UNKNOWN = "日期不详"


@dataclass(frozen=True, slots=True)
class HeldGroup:
    """One group study as the platform holds it; `stands` is false once another record replaced it."""

    epoch: str
    seq: int
    kind: str
    theme: str
    started_at: str | None
    """Local time; None where only the month is known."""
    items: tuple[str, ...]
    """Titles, in the order in which they were studied, each once."""
    effective_ms: int
    """Part of the station's hours, not beside them."""
    discussion_ms: int
    people: int
    person_ms: int
    """Of all attendees together."""
    stands: bool
    reason: str


@dataclass(frozen=True, slots=True)
class PersonTime:
    """Somebody's month at one station."""

    pseudonym: str
    groups: int
    person_ms: int
    """In group studies."""
    offline: int = 0
    """How often in approved offline study, which nothing has measured."""
    offline_ms: int = 0


def station_groups(connection: Connection, station: str, month: str) -> list[HeldGroup]:
    """Every group study of a station that began in the month, oldest first, undated ones last."""
    table = records.c
    query = (
        select(table.epoch, table.seq, table.content, table.started_at_ms, table.stands)
        .where((table.record_kind == "group") & (table.station == station) & (table.month == month))
        .order_by(table.started_at_ms.is_(None), table.started_at_ms, table.epoch, table.seq)
    )
    titles = titles_by_item(connection)
    found = []
    for row in connection.execute(query):
        record = of_fields(json.loads(row.content)[1:])
        names = (titles.get(course_of(ItemId(part.item_id)), part.item_id) for part in record.parts)
        found.append(
            HeldGroup(
                epoch=row.epoch,
                seq=row.seq,
                kind=record.kind,
                theme=record.theme,
                started_at=local_text(row.started_at_ms),
                items=tuple(dict.fromkeys(names)),
                effective_ms=record.effective_ms,
                discussion_ms=total_ms(record.discussions),
                people=len(record.attendees),
                person_ms=sum(one.person_ms for one in record.attendees),
                stands=row.stands,
                reason=record.reason,
            )
        )
    return found


def station_people(connection: Connection, station: str, month: str) -> list[PersonTime]:
    """Who studied in groups or in approved offline study, by pseudonym, the longest time in groups first."""
    found = {row[0]: PersonTime(*row) for row in person_times(connection, station, month)}
    for held in offline_of_month(connection, month, station):
        for name in held.record.attendees if held.counts else ():
            one = found.get(name, PersonTime(name, 0, 0))
            more = one.offline_ms + held.record.held_ms
            found[name] = replace(one, offline=one.offline + 1, offline_ms=more)
    return sorted(found.values(), key=lambda one: (-one.person_ms, -one.offline_ms, one.pseudonym))


def groups_as_json(groups: list[HeldGroup]) -> str:
    """All fields, exact milliseconds."""
    told = {"groups": [asdict(group) for group in groups]}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def people_as_json(people: list[PersonTime]) -> str:
    """All fields, exact milliseconds."""
    return json.dumps({"people": [asdict(one) for one in people]}, ensure_ascii=False, indent=1) + "\n"


def groups_as_text(groups: list[HeldGroup]) -> str:
    """A table that a person reads."""
    if not groups:
        return "这个月没有集体学习。\n"
    heading = ["开始", "形式", "主题", "学了什么", "有效（小时）", "讨论（小时）", "人数", "人时", "说明"]
    rows = [
        [
            _DAY_UNKNOWN if group.started_at is None else group.started_at[5:16].replace("T", " "),
            kind_words(group.kind),
            group.theme,
            "、".join(group.items),
            hours(Milliseconds(group.effective_ms)),
            hours(Milliseconds(group.discussion_ms)),
            str(group.people),
            hours(Milliseconds(group.person_ms)),
            _said_of(group),
        ]
        for group in groups
    ]
    return tabulate(rows, heading, tablefmt="simple", disable_numparse=True) + "\n"


def people_as_text(people: list[PersonTime]) -> str:
    """A table that a person reads."""
    if not people:
        return "这个月没有人参加集体学习。\n"
    heading = ["代号", "场次", "人时（小时）"]
    rows = [[one.pseudonym, str(one.groups), hours(Milliseconds(one.person_ms))] for one in people]
    if any(one.offline for one in people):
        heading += ["线下场次", "线下人时（小时）"]
        beside = ([str(one.offline), hours(Milliseconds(one.offline_ms))] for one in people)
        rows = [[*row, *cells] for row, cells in zip(rows, beside, strict=True)]
    return tabulate(rows, heading, tablefmt="simple", disable_numparse=True) + "\n"


def _said_of(group: HeldGroup) -> str:
    if not group.stands:
        return "已被后来的记录替换"
    correction = correction_in(group.reason)
    return f"已更正（{correction}）" if correction else ""
