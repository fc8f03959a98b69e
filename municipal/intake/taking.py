"""Intake: one signed run of records goes into the database, once, however often it comes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from municipal.database import Database
from municipal.errors import RequestError
from municipal.intake.examination import examine
from municipal.intake.group_sessions import Told as SessionTold
from municipal.intake.group_sessions import named_sessions, session_trouble, told_by
from municipal.stores.alarms import Alarm, raise_alarms
from municipal.stores.box_health import Told, note_told
from municipal.stores.keys import BoxKey
from municipal.stores.marks import mark_of, raise_mark
from municipal.stores.quarantine import set_aside
from municipal.stores.records import Arrival, add_records, arrivals_of, held, sessions_told
from municipal.stores.stations import hold_station
from study.anchor import to_utc_ms
from study.record import Refusal
from study.wire import Run, WireError, decode

_EPOCH = re.compile(r"[0-9a-f]{16}")
OTHER_CONTENT = "other_content"
CHAIN_BROKEN = "chain_broken"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a run, for the box."""

    high_water: int
    refusals: tuple[Refusal, ...]
    new: int
    repeated: int
    alarms: int
    """Newly raised."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """A run's records by what is to be done with them."""

    new: list[Arrival]
    repeated: int
    refused: list[tuple[Arrival, Refusal]]


def run_of(body: bytes, key: BoxKey) -> Run:
    """The run in a signed body. Raises RequestError for bytes that are no run of the key's station."""
    try:
        run = decode(body)
    except WireError as error:
        raise RequestError(400, "not_a_run", "上传的内容不是学时记录，平台没有接收。") from error
    if run.station != key.station:
        raise RequestError(400, "other_station", "记录属于另一个站点，平台没有接收。")
    if not _EPOCH.fullmatch(run.epoch):
        raise RequestError(400, "not_a_run", "上传的内容不是学时记录，平台没有接收。")
    return run


def take_in(database: Database, run: Run, told: Told | None, now: datetime) -> Receipt:
    """Keep what is new, set aside what is wrong, raise the mark; all in one transaction.

    When this returns, everything in the receipt is on the disk. Raises StorageError with nothing kept.
    """
    now_ms = to_utc_ms(now)
    arrivals = arrivals_of(run)
    with database.writing() as connection:
        hold_station(connection, run.station)
        known = held(connection, run.station, run.epoch, run.records[0].seq, run.records[-1].seq)
        sessions = sessions_told(connection, run.station, run.epoch, named_sessions(run.records))
        found = _sorted(arrivals, known, sessions, now_ms)
        set_aside(connection, run.station, run.epoch, found.refused, now_ms)
        add_records(connection, run.station, run.epoch, found.new, now_ms)
        before = mark_of(connection, run.station, run.epoch)
        mark, breaks = raise_mark(connection, before, found.repeated)
        alarms = [_alarm(run, r.seq, r.code, r.words) for _, r in found.refused if r.code == OTHER_CONTENT]
        alarms += [
            _alarm(run, b.seq, CHAIN_BROKEN, "记录链在这一条之前断开，有记录缺失或被改动") for b in breaks
        ]
        raised = raise_alarms(connection, alarms, now_ms)
        note_told(connection, run.station, told or Told(), now_ms)
    refusals = tuple(refusal for _, refusal in found.refused)
    return Receipt(mark.seq, refusals, len(found.new), found.repeated, raised)


def _sorted(
    arrivals: tuple[Arrival, ...], known: dict[int, bytes], sessions: Mapping[int, SessionTold], now_ms: int
) -> Sorted:
    found = Sorted([], sum(known.get(a.record.seq) == a.content_sha256 for a in arrivals), [])
    for arrival in arrivals:
        seq = arrival.record.seq
        if known.get(seq) == arrival.content_sha256:
            continue
        refusal = examine(arrival.record, now_ms) or session_trouble(arrival.record, sessions)
        if seq in known:
            refusal = Refusal(seq, OTHER_CONTENT, "平台已有同一编号、内容不同的记录，设备可能被复制")
        if refusal is None:
            found.new.append(arrival)
            sessions = {**told_by(arrival.record), **sessions}  # what is held already was there first
        else:
            found.refused.append((arrival, refusal))
    return found


def _alarm(run: Run, seq: int, code: str, words: str) -> Alarm:
    return Alarm(run.station, run.epoch, seq, code, words)
