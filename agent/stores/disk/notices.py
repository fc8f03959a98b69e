"""Notices: what happened to the box's data, shown to the operator for a while."""

from sqlite_utils import Database as Tables

_DAYS = 7


def put_notice(tables: Tables, words: str) -> None:
    """Show these words with the status from now on."""
    tables.execute("INSERT INTO notices (words, days_left) VALUES (?, ?)", [words, _DAYS])


def notices(tables: Tables) -> list[str]:
    """What is shown now, oldest first."""
    return [row[0] for row in tables.execute("SELECT words FROM notices ORDER BY notice_id")]


def let_a_day_pass(tables: Tables) -> None:
    """Counted in daily turns, because the box may have no date."""
    tables.execute("UPDATE notices SET days_left = days_left - 1")
    tables.execute("DELETE FROM notices WHERE days_left <= 0")
