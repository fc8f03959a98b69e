"""Study-hour records: the facts of one session, the rule and its result, ready to travel."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from study.anchor import Anchor
from study.article import article_of
from study.coverage import Stretch, covered_ms
from study.group.form import fields_of
from study.group.record import GroupRecord
from study.offline.form import fields_of as offline_fields
from study.offline.record import OfflineRecord
from study.rules import RULES, Kind, Terminal, Why, judge
from study.units import BootId, Epoch, ItemId, Milliseconds, MonotonicMs, Seq, StationNumber

ChainHash = bytes
"""SHA-256 over the hash before it and a record's content; 32 bytes."""


@dataclass(frozen=True, slots=True)
class StudyRecord:
    """One closed viewing session. Immutable; the id is (station, epoch, seq)."""

    seq: Seq
    item_id: ItemId
    kind: Kind
    terminal: Terminal
    screen: str
    """Which of the station's terminals, "tv-1"."""
    boot: BootId
    opened_ms: MonotonicMs
    length_ms: Milliseconds
    """The item's length as the box knew it; 0 for unknown and for live."""
    played_ms: Milliseconds
    covered: tuple[Stretch, ...]
    overlap_ms: Milliseconds
    """Of `played_ms`: while another television of the station played too."""
    rule: str
    effective_ms: Milliseconds
    why: Why
    replaces: Seq | None = None
    """The earlier record of the same epoch that this one takes the place of."""
    reason: str = ""
    """Why it replaces: "continued", "joined", or "corrected" with who did it and why."""
    boot_ordinal: int = 0
    """The how-manieth boot of the box it was; 0 where the box did not see that boot begin."""

    @property
    def counted(self) -> bool:
        return self.why in (Why.COUNTED, Why.CAPPED)


@dataclass(frozen=True, slots=True)
class AnchorRecord:
    """An anchor on its way to the platform, so that it can place the sessions of that boot."""

    seq: Seq
    anchor: Anchor
    boot_ordinal: int = 0


_REASON_PLACE = 16
"""In a study record's canonical form."""

_LARGEST = 2**53
"""Whole numbers up to here survive every JSON reader and fit a database's integer."""

Record = StudyRecord | AnchorRecord | GroupRecord | OfflineRecord

CORRECTED = "corrected"
"""How the reason of a correction begins."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One record that the platform sets aside, by name, in words an operator understands."""

    seq: Seq
    code: str
    words: str


def content(record: Record) -> bytes:
    """The canonical bytes of a record: what "same content" means and what the chain runs over."""
    if isinstance(record, GroupRecord):
        return _written(["group", *fields_of(record)])
    if isinstance(record, OfflineRecord):
        return _written(["offline", *offline_fields(record)])
    if isinstance(record, AnchorRecord):
        a = record.anchor
        fields: list[object] = ["anchor", record.seq, a.boot, a.mono_ms, a.utc_ms, a.error_ms, a.source]
    else:
        r = record
        facts = [r.length_ms, r.played_ms, r.covered, r.overlap_ms]
        result = [r.rule, r.effective_ms, r.why, r.replaces, r.reason]
        fields = [
            "study",
            r.seq,
            r.item_id,
            r.kind,
            r.terminal,
            r.screen,
            r.boot,
            r.opened_ms,
            *facts,
            *result,
        ]
    if record.boot_ordinal:
        fields.append(record.boot_ordinal)
    return _written(fields)


def _written(fields: list[object]) -> bytes:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def reason_in(data: bytes) -> str:
    """The reason in the canonical bytes of a study record."""
    return str(json.loads(data)[_REASON_PLACE])


def correction_in(reason: str) -> str:
    """Who corrected and why, as the record says it; empty where its reason is another."""
    return reason.removeprefix(f"{CORRECTED} ") if reason.startswith(f"{CORRECTED} ") else ""


def chain_start(station: StationNumber, epoch: Epoch) -> ChainHash:
    """The hash before an epoch's first record."""
    return sha256(f"zhanxue {station} {epoch}".encode()).digest()


def chained(before: ChainHash, records: Iterable[Record]) -> ChainHash:
    """The hash after `records`, so that a gap or an edit shows."""
    return linked(before, map(content, records))


def linked(before: ChainHash, contents: Iterable[bytes]) -> ChainHash:
    """`chained`, for records whose contents are at hand."""
    for body in contents:
        before = sha256(before + body).digest()
    return before


def check(record: StudyRecord) -> Refusal | None:
    """What is wrong with a record's facts or result; None when the rule gives the same result again."""
    if record.rule not in RULES:
        return Refusal(record.seq, "unknown_rule", f"平台不认识规则“{record.rule}”，请升级平台")
    if not _facts_hold(record) or (record.kind is Kind.ARTICLE and article_of(record.item_id) is None):
        return Refusal(record.seq, "bad_facts", "记录中的事实互相矛盾")
    if record.replaces is not None and not 0 < record.replaces < record.seq:
        return Refusal(record.seq, "bad_replacement", "记录要替换的不是更早的记录")
    verdict = judge(record.rule, record.terminal, record.kind, record.played_ms, record.length_ms)
    if (verdict.effective_ms, verdict.why) != (record.effective_ms, record.why):
        return Refusal(record.seq, "other_result", f"按规则 {record.rule} 重算的结果与记录不同")
    return None


def _facts_hold(record: StudyRecord) -> bool:
    times = (record.opened_ms, record.length_ms, record.played_ms, record.overlap_ms, record.effective_ms)
    amounts = (*times, record.boot_ordinal)
    stretches = record.covered
    in_order = all(before[1] < after[0] for before, after in pairwise(stretches))
    forwards = all(0 <= start < end for start, end in stretches)
    # At most twice the played time can be seen, at the highest rate; the rounding of each stretch is free.
    not_too_much = covered_ms(stretches) <= 2 * record.played_ms + 1000 * (len(stretches) + 1)
    within = record.length_ms == 0 or not stretches or stretches[-1][1] <= record.length_ms
    return (
        min(amounts) >= 0
        and max(amounts) < _LARGEST
        and record.overlap_ms <= record.played_ms
        and in_order
        and forwards
        and within
        and not_too_much
    )
