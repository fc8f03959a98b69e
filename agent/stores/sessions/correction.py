"""Corrections: an operator strikes a session off or lowers its time, by one more record."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlite_utils import Database as Tables

from agent.errors import CorrectionError
from agent.stores.delivery.epochs import current, take_seq
from agent.stores.delivery.outbox import put_record, record_at
from study.coverage import Stretch, covered_ms
from study.record import CORRECTED, StudyRecord
from study.rules import judge
from study.units import Milliseconds

WHO_MAX, WHY_MAX = 50, 200


def correct(tables: Tables, session_id: int, played_ms: int | None, who: str, why: str) -> StudyRecord:
    """Lower the time studied to `played_ms`; None or 0 strikes the session off. The record that says so.

    What that counts for the rule says again. The session does not go on afterwards: what is watched
    later is another one. Raises CorrectionError with the reason why not.
    """
    who, why = " ".join(who.split()), " ".join(why.split())
    if not 0 < len(who) <= WHO_MAX or not 0 < len(why) <= WHY_MAX:
        raise CorrectionError(f"请写明更正人（不超过 {WHO_MAX} 字）和理由（不超过 {WHY_MAX} 字）")
    row = next(iter(tables.query("SELECT * FROM sessions WHERE session_id = ?", [session_id])), None)
    if row is None:
        raise CorrectionError(f"没有第 {session_id} 次学习；可用 zhanxue-agent sessions 查看")
    record = lowered(_standing(tables, row), Milliseconds(played_ms or 0))
    record = replace(record, seq=take_seq(tables), reason=f"{CORRECTED} {who}: {why}")
    put_record(tables, record, session_id)
    tables.execute(
        "UPDATE sessions SET seq = ?, played_ms = ?, covered_ms = ?, effective_ms = ?, why = ?,"
        " correction = ? WHERE session_id = ?",
        [
            record.seq,
            record.played_ms,
            covered_ms(record.covered),
            record.effective_ms,
            record.why,
            f"{who}：{why}",
            session_id,
        ],
    )
    return record


def _standing(tables: Tables, row: dict[str, Any]) -> StudyRecord:
    if row["open"] or row["seq"] is None:
        raise CorrectionError("这次学习还没有结束，请等它结束后再更正")
    if row["epoch_no"] != current(tables).number:
        raise CorrectionError("这次学习记在本机以前的数据库里，不能在本机更正；请联系市平台处理")
    place = [row["epoch_no"], row["seq"]]
    if tables.execute("SELECT 1 FROM records WHERE epoch_no = ? AND seq = ?", place).fetchone() is None:
        raise CorrectionError("这次学习的记录送达已久，本机不再保留；请联系市平台更正")
    found = record_at(tables, row["epoch_no"], row["seq"])
    assert isinstance(found, StudyRecord)  # noqa: S101 - a session's record is one
    return found


def lowered(record: StudyRecord, played_ms: Milliseconds) -> StudyRecord:
    """The same session with less time studied; number and reason are the caller's. Raises CorrectionError."""
    if not 0 <= played_ms < record.played_ms:
        raise CorrectionError("更正只能减少学习时间，不能增加，也不能不变")
    verdict = judge(record.rule, record.terminal, record.kind, played_ms, record.length_ms)
    return replace(
        record,
        played_ms=played_ms,
        covered=_first(record.covered, played_ms),
        overlap_ms=min(record.overlap_ms, played_ms),
        effective_ms=verdict.effective_ms,
        why=verdict.why,
        replaces=record.replaces or record.seq,
    )


def _first(stretches: Sequence[Stretch], most_ms: int) -> tuple[Stretch, ...]:
    """The first `most_ms` of what was covered: no more is vouched for than was studied."""
    kept: list[Stretch] = []
    for start, end in stretches:
        kept_end = min(end, start + most_ms - covered_ms(kept))
        if start < kept_end:
            kept.append((start, kept_end))
    return tuple(kept)
