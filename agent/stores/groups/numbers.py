"""Under which number a group study's record went, also when the database is rebuilt."""

from sqlite_utils import Database as Tables

from study.group.record import GroupRecord

_NOWHERE = 0
"""The epoch of what has, or may have, a record that is not here: nothing may be recorded again."""


def note_record(tables: Tables, epoch_no: int, record: GroupRecord) -> None:
    """The group study that a record tells of has it, and has ended; of several the last one counts."""
    tables.execute(
        "UPDATE groups SET epoch_no = ?, seq = ?, ended_boot_id = coalesce(ended_boot_id, ?),"
        " ended_ms = coalesce(ended_ms, ?) WHERE boot_id = ? AND opened_ms = ? AND screen = ?"
        " AND (coalesce(epoch_no, 0), coalesce(seq, 0)) < (?, ?)",
        [
            *(epoch_no, record.seq, record.boots[-1][0], record.ended.ms),
            *(record.boot, record.opened_ms, record.screen),
            *(epoch_no, record.seq),
        ],
    )


def forget_group_numbers(tables: Tables) -> None:
    """What was recorded was so, under numbers that mean nothing any more."""
    tables.execute("UPDATE groups SET epoch_no = ?, seq = 0 WHERE seq IS NOT NULL", [_NOWHERE])


def give_up_groups(tables: Tables) -> int:
    """What a copy says was not recorded yet the box has recorded itself since; of how many with people in
    them no record is here."""
    left = tables.execute(
        "SELECT count(*) FROM groups g WHERE seq IS NULL AND EXISTS"
        " (SELECT 1 FROM group_checks c WHERE c.group_id = g.group_id AND c.undone = 0)"
    ).fetchone()[0]
    tables.execute(
        "UPDATE groups SET epoch_no = ?, seq = 0, ended_boot_id = coalesce(ended_boot_id, heard_boot_id),"
        " ended_ms = coalesce(ended_ms, heard_ms) WHERE seq IS NULL",
        [_NOWHERE],
    )
    return int(left)
