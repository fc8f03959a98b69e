"""The outbox: records wait here until the platform holds them or refuses them by name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlite_utils import Database as Tables

from agent.records.batch import grown, halved, loaded
from agent.records.stored import record_of
from agent.records.void import MARK, refusal_in
from agent.stores.box import Box
from agent.stores.delivery.epochs import EpochState, move_chain, note_mark, note_pruned, read_epoch
from study.record import Record, Refusal, content, linked
from study.units import Seq
from study.wire import RECORDS_MAX, Run

WAITING, DELIVERED, REFUSED = "waiting", "delivered", "refused"


@dataclass(frozen=True, slots=True)
class Delivery:
    """How delivering goes; kept, so that a start after a cut goes on where it was."""

    run_epoch: int
    run_first: int
    """0 when no run is under way."""
    run_last: int
    batch: int
    failures: int
    online: bool
    words: str
    """What stands in the way; empty for nothing."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A run on its way, and its bytes; the same at every try until it is settled or halved."""

    epoch_no: int
    run: Run
    body: bytes

    @property
    def first(self) -> Seq:
        return self.run.records[0].seq

    @property
    def last(self) -> Seq:
        return self.run.records[-1].seq


def put_record(tables: Tables, record: Record, session_id: int | None) -> None:
    """A record of the current epoch begins to wait.

    Raises ValueError for one that could not be read back: it would stop everything behind it.
    """
    data = content(record)
    record_of(data)
    tables.execute(
        "INSERT INTO records (epoch_no, seq, session_id, content, state)"
        " VALUES ((SELECT max(number) FROM epochs), ?, ?, ?, 'waiting')",
        [record.seq, session_id, data],
    )


