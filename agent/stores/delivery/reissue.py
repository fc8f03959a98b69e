"""Reissuing: what to do when the platform holds records of an epoch that this database never made.

That is so where the data folder was copied back, or is used on two boxes: the numbers of the epoch
have gone on elsewhere.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlite_utils import Database as Tables

from agent.records.stored import record_of
from agent.stores.delivery.epochs import begin, current, note_mark, read_epoch, take_seq
from agent.stores.delivery.outbox import put_record
from agent.stores.groups.numbers import note_record
from agent.stores.groups.reissuing import is_last_and_lost, under_another_number
from agent.stores.offline.numbers import is_last_offline, note_offline
from agent.stores.sessions.sequel import part_sealed
from study.group.record import GroupRecord
from study.offline.record import OfflineRecord
from study.record import Record, Refusal, StudyRecord

OTHER_CONTENT = "other_content"
REISSUED = "reissued"


def is_older(tables: Tables, epoch_no: int, high_water: int, named: Sequence[Refusal]) -> bool:
    """Whether the platform's reply shows numbers of this epoch that other records have taken."""
    taken = any(refusal.code == OTHER_CONTENT for refusal in named)
    return taken or high_water >= read_epoch(tables, epoch_no).next_seq


def reissue(tables: Tables, epoch_no: int) -> int:
    """Begin a new epoch if `epoch_no` is the current one, and issue there again what lost its number.

    Of a session only its last record goes again, and only when none of its records is held or still
    waits: so nothing counts twice. How many records went again.
    """
    if current(tables).number == epoch_no:
        begin(tables)
        part_sealed(tables)
    # Above what was made here the mark says nothing more of this database.
    note_mark(tables, epoch_no, read_epoch(tables, epoch_no).next_seq - 1)
    rows = tables.execute(
        "SELECT seq, session_id, content FROM records r WHERE epoch_no = ? AND state = 'refused' AND code = ?"
        " AND NOT EXISTS (SELECT 1 FROM records o WHERE o.session_id = r.session_id"
        " AND (o.state <> 'refused' OR o.epoch_no = r.epoch_no AND o.seq > r.seq)) ORDER BY seq",
        [epoch_no, OTHER_CONTENT],
    ).fetchall()
    lost = [(seq, session_id, record_of(content)) for seq, session_id, content in rows]
    again = [row for row in lost if _goes_again(tables, row[2])]
    for seq, session_id, record in again:
        _issue_again(tables, record, epoch_no, seq, session_id)
    return len(again)


def _goes_again(tables: Tables, record: Record) -> bool:
    if isinstance(record, OfflineRecord):
        return is_last_offline(tables, record)
    return not isinstance(record, GroupRecord) or is_last_and_lost(tables, record)


def _issue_again(tables: Tables, record: Record, epoch_no: int, seq: int, session_id: int | None) -> None:
    new = replace(record, seq=take_seq(tables))
    if isinstance(new, StudyRecord):
        # The reason stays: who corrected it, or that a later boot may have a part in it.
        new = replace(new, replaces=None)
    elif isinstance(new, GroupRecord):
        new = under_another_number(new)
        note_record(tables, current(tables).number, new)
    elif isinstance(new, OfflineRecord):
        new = replace(new, replaces=None)
        note_offline(tables, current(tables).number, new)
    put_record(tables, new, session_id)
    tables.execute(
        "UPDATE records SET code = ?, words = ? WHERE epoch_no = ? AND seq = ?",
        [REISSUED, f"已用新编号 {new.seq} 重新上报", epoch_no, seq],
    )
    if session_id is not None:
        tables.execute(
            "UPDATE sessions SET epoch_no = ?, seq = ? WHERE session_id = ?",
            [current(tables).number, new.seq, session_id],
        )
