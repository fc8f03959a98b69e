"""Recording: what is registered, amended or withdrawn becomes a record, once its people have pseudonyms."""

from typing import Any

from sqlite_utils import Database as Tables

from agent.stores.box import boot_ordinal
from agent.stores.delivery.epochs import current, take_seq
from agent.stores.delivery.outbox import put_record
from agent.stores.offline.numbers import note_offline
from study.group.record import Pseudonym
from study.offline.record import OfflineRecord
from study.record import CORRECTED
from study.units import BootId, Seq

_UNNAMED = (
    "SELECT DISTINCT told.offline_id, told.member_id FROM (SELECT offline_id, member_id FROM"
    " offline_attendees UNION SELECT offline_id, facilitator FROM offline WHERE facilitator IS NOT NULL) told"
    " JOIN offline o USING (offline_id) LEFT JOIN offline_pseudonyms n"
    " ON n.offline_id = told.offline_id AND n.member_id = told.member_id"
    " WHERE o.due = 1 AND n.member_id IS NULL"
)
AMENDED, WITHDRAWN = "站点: 更正线下学习登记", "站点: 撤回线下学习登记"


def unnamed_offline(tables: Tables) -> list[tuple[int, int]]:
    """(offline study, member of the roster) of those not recorded yet."""
    return [(row[0], row[1]) for row in tables.execute(_UNNAMED).fetchall()]


def name_offline(tables: Tables, offline_id: int, member_id: int, name: Pseudonym) -> None:
    """For good: also when the roster is lost, or the member erased from it."""
    tables.execute("INSERT OR IGNORE INTO offline_pseudonyms VALUES (?, ?, ?)", [offline_id, member_id, name])


def offline_to_record(tables: Tables) -> list[int]:
    rows = tables.execute("SELECT offline_id FROM offline WHERE due = 1 ORDER BY offline_id").fetchall()
    return [row[0] for row in rows]


def record_offline(tables: Tables, offline_id: int) -> bool:
    """Make its record, in the caller's one transaction; False where nobody of it is known any more."""
    [row] = tables.query("SELECT * FROM offline WHERE offline_id = ?", [offline_id])
    tables.execute("UPDATE offline SET due = 0 WHERE offline_id = ?", [offline_id])
    told = tables.execute(
        "SELECT DISTINCT pseudonym FROM offline_pseudonyms n JOIN offline_attendees a USING (offline_id,"
        " member_id) WHERE offline_id = ? ORDER BY n.member_id",
        [offline_id],
    ).fetchall()
    attendees = tuple(dict.fromkeys(name for (name,) in told))
    is_withdrawn = row["minutes"] == 0
    if not attendees and not is_withdrawn:
        return False
    record = _record_of(tables, row, attendees)
    put_record(tables, record, None)
    note_offline(tables, current(tables).number, record)
    return True


def _record_of(tables: Tables, row: dict[str, Any], attendees: tuple[Pseudonym, ...]) -> OfflineRecord:
    # Always the first: one in between may never arrive, and the first must not stand beside the last.
    first = row["first_seq"] if row["epoch_no"] == current(tables).number else None
    reason = "" if first is None else f"{CORRECTED} {AMENDED if row['minutes'] else WITHDRAWN}"
    return OfflineRecord(
        seq=take_seq(tables),
        boot=BootId(row["boot_id"]),
        boot_ordinal=boot_ordinal(tables, row["boot_id"]),
        opened_ms=row["registered_ms"],
        kind=row["kind"],
        title=row["title"],
        place=row["place"],
        day=row["day"],
        begins=row["begins"],
        minutes=row["minutes"],
        facilitator=_facilitator(tables, row),
        attendees=attendees,
        replaces=None if first is None else Seq(first),
        reason=reason,
    )


def _facilitator(tables: Tables, row: dict[str, Any]) -> Pseudonym:
    found = tables.execute(
        "SELECT pseudonym FROM offline_pseudonyms WHERE offline_id = ? AND member_id = ?",
        [row["offline_id"], row["facilitator"]],
    ).fetchone()
    return "" if found is None else str(found[0])
