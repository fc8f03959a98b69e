"""Whether a group study says of its viewing sessions what their own records say."""

from collections.abc import Mapping, Sequence

from study.group.record import GroupRecord
from study.record import Record, Refusal, StudyRecord

Told = tuple[str, str, int]
"""Item, kind and effective ms of a session."""


def named_sessions(run: Sequence[Record]) -> set[int]:
    """The numbers of the sessions that the group studies of a run name."""
    return {part.session for record in run if isinstance(record, GroupRecord) for part in record.parts}


def told_by(record: Record) -> dict[int, Told]:
    """What a session's own record says, by its number; nothing for any other record."""
    if not isinstance(record, StudyRecord):
        return {}
    return {record.seq: (record.item_id, record.kind.value, record.effective_ms)}


def session_trouble(record: Record, known: Mapping[int, Told]) -> Refusal | None:
    """A session that nobody has seen is no reason to refuse: it may come by another road."""
    if not isinstance(record, GroupRecord):
        return None
    for part in record.parts:
        told = known.get(part.session)
        if told is not None and told != (part.item_id, part.kind.value, part.session_ms):
            return Refusal(record.seq, "other_session", "集体学习记录与它的播放记录不一致")
    return None
