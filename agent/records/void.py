"""Void records: what takes the number of a record that the platform refused with the whole request."""

from agent.records.stored import record_of
from study.record import Record, Refusal, StudyRecord
from study.rules import CURRENT, Kind, Terminal, Why
from study.units import BootId, ItemId, Milliseconds, MonotonicMs, Seq

MARK = "void "
"""A void record's reason begins with it, also in the canonical bytes."""
_WORDS_MAX = 200
_NOTHING = Milliseconds(0)


def void(refusal: Refusal, refused: Record) -> StudyRecord:
    """A record in which nothing was played, with the reason why.

    The platform takes it and counts nothing, so that its high-water mark and the chain go on over
    the number; without it the mark would stand before the gap for good. It keeps what `refused`
    replaces, so that a session that goes on still replaces its first record.
    """
    return StudyRecord(
        seq=refusal.seq,
        item_id=ItemId("void"),
        kind=Kind.VOD,
        terminal=Terminal.TV,
        screen="",
        boot=BootId(""),
        opened_ms=MonotonicMs(0),
        length_ms=_NOTHING,
        played_ms=_NOTHING,
        covered=(),
        overlap_ms=_NOTHING,
        rule=CURRENT,
        effective_ms=_NOTHING,
        why=Why.NOT_PLAYED,
        replaces=refused.replaces if isinstance(refused, StudyRecord) else None,
        reason=f"{MARK}{refusal.code[:_WORDS_MAX]} {refusal.words[:_WORDS_MAX]}",
    )


def refusal_in(record: Record) -> Refusal | None:
    """Why the record whose number this void one took was refused; None for any other record."""
    if not isinstance(record, StudyRecord) or not record.reason.startswith(MARK):
        return None
    code, _, words = record.reason.removeprefix(MARK).partition(" ")
    return Refusal(Seq(record.seq), code, words)


def is_void(content: bytes) -> bool:
    """Whether these are the bytes of a void record: the second log holds the refused one under its number."""
    try:
        return refusal_in(record_of(content)) is not None
    except (ValueError, TypeError, LookupError):
        return False
