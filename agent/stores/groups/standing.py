"""How a group study stands at a moment: what was studied, what counts so far, and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database as Tables

from agent.stores.groups.group_log import Now, agenda_of, present
from agent.stores.groups.studied import (
    Attendance,
    Times,
    attendances_of,
    discussions_of,
    parts_of,
    sessions_in,
    times_of,
)
from study.group.attendance import present_ms
from study.group.hours import Part, all_effective, effective_stretches
from study.group.moment import joined, total_ms
from study.units import ItemId, Milliseconds


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """One item: planned, studied, or both."""

    item_id: ItemId
    studied_ms: Milliseconds
    effective_ms: Milliseconds


@dataclass(frozen=True, slots=True)
class Standing:
    """A group study as it stands."""

    items: tuple[ItemStanding, ...]
    """The agenda in its order, then what else was studied."""
    times: Times
    attendances: tuple[Attendance, ...]
    """Everybody who checked in, in the order in which they first did."""
    person_ms: Mapping[int, int]
    """Of each of them."""
    present: tuple[int, ...]
    """Who is in, the last to come first; after the end, who was in then."""
    studied_ms: Milliseconds
    effective_ms: Milliseconds
    discussion_ms: Milliseconds
    is_discussing: bool


def standing_of(tables: Tables, group: dict[str, Any], now: Now) -> Standing:
    """`group` is its row; one that has ended stands as it did at its end."""
    group_id = group["group_id"]
    times = times_of(tables, group, now)
    parts = parts_of(tables, sessions_in(tables, group, times), times)
    effective = all_effective(parts)
    attendances = attendances_of(tables, group_id, times)
    return Standing(
        items=_items(agenda_of(tables, group_id), parts),
        times=times,
        attendances=tuple(attendances),
        person_ms={one.member_id: present_ms(one.stays, effective) for one in attendances},
        present=tuple(present(tables, group_id)),
        studied_ms=Milliseconds(total_ms(joined(stretch for part in parts for stretch in part.stretches))),
        effective_ms=Milliseconds(total_ms(effective)),
        discussion_ms=Milliseconds(total_ms(discussions_of(tables, group_id, times))),
        is_discussing=_is_discussing(tables, group_id, now),
    )


def _items(agenda: list[ItemId], parts: tuple[Part, ...]) -> tuple[ItemStanding, ...]:
    of_item: dict[ItemId, list[Part]] = {item_id: [] for item_id in agenda}
    for part in parts:
        of_item.setdefault(part.item_id, []).append(part)
    return tuple(
        ItemStanding(
            item_id,
            Milliseconds(sum(total_ms(part.stretches) for part in held)),
            Milliseconds(sum(total_ms(effective_stretches(part)) for part in held)),
        )
        for item_id, held in of_item.items()
    )


def _is_discussing(tables: Tables, group_id: int, now: Now) -> bool:
    row = tables.execute(
        "SELECT 1 FROM group_discussions WHERE group_id = ? AND boot_id = ? AND open = 1",
        [group_id, now.boot],
    ).fetchone()
    return row is not None
