"""The backlog: what waits in the outbox, epoch by epoch, and what was last settled."""

from dataclasses import dataclass

from sqlite_utils import Database as Tables

from study.units import Epoch, Seq


@dataclass(frozen=True, slots=True)
class EpochBacklog:
    """What waits of one epoch."""

    epoch_no: int
    epoch: Epoch
    waiting: int
    exported: int
    """Of these, how many also lie on a stick."""
    first: Seq
    last: Seq
    oldest_utc_ms: int | None
    """When the oldest session in it was opened, as far as that is known."""


@dataclass(frozen=True, slots=True)
class RefusedRecord:
    """A record that the platform did not take."""

    epoch_no: int
    seq: Seq
    session_id: int | None
    code: str
    words: str


def backlog(tables: Tables) -> list[EpochBacklog]:
    """Epochs with waiting records, oldest first."""
    rows = tables.execute(
        "SELECT e.number, e.epoch, count(*), count(r.exported), min(r.seq), max(r.seq), min(s.opened_utc_ms)"
        " FROM records r JOIN epochs e ON e.number = r.epoch_no LEFT JOIN sessions s"
        " ON s.session_id = r.session_id WHERE r.state = 'waiting' GROUP BY e.number ORDER BY e.number"
    )
    return [EpochBacklog(*row) for row in rows.fetchall()]


def refused_records(tables: Tables) -> list[RefusedRecord]:
    """All that were refused, oldest first."""
    rows = tables.execute(
        "SELECT epoch_no, seq, session_id, code, words FROM records WHERE state = 'refused'"
        " ORDER BY epoch_no, seq"
    )
    return [RefusedRecord(*row) for row in rows.fetchall()]


def last_delivered_utc_ms(tables: Tables) -> int | None:
    """When the newest delivered record was; None for never, or while there was no trustworthy time."""
    # From the newest back: of a long life's records only those that still wait are passed.
    row = tables.execute(
        "SELECT settled_utc_ms FROM records WHERE state = 'delivered'"
        " ORDER BY epoch_no DESC, seq DESC LIMIT 1"
    ).fetchone()
    return None if row is None else row[0]
