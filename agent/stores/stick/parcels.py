"""Parcels in the database: the runs that go into one, and what a stick's parcel still has that waits here."""

from dataclasses import dataclass, replace

from sqlite_utils import Database as Tables

from agent.records.batch import loaded
from agent.records.stored import record_of
from study.parcel import Manifest, Part
from study.record import ChainHash, chained
from study.units import Epoch, Seq, StationNumber
from study.wire import RECORDS_MAX, Run


@dataclass(frozen=True, slots=True)
class Remainder:
    """What of one epoch still goes into a parcel: `first` to `last`, and the chain before `first`."""

    epoch_no: int
    epoch: Epoch
    first: Seq
    last: Seq
    chain: ChainHash

    @property
    def records(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class LoadedRun:
    """A run as it goes into a parcel, and what then remains of its epoch."""

    data: bytes
    records: int
    rest: Remainder | None


def waiting_remainders(tables: Tables) -> list[Remainder]:
    """Each epoch in which records wait, oldest first, from the first that waits to the last.

    What was settled in between goes along: the platform knows it, and the chain stays whole.
    """
    rows = tables.execute(
        "SELECT number, epoch, settled + 1, max(seq), chain FROM epochs JOIN records ON epoch_no = number"
        " WHERE state = 'waiting' AND chain IS NOT NULL GROUP BY number ORDER BY number"
    )
    return [Remainder(*row) for row in rows.fetchall()]


def next_run(tables: Tables, station: StationNumber, of: Remainder) -> LoadedRun | None:
    """The first run of a remainder. None when its records are gone: delivered and pruned meanwhile."""
    last = min(of.last, of.first + RECORDS_MAX - 1)
    rows = tables.execute(
        "SELECT content FROM records WHERE epoch_no = ? AND seq BETWEEN ? AND ? ORDER BY seq",
        [of.epoch_no, of.first, last],
    )
    records = tuple(record_of(row[0]) for row in rows)
    if len(records) != last - of.first + 1:
        return None
    run, data = loaded(Run(station, of.epoch, of.chain, records))
    after, chain = Seq(of.first + len(run.records)), chained(of.chain, run.records)
    rest = replace(of, first=after, chain=chain) if after <= of.last else None
    return LoadedRun(data, len(run.records), rest)


def mark_exported(tables: Tables, manifest: Manifest) -> int:
    """What waits is marked as being in this parcel, which is shown and means nothing more. How many."""
    marked = 0
    for part in manifest.parts:
        marked += tables.execute(
            "UPDATE records SET exported = ? WHERE state = 'waiting' AND seq BETWEEN ? AND ?"
            " AND epoch_no = (SELECT number FROM epochs WHERE epoch = ?)",
            [manifest.file_name, part.first, part.last, part.epoch],
        ).rowcount
    return marked


def is_superseded(tables: Tables, manifest: Manifest, carried: tuple[Part, ...]) -> bool:
    """Whether an own parcel on the stick can go: all in it is settled here, or is in `carried` as well.

    A parcel with records that this database does not know may be all that is left of them: it stays.
    """
    return all(_is_needless(tables, part, carried) for part in manifest.parts)


def _is_needless(tables: Tables, part: Part, carried: tuple[Part, ...]) -> bool:
    row = tables.execute("SELECT number, next_seq FROM epochs WHERE epoch = ?", [part.epoch]).fetchone()
    if row is None or part.last >= row[1]:
        return False
    with_it = [other for other in carried if other.epoch == part.epoch]
    first, last = (with_it[0].first, with_it[-1].last) if with_it else (0, 0)
    waits = tables.execute(
        "SELECT 1 FROM records WHERE epoch_no = ? AND seq BETWEEN ? AND ? AND state = 'waiting'"
        " AND NOT seq BETWEEN ? AND ? LIMIT 1",
        [row[0], part.first, part.last, first, last],
    )
    return waits.fetchone() is None
