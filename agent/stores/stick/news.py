"""News of the USB stick: what was done with the last one, as the operator is told on the screen."""

from dataclasses import dataclass
from enum import StrEnum

from sqlite_utils import Database as Tables


class StickState(StrEnum):
    """Whether the stick may be pulled out."""

    BUSY = "busy"
    """Being read or written: leave it in."""
    DONE = "done"
    TROUBLE = "trouble"
    """Nothing was lost, but what was wanted was not done; the words say why."""
    GONE = "gone"
    """It was pulled out; the words are still those of what was done."""


@dataclass(frozen=True, slots=True)
class StickNews:
    """The last stick, or the last export by hand."""

    state: StickState
    records: int
    """How many the last export carried."""
    words: str
    at_utc_ms: int | None
    """None while no trustworthy time was known."""


def last_stick(tables: Tables) -> StickNews | None:
    """The news; None where there never was a stick."""
    row = tables.execute("SELECT state, records, words, at_utc_ms FROM stick").fetchone()
    return None if row is None else StickNews(StickState(row[0]), *row[1:])


def note_stick(tables: Tables, news: StickNews) -> None:
    """This is the news now."""
    tables.execute(
        "INSERT OR REPLACE INTO stick (one, state, records, words, at_utc_ms) VALUES (1, ?, ?, ?, ?)",
        [news.state, news.records, news.words, news.at_utc_ms],
    )


def note_gone(tables: Tables) -> None:
    """No stick is there any more. One that went while it was worked on is told as such."""
    tables.execute("UPDATE stick SET state = 'gone' WHERE state <> 'gone'")
