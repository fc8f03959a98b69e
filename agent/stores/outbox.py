"""The outbox: records wait here until the platform holds them or refuses them by name."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database as Tables

from agent.records.batch import START, grown, halved
from agent.records.stored import record_of
from agent.stores.box import Box, move_chain
from study.record import Record, Refusal, chain_start, chained, content
from study.units import Seq
from study.wire import RUN_BYTES_MAX, Run, encode


@dataclass(frozen=True, slots=True)
class Delivery:
    """How delivering goes; kept, so that a start after a cut goes on where it was."""

    run_first: int
    """0 when no run is under way."""
    run_last: int
    batch: int
    failures: int
    online: bool
    words: str
    """What stands in the way; empty for nothing."""
    high_water: int
    """Up to where the platform last said that it holds everything."""


def make_outbox(tables: Tables) -> None:
    """Give a database that is being made its delivery state."""
    tables.execute("INSERT INTO delivery VALUES (1, 0, 0, ?, 0, 0, '', 0)", [START])


def put_record(tables: Tables, record: Record, session_id: int | None) -> None:
    """A record begins to wait."""
    tables.execute(
        "INSERT INTO records (seq, session_id, content, state) VALUES (?, ?, ?, 'waiting')",
        [record.seq, session_id, content(record)],
    )


def read_delivery(tables: Tables) -> Delivery:
    """How delivering goes."""
    [row] = tables.query("SELECT * FROM delivery")
    del row["one"]
    return Delivery(**{**row, "online": bool(row["online"])})


def waiting(tables: Tables) -> int:
    """How many records wait."""
    return int(tables.execute("SELECT count(*) FROM records WHERE state = 'waiting'").fetchone()[0])


def refusals(tables: Tables) -> tuple[Refusal, ...]:
    """The records that the platform refused, with its reasons."""
    rows = tables.query("SELECT seq, code, words FROM records WHERE state = 'refused' ORDER BY seq")
    return tuple(Refusal(row["seq"], row["code"], row["words"]) for row in rows)


def take_run(tables: Tables, box: Box) -> tuple[Run, bytes] | None:
    """The run to send and its bytes; the same at every try until it is settled or halved.

    None when nothing waits or the box is not enrolled.
    """
    if box.station is None or box.chain is None:
        return None
    delivery = read_delivery(tables)
    first, last = delivery.run_first, delivery.run_last
    if not first:
        found = tables.execute("SELECT min(seq), max(seq) FROM records WHERE state = 'waiting'").fetchone()
        if found[0] is None:
            return None
        # What waits is always the end of the epoch: runs settle in order and whole.
        first, last = found[0], min(found[1], found[0] + delivery.batch - 1)
    run = Run(box.station.number, box.epoch, box.chain, _records(tables, first, last))
    data = encode(run)
    while len(data) > RUN_BYTES_MAX and len(run.records) > 1:
        kept = run.records[: halved(len(run.records))]
        run = Run(run.station, run.epoch, run.before, kept)
        data = encode(run)
    if (first, run.records[-1].seq) != (delivery.run_first, delivery.run_last):
        tables.execute("UPDATE delivery SET run_first = ?, run_last = ?", [first, run.records[-1].seq])
    return run, data


def settle(tables: Tables, run: Run, refused: Iterable[Refusal]) -> None:
    """The platform holds the run, but for the records it refused by name; those are kept and marked."""
    first, last = run.records[0].seq, run.records[-1].seq
    tables.execute(
        "UPDATE records SET state = 'delivered' WHERE seq BETWEEN ? AND ? AND state = 'waiting'",
        [first, last],
    )
    for refusal in refused:
        if first <= refusal.seq <= last:
            tables.execute(
                "UPDATE records SET state = 'refused', code = ?, words = ? WHERE seq = ?",
                [refusal.code, refusal.words, refusal.seq],
            )
    move_chain(tables, chained(run.before, run.records))
    batch = grown(read_delivery(tables).batch)
    tables.execute(
        "UPDATE delivery SET run_first = 0, run_last = 0, batch = ?, failures = 0, online = 1, words = ''",
        [batch],
    )


def follow_mark(tables: Tables, box: Box, high_water: int) -> int:
    """Note the platform's high-water mark; if it went back, all above it waits again. How many records.

    A platform restored from an older copy has lost them. A mark that only stands still says nothing:
    a record that the platform would not even set aside leaves a gap for good.
    """
    before = read_delivery(tables).high_water
    tables.execute("UPDATE delivery SET high_water = ?", [high_water])
    if high_water >= before or box.station is None:
        return 0
    cursor = tables.execute(
        "UPDATE records SET state = 'waiting', code = '', words = '' WHERE seq > ? AND state <> 'waiting'",
        [high_water],
    )
    start = chain_start(box.station.number, box.epoch)
    move_chain(tables, chained(start, _records(tables, 1, high_water)))
    return cursor.rowcount


def split_run(tables: Tables, run: Run) -> None:
    """Half of the run next time: the line was too slow for it, or one record in it is at fault."""
    tables.execute("UPDATE delivery SET run_first = 0, run_last = 0, batch = ?", [halved(len(run.records))])


def note_failure(tables: Tables, words: str, *, heard: bool) -> None:
    """One more failure in a row, and what a person should know of it."""
    tables.execute("UPDATE delivery SET failures = failures + 1, online = ?, words = ?", [int(heard), words])


def note_online(tables: Tables, online: bool) -> bool:
    """Whether the platform answered another call than a delivery. True, and written, where that is news."""
    cursor = tables.execute("UPDATE delivery SET online = ? WHERE online <> ?", [int(online), int(online)])
    return cursor.rowcount == 1


def _records(tables: Tables, first: int, last: int) -> tuple[Record, ...]:
    rows = tables.execute("SELECT content FROM records WHERE seq BETWEEN ? AND ? ORDER BY seq", [first, last])
    return tuple(record_of(row[0]) for row in rows)


def record_at(tables: Tables, seq: Seq) -> Record:
    """One record by its number."""
    [record] = _records(tables, seq, seq)
    return record
