"""Rows: one row of a question, its values by their columns' names."""

from typing import Any

from sqlite_utils import Database as Tables


def one_row(tables: Tables, sql: str, values: list[Any]) -> dict[str, Any] | None:
    """The first row; None where there is none."""
    # Not `query()`: it puts a savepoint round every statement, in a transaction that is one already.
    cursor = tables.execute(sql, values)
    row = cursor.fetchone()
    return None if row is None else dict(zip((column[0] for column in cursor.description), row, strict=True))
