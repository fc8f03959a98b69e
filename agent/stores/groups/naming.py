"""Naming: each attendee gets the pseudonym that records will say, as soon as it can be made."""

from sqlite_utils import Database as Tables

from study.group.record import Pseudonym

_NAMELESS = (
    "SELECT DISTINCT told.group_id, told.member_id FROM (SELECT group_id, member_id FROM group_checks UNION"
    " SELECT group_id, facilitator FROM groups WHERE facilitator IS NOT NULL) told"
    " JOIN groups g USING (group_id)"
    " LEFT JOIN group_pseudonyms n ON n.group_id = told.group_id AND n.member_id = told.member_id"
    " WHERE n.member_id IS NULL"
)
_UNNAMED = f"{_NAMELESS} AND (g.seq IS NULL OR g.correction IS NOT NULL)"
_IN_RECORDS = f"{_NAMELESS} AND g.seq > 0"


def unnamed(tables: Tables) -> list[tuple[int, int]]:
    """(group study, member of the roster) of those not recorded yet."""
    return [(row[0], row[1]) for row in tables.execute(_UNNAMED).fetchall()]


def unnamed_in_records(tables: Tables) -> list[tuple[int, int]]:
    """The same of those recorded without them: erased since, or a damaged row of the roster."""
    return [(row[0], row[1]) for row in tables.execute(_IN_RECORDS).fetchall()]


def name_attendee(tables: Tables, group_id: int, member_id: int, name: Pseudonym) -> None:
    """For good: also when the roster is lost, or the member erased from it."""
    tables.execute("INSERT OR IGNORE INTO group_pseudonyms VALUES (?, ?, ?)", [group_id, member_id, name])


def names_of(tables: Tables, group_id: int) -> dict[int, Pseudonym]:
    """By member."""
    rows = tables.execute("SELECT member_id, pseudonym FROM group_pseudonyms WHERE group_id = ?", [group_id])
    return {row[0]: row[1] for row in rows.fetchall()}
