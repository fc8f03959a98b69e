"""Reissuing of group studies: which of them goes again under a new number, and what it says then."""

from dataclasses import replace

from sqlite_utils import Database as Tables

from agent.records.stored import record_of
from agent.stores.delivery.outbox import REFUSED
from study.group.record import GroupRecord
from study.record import Record
from study.units import Seq

_ALL = "SELECT seq, state, content FROM records WHERE instr(content, ?) = 1"
_MARK = b'["group",'


def is_last_and_lost(tables: Tables, record: GroupRecord) -> bool:
    """Whether no later record of its group study was made, and none of them is held or still waits."""
    others = [(state, record_of(data)) for _, state, data in tables.execute(_ALL, [_MARK]).fetchall()]
    own = [(state, other) for state, other in others if _is_of_same(record, other)]
    return all(state == REFUSED and other.seq <= record.seq for state, other in own)


def under_another_number(record: GroupRecord) -> GroupRecord:
    """It replaces nothing there; its sessions' records are of an earlier epoch, or have new numbers too."""
    parts = tuple(replace(part, session=Seq(0)) for part in record.parts)
    return replace(record, parts=parts, replaces=None)


def _is_of_same(record: GroupRecord, other: Record) -> bool:
    return isinstance(other, GroupRecord) and (record.boot, record.opened, record.screen) == (
        other.boot,
        other.opened,
        other.screen,
    )
