"""Stored records: a record read back from its canonical bytes."""

import json

from study.anchor import Anchor, AnchorSource
from study.group.form import of_fields
from study.offline.form import of_fields as offline_of
from study.record import AnchorRecord, Record, StudyRecord
from study.rules import Kind, Terminal, Why


def record_of(content: bytes) -> Record:
    """What `study.record.content` made bytes of. Raises ValueError for anything else."""
    form, *fields = json.loads(content)
    if form == "anchor":
        seq, boot, mono_ms, utc_ms, error_ms, source, *ordinal = fields
        anchor = Anchor(boot, mono_ms, utc_ms, error_ms, AnchorSource(source))
        return AnchorRecord(seq, anchor, *ordinal)
    if form == "group":
        return of_fields(fields)
    if form == "offline":
        return offline_of(fields)
    seq, item, kind, terminal, screen, boot, opened_ms, *rest = fields
    length_ms, played_ms, covered, overlap_ms, rule, effective_ms, why, replaces, reason, *ordinal = rest
    return StudyRecord(
        seq=seq,
        item_id=item,
        kind=Kind(kind),
        terminal=Terminal(terminal),
        screen=screen,
        boot=boot,
        opened_ms=opened_ms,
        length_ms=length_ms,
        played_ms=played_ms,
        covered=tuple((start, end) for start, end in covered),
        overlap_ms=overlap_ms,
        rule=rule,
        effective_ms=effective_ms,
        why=Why(why),
        replaces=replaces,
        reason=reason,
        boot_ordinal=ordinal[0] if ordinal else 0,
    )
