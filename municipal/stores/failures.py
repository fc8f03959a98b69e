"""Failed enrolments in the database: what the rate limit counts."""

from municipal.database import Connection, func, select
from municipal.tables import failed_enrolments


def note_failure(connection: Connection, account: str, address: str, failed_at_ms: int) -> None:
    """Remember one wrong account or code."""
    values = {"account": account, "address": address, "failed_at_ms": failed_at_ms}
    connection.execute(failed_enrolments.insert().values(**values))


def failures_since(connection: Connection, account: str, address: str, since_ms: int) -> tuple[int, int]:
    """Failures after `since_ms` on one account and from one address."""
    table = failed_enrolments
    count = select(func.count()).select_from(table).where(table.c.failed_at_ms > since_ms)
    on_account = connection.execute(count.where(table.c.account == account)).scalar_one()
    from_address = connection.execute(count.where(table.c.address == address)).scalar_one()
    return on_account, from_address


def forget_failures(connection: Connection, before_ms: int) -> None:
    """Drop what no window looks at any more."""
    connection.execute(failed_enrolments.delete().where(failed_enrolments.c.failed_at_ms < before_ms))
