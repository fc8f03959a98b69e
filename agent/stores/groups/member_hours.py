"""What a member has studied with others in a month."""

from sqlite_utils import Database as Tables

from agent.stores.dates.moments import utc_ms_of
from agent.stores.delivery.outbox import REFUSED, record_at
from study.anchor import to_utc_ms
from study.group.record import GroupRecord
from study.month import bounds
from study.units import Milliseconds

_RECORDED = (
    "SELECT g.epoch_no, g.seq, g.boot_id, g.opened_ms, n.pseudonym FROM groups g"
    " JOIN group_pseudonyms n USING (group_id) JOIN records r ON r.epoch_no = g.epoch_no AND r.seq = g.seq"
    " WHERE n.member_id = ? AND r.state <> ?"
)


def member_ms(tables: Tables, member_id: int, month: str) -> Milliseconds:
    """Their effective time in the recorded group studies of a month, "YYYY-MM".

    Without what the platform has refused, and what no clock can place. Raises ValueError for no month.
    """
    first, end = (to_utc_ms(moment) for moment in bounds(month))
    total_ms = 0
    for epoch_no, seq, boot, opened_ms, name in tables.execute(_RECORDED, [member_id, REFUSED]).fetchall():
        utc_ms = utc_ms_of(tables, boot, opened_ms)
        if utc_ms is None or not first <= utc_ms < end:
            continue
        record = record_at(tables, epoch_no, seq)
        if isinstance(record, GroupRecord):
            total_ms += sum(one.person_ms for one in record.attendees if one.pseudonym == name)
    return Milliseconds(total_ms)
