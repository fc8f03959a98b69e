"""Under which number an offline study's record went, also when the database is rebuilt."""

from sqlite_utils import Database as Tables

from agent.records.stored import record_of
from agent.stores.delivery.outbox import REFUSED
from study.offline.record import OfflineRecord
from study.record import Record

_NOWHERE = 0
"""The epoch of what has, or may have, a record that is not here: nothing may be recorded again."""
_ALL = "SELECT seq, state, content FROM records WHERE instr(content, ?) = 1"
_MARK = b'["offline",'


def note_offline(tables: Tables, epoch_no: int, record: OfflineRecord) -> None:
    """The registration that a record tells of has it; of several the last one counts."""
    tables.execute(
        "UPDATE offline SET epoch_no = ?, seq = ?, first_seq = ? WHERE boot_id = ? AND registered_ms = ?"
        " AND (coalesce(epoch_no, 0), coalesce(seq, 0)) < (?, ?)",
        [
            *(epoch_no, record.seq, record.replaces or record.seq),
            *(record.boot, record.opened_ms, epoch_no, record.seq),
        ],
    )


def is_last_offline(tables: Tables, record: OfflineRecord) -> bool:
    """Whether no later record of its registration was made, and none of them is held or still waits."""
    others = [(state, record_of(data)) for _, state, data in tables.execute(_ALL, [_MARK]).fetchall()]
    own = [(state, other) for state, other in others if _is_of_same(record, other)]
    return all(state == REFUSED and other.seq <= record.seq for state, other in own)


def forget_offline_numbers(tables: Tables) -> None:
    """What was recorded was so, under numbers that mean nothing any more."""
    tables.execute("UPDATE offline SET epoch_no = ?, seq = 0 WHERE seq IS NOT NULL", [_NOWHERE])


def give_up_offline(tables: Tables) -> int:
    """What a copy says was not recorded yet the box has recorded itself since; of how many no record is
    here."""
    left = tables.execute("SELECT count(*) FROM offline WHERE due = 1").fetchone()[0]
    tables.execute(
        "UPDATE offline SET due = 0, epoch_no = coalesce(epoch_no, ?), seq = coalesce(seq, 0) WHERE due = 1",
        [_NOWHERE],
    )
    return int(left)


def _is_of_same(record: OfflineRecord, other: Record) -> bool:
    return isinstance(other, OfflineRecord) and (record.boot, record.opened_ms) == (
        other.boot,
        other.opened_ms,
    )
