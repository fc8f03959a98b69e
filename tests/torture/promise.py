"""What a box must still hold after a power cut, and how far it falls short of it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from agent.records.stored import record_of
from study.record import Record, StudyRecord
from tests.torture.box import TorturedBox

REPORT_EVERY_MS = 5_000
LOST_MS_MAX = 10_000


@dataclass(slots=True)
class Promise:
    """Everything a box had told to anybody outside when the power went."""

    acknowledged: dict[str, int] = field(default_factory=dict)
    """Watched milliseconds by play, of reports that were acknowledged."""
    begun: dict[str, int] = field(default_factory=dict)
    """The same of reports that had at least arrived."""
    sent: dict[str, str] = field(default_factory=dict)
    """The content's digest by "epoch seq", of records that the platform may have."""
    settled: set[str] = field(default_factory=set)
    epoch: str | None = None
    marks: int = 0

    def hear(self, text: str) -> None:
        """One mark of the recording."""
        self.marks += 1
        said = json.loads(text)
        self.acknowledged |= said.get("acknowledged", {})
        self.begun |= said.get("begun", {})
        self.sent |= said.get("sent", {})
        self.settled |= set(said.get("settled", ()))
        self.epoch = said.get("epoch", self.epoch)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What is not as promised; `lost_ms` within the bound is none."""

    lost_ms: int
    faults: tuple[str, ...]


def shortfall(box: TorturedBox, promise: Promise) -> Shortfall:
    """Compare a box that has started again with what was promised before the cut."""
    with box.database.reading() as tables:
        watched = dict(
            tables.execute(
                "SELECT play_id, coalesce(sum(end_ms - start_ms), 0) FROM plays LEFT JOIN intervals"
                " USING (play_id) GROUP BY play_id"
            ).fetchall()
        )
        rows = tables.execute(
            "SELECT epoch, seq, content, state FROM records JOIN epochs ON number = epoch_no"
        ).fetchall()
        [[check]] = tables.execute("PRAGMA quick_check(1)").fetchall()
        sessions = tables.execute("SELECT open, played_ms FROM sessions").fetchall()
        epochs = tables.execute("SELECT epoch, next_seq FROM epochs ORDER BY number").fetchall()
    records = [(epoch, record_of(content), state) for epoch, _, content, state in rows]
    digests = {f"{epoch} {seq}": hashlib.sha256(content).hexdigest() for epoch, seq, content, _ in rows}
    delivered = {f"{epoch} {record.seq}" for epoch, record, state in records if state == "delivered"}
    lost_ms, missing = _missing(watched, promise)
    faults = (
        *missing,
        *([f"quick_check: {check}"] if check != "ok" else []),
        *([f"{open_} sessions stay open"] if (open_ := sum(row[0] for row in sessions)) else []),
        *_doubled(records, sum(row[1] for row in sessions)),
        *_renumbered(digests, delivered, promise, epochs),
    )
    return Shortfall(lost_ms, faults)


def _missing(watched: dict[str, int], promise: Promise) -> tuple[int, list[str]]:
    faults, lost_ms = [], 0
    for play, acknowledged_ms in promise.acknowledged.items():
        if watched.get(play, 0) < acknowledged_ms:
            faults.append(f"{play}: {watched.get(play, 0)} of {acknowledged_ms} acknowledged ms")
    for play, ms in watched.items():
        if ms > promise.begun.get(play, 0):
            faults.append(f"{play}: {ms} ms, but only {promise.begun.get(play, 0)} were told")
    for play, begun_ms in promise.begun.items():
        # Until the next report, which never came, another five seconds may have been watched.
        lost_ms = max(lost_ms, begun_ms - watched.get(play, 0) + REPORT_EVERY_MS)
    if lost_ms > LOST_MS_MAX:
        faults.append(f"{lost_ms} ms are lost")
    return lost_ms, faults


def _doubled(records: Iterable[tuple[str, Record, str]], played_ms: int) -> list[str]:
    """Of each session one record stands, and together they say what the sessions say."""
    standing: dict[tuple[str, int], StudyRecord] = {}
    for epoch, record, _ in sorted(records, key=lambda entry: (entry[0], entry[1].seq)):
        if isinstance(record, StudyRecord):
            standing[epoch, record.replaces or record.seq] = record
    told_ms = sum(record.played_ms for record in standing.values())
    return [] if told_ms == played_ms else [f"records say {told_ms} ms, sessions {played_ms}"]


def _renumbered(
    digests: dict[str, str], delivered: set[str], promise: Promise, epochs: list[tuple[str, int]]
) -> list[str]:
    faults = [
        f"record {name} is gone or another" for name, d in promise.sent.items() if digests.get(name) != d
    ]
    if lost := promise.settled - delivered:
        faults.append(f"settled records wait again: {sorted(lost)[:3]}")
    if promise.epoch is not None and [epoch for epoch, _ in epochs] != [promise.epoch]:
        faults.append(f"another epoch: {epochs}")
    numbers = defaultdict(list)
    for name in digests:
        epoch, seq = name.split()
        numbers[epoch].append(int(seq))
    for epoch, next_seq in epochs:
        if sorted(numbers[epoch]) != list(range(1, next_seq)):
            faults.append(f"numbers of {epoch}: {sorted(numbers[epoch])[-3:]}, the next is {next_seq}")
    return faults