def put_in_place(tables: Tables, epoch_no: int, record: Record) -> None:
    """Another record waits under a number whose record no request can carry; that one is kept aside."""
    tables.execute(
        "INSERT OR IGNORE INTO voided SELECT epoch_no, seq, content FROM records"
        " WHERE epoch_no = ? AND seq = ? AND state = 'waiting'",
        [epoch_no, record.seq],
    )
    tables.execute(
        "UPDATE records SET content = ? WHERE epoch_no = ? AND seq = ? AND state = 'waiting'",
        [content(record), epoch_no, record.seq],
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
    rows = tables.query(
        "SELECT seq, code, words FROM records WHERE state = 'refused' AND code <> 'reissued'"
        " ORDER BY epoch_no, seq"
    )
    return tuple(Refusal(row["seq"], row["code"], row["words"]) for row in rows)


def take_run(tables: Tables, box: Box) -> Outgoing | None:
    """The next run to send, of the oldest epoch that waits.

    None when nothing waits or the box is not enrolled.
    """
    delivery = read_delivery(tables)
    epoch_no, first, last = delivery.run_epoch, delivery.run_first, delivery.run_last
    if not first:
        found = tables.execute(
            "SELECT epoch_no, seq FROM records WHERE state = 'waiting' ORDER BY epoch_no, seq LIMIT 1"
        ).fetchone()
        if found is None:
            return None
        epoch_no, first = found
        last = first + delivery.batch - 1
    outgoing = run_from(tables, box, epoch_no, first, last)
    if outgoing is not None and (first, outgoing.last) != (delivery.run_first, delivery.run_last):
        tables.execute(
            "UPDATE delivery SET run_epoch = ?, run_first = ?, run_last = ?", [epoch_no, first, outgoing.last]
        )
    return outgoing


def run_from(tables: Tables, box: Box, epoch_no: int, first: int, last: int) -> Outgoing | None:
    """The waiting records of an epoch from `first`, at most to `last`, as far as one run carries them.

    None when `first` does not wait, or the box is not enrolled.
    """
    state = read_epoch(tables, epoch_no)
    if box.station is None or state.chain is None:
        return None
    records = _consecutive(tables, epoch_no, first, min(last, first + RECORDS_MAX - 1))
    if not records:
        return None
    before = linked(state.chain, _contents(tables, epoch_no, state.settled + 1, first - 1))
    return Outgoing(epoch_no, *loaded(Run(box.station.number, state.epoch, before, records)))


def settle(
    tables: Tables, epoch_no: int, first: int, last: int, refused: Iterable[Refusal], utc_ms: int | None
) -> None:
    """The platform holds records `first` to `last`, but for those it refused by name; these are marked.

    So are those whose number a void record has taken, with why the first was refused: that came first,
    whatever is said of the void one. However often and by whichever road it is told, the first telling
    stands.
    """
    for refusal in (*_voided(tables, epoch_no, first, last), *refused):
        if first <= refusal.seq <= last:
            tables.execute(
                "UPDATE records SET state = 'refused', code = ?, words = ?, settled_utc_ms = ?"
                " WHERE epoch_no = ? AND seq = ? AND state = 'waiting'",
                [refusal.code, refusal.words, utc_ms, epoch_no, refusal.seq],
            )
    tables.execute(
        "UPDATE records SET state = 'delivered', settled_utc_ms = ?"
        " WHERE epoch_no = ? AND seq BETWEEN ? AND ? AND state = 'waiting'",
        [utc_ms, epoch_no, first, last],
    )
    _advance(tables, epoch_no)
    delivery = read_delivery(tables)
    if delivery.run_epoch == epoch_no and first <= delivery.run_last and delivery.run_first <= last:
        tables.execute("UPDATE delivery SET run_first = 0, run_last = 0")


def note_delivery(tables: Tables) -> None:
    """A run came through: the next may be larger."""
    tables.execute(
        "UPDATE delivery SET batch = ?, failures = 0, online = 1, words = ''",
        [grown(read_delivery(tables).batch)],
    )


def follow_mark(tables: Tables, epoch_no: int, high_water: int) -> int:
    """Note the platform's high-water mark; if records are missing above it, they wait again. How many.

    A platform restored from an older copy has lost them: its mark went back, or it rose and still
    lies below what is settled here (what went by USB may have been ahead of it). A mark that only
    stands still says nothing: a record that the platform would not even set aside leaves a gap for good.
    """
    state = read_epoch(tables, epoch_no)
    note_mark(tables, epoch_no, high_water)
    goes_on = high_water == state.high_water or high_water >= max(state.high_water, state.settled)
    if goes_on or state.chain is None:
        return 0
    cursor = tables.execute(
        "UPDATE records SET state = 'waiting', code = '', words = '', settled_utc_ms = NULL"
        # What was issued again under another number counts there.
        " WHERE epoch_no = ? AND seq > ? AND state <> 'waiting' AND code <> 'reissued'",
        [epoch_no, high_water],
    )
    _rewind(tables, state)
    _ask_of_earlier(tables, epoch_no)
    return cursor.rowcount


def _ask_of_earlier(tables: Tables, epoch_no: int) -> None:
    """The last record of each earlier epoch goes again: its reply tells whether that was lost as well."""
    rows = tables.execute(
        "SELECT epoch_no, max(seq) FROM records WHERE epoch_no < ? AND state = 'delivered' GROUP BY epoch_no",
        [epoch_no],
    )
    for number, last in rows.fetchall():
        tables.execute(
            "UPDATE records SET state = 'waiting', settled_utc_ms = NULL WHERE epoch_no = ? AND seq = ?",
            [number, last],
        )
        _rewind(tables, read_epoch(tables, number))


def prune(tables: Tables, epoch_no: int, last: int) -> None:
    """Let go of the delivered records up to `last`, where all are settled; the chain remembers them."""
    state = read_epoch(tables, epoch_no)
    last = min(last, state.settled)
    if last > state.pruned and state.pruned_chain is not None:
        chain = linked(state.pruned_chain, _contents(tables, epoch_no, state.pruned + 1, last))
        note_pruned(tables, epoch_no, last, chain)
        tables.execute(
            "DELETE FROM records WHERE epoch_no = ? AND seq <= ? AND state = 'delivered'", [epoch_no, last]
        )


def split_run(tables: Tables, outgoing: Outgoing) -> None:
    """Half of the run next time: the line was too slow for it, or one record in it is at fault."""
    size = len(outgoing.run.records)
    tables.execute("UPDATE delivery SET run_first = 0, run_last = 0, batch = ?", [halved(size)])


def note_failure(tables: Tables, words: str, *, heard: bool) -> None:
    """One more failure in a row, and what a person should know of it."""
    tables.execute("UPDATE delivery SET failures = failures + 1, online = ?, words = ?", [int(heard), words])


def note_online(tables: Tables, online: bool) -> bool:
    """Whether the platform answered another call than a delivery. True, and written, where that is news."""
    cursor = tables.execute("UPDATE delivery SET online = ? WHERE online <> ?", [int(online), int(online)])
    return cursor.rowcount == 1


def record_at(tables: Tables, epoch_no: int, seq: Seq) -> Record:
    """One record by its number."""
    [data] = _contents(tables, epoch_no, seq, seq)
    return record_of(data)


def record_as_made(tables: Tables, epoch_no: int, seq: Seq) -> Record:
    """One record by its number; where a void one has taken that, the one that was refused."""
    row = tables.execute(
        "SELECT content FROM voided WHERE epoch_no = ? AND seq = ?", [epoch_no, seq]
    ).fetchone()
    return record_at(tables, epoch_no, seq) if row is None else record_of(row[0])


def _advance(tables: Tables, epoch_no: int) -> None:
    """Move the chain over what is settled, up to the first record that waits."""
    state = read_epoch(tables, epoch_no)
    if state.chain is None:
        return
    row = tables.execute(
        "SELECT min(seq) FROM records WHERE epoch_no = ? AND state = 'waiting'", [epoch_no]
    ).fetchone()
    settled = (state.next_seq if row[0] is None else row[0]) - 1
    chain = linked(state.chain, _contents(tables, epoch_no, state.settled + 1, settled))
    move_chain(tables, epoch_no, settled, chain)


def _rewind(tables: Tables, state: EpochState) -> None:
    """Take the chain back to before the first record that waits, as far as the records are still here."""
    if state.pruned_chain is not None:
        move_chain(tables, state.number, state.pruned, state.pruned_chain)
        _advance(tables, state.number)


def _voided(tables: Tables, epoch_no: int, first: int, last: int) -> list[Refusal]:
    """Why the records were refused whose numbers waiting void ones have taken."""
    rows = tables.execute(
        "SELECT content FROM records WHERE epoch_no = ? AND seq BETWEEN ? AND ? AND state = 'waiting'"
        # Most are none, and need not be read for that.
        " AND instr(content, ?)",
        [epoch_no, first, last, MARK.encode()],
    )
    return [told for row in rows.fetchall() if (told := refusal_in(record_of(row[0]))) is not None]


def _consecutive(tables: Tables, epoch_no: int, first: int, last: int) -> tuple[Record, ...]:
    rows = tables.execute(
        "SELECT seq, content FROM records WHERE epoch_no = ? AND seq BETWEEN ? AND ? AND state = 'waiting'"
        " ORDER BY seq",
        [epoch_no, first, last],
    )
    return tuple(record_of(data) for expected, (seq, data) in enumerate(rows, first) if seq == expected)


def _contents(tables: Tables, epoch_no: int, first: int, last: int) -> Iterator[bytes]:
    rows = tables.execute(
        "SELECT content FROM records WHERE epoch_no = ? AND seq BETWEEN ? AND ? ORDER BY seq",
        [epoch_no, first, last],
    )
    return (row[0] for row in rows)
