"""Activation codes of the stations in the database: hashed, single use."""

from dataclasses import dataclass
from enum import StrEnum

from municipal.activation import HashedCode
from municipal.database import Connection, func, select
from municipal.stores.stations import hold_station
from municipal.tables import activation_codes


class CodeState(StrEnum):
    """What became of a code."""

    OPEN = "open"
    USED = "used"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """One code that a station was given, and the key that it enrolled."""

    station: str
    issue: int
    code: HashedCode
    state: CodeState
    key_id: str | None


def codes_of(connection: Connection, station: str) -> tuple[IssuedCode, ...]:
    """All codes a station was ever given, the newest first."""
    table = activation_codes
    query = table.select().where(table.c.station == station).order_by(table.c.issue.desc())
    return tuple(
        IssuedCode(station, row.issue, HashedCode(row.salt, row.hash), CodeState(row.state), row.key_id)
        for row in connection.execute(query)
    )


def issue_code(connection: Connection, station: str, code: HashedCode, issued_at_ms: int) -> None:
    """Give a station a code; one that was still open becomes void."""
    hold_station(connection, station)
    table = activation_codes
    still_open = (table.c.station == station) & (table.c.state == CodeState.OPEN)
    connection.execute(table.update().where(still_open).values(state=CodeState.VOID.value))
    last = select(func.coalesce(func.max(table.c.issue), 0)).where(table.c.station == station)
    connection.execute(
        table.insert().values(
            station=station,
            issue=connection.execute(last).scalar_one() + 1,
            salt=code.salt,
            hash=code.digest,
            issued_at_ms=issued_at_ms,
            state=CodeState.OPEN.value,
        )
    )


def use_code(connection: Connection, code: IssuedCode, key_id: str) -> None:
    """Mark a code as spent on a key."""
    table = activation_codes
    this = (table.c.station == code.station) & (table.c.issue == code.issue)
    connection.execute(table.update().where(this).values(state=CodeState.USED.value, key_id=key_id))
