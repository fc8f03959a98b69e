"""Searches: what was found by searching on this box, to be found again with one key."""

from sqlite_utils import Database as Tables

_KEPT = 100
_RECENT = 8
_HOT = 8
_HOT_TIMES = 2
"""What was looked for once is no more than recent."""
_WORDS_CHARS = 60


def words_to_keep(told: str) -> str:
    """As they are kept: without what no screen shows, and not longer than a search looks at."""
    shown = "".join(character if character.isprintable() else " " for character in told)
    return " ".join(shown.split())[:_WORDS_CHARS].strip()


def note_search(tables: Tables, words: str) -> None:
    """These words led to something; the oldest of more than 100 goes."""
    tables.execute(
        "INSERT INTO searches SELECT coalesce(max(last), 0) + 1, ?, 1 FROM searches WHERE true"
        " ON CONFLICT (words) DO UPDATE SET times = times + 1, last = excluded.last",
        [words],
    )
    tables.execute(
        "DELETE FROM searches WHERE words NOT IN (SELECT words FROM searches ORDER BY last DESC LIMIT ?)",
        [_KEPT],
    )


def forget_searches(tables: Tables, words: str | None) -> None:
    """These words, or all there are."""
    if words is None:
        tables.execute("DELETE FROM searches")
    else:
        tables.execute("DELETE FROM searches WHERE words = ?", [words])


def recent_searches(tables: Tables) -> list[str]:
    """The last one first."""
    rows = tables.execute("SELECT words FROM searches ORDER BY last DESC LIMIT ?", [_RECENT])
    return [row[0] for row in rows]


def hot_words(tables: Tables) -> list[str]:
    """What this station looks for again and again, the most frequent first: the platform tells none."""
    rows = tables.execute(
        "SELECT words FROM searches WHERE times >= ? ORDER BY times DESC, last DESC LIMIT ?",
        [_HOT_TIMES, _HOT],
    )
    return [row[0] for row in rows]
