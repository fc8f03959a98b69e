"""Examination: whether one record of a run may count, whatever else has arrived."""

from datetime import timedelta

from study.anchor import EARLIEST, to_utc_ms
from study.group.examination import check_group
from study.group.record import GroupRecord
from study.offline.examination import check_offline
from study.offline.record import OfflineRecord
from study.record import AnchorRecord, Record, Refusal, StudyRecord, check
from study.units import LONGEST_MS

AHEAD_MS = timedelta(days=1) // timedelta(milliseconds=1)
"""An anchor may be this far ahead of the platform's own clock."""


def examine(record: Record, now_ms: int) -> Refusal | None:
    """What is wrong with a record, whatever else has arrived; None for one that is taken."""
    if isinstance(record, AnchorRecord):
        return _anchor_trouble(record, now_ms)
    if isinstance(record, GroupRecord):
        return _group_trouble(record) or check_group(record)
    if isinstance(record, OfflineRecord):
        return check_offline(record) or _day_trouble(record, now_ms)
    if max(record.opened_ms, record.length_ms, record.played_ms) > LONGEST_MS:
        return Refusal(record.seq, "bad_facts", "记录中的时间大得不可能")
    return _text_trouble(record) or check(record)


def _anchor_trouble(record: AnchorRecord, now_ms: int) -> Refusal | None:
    anchor = record.anchor
    in_reach = 0 <= anchor.mono_ms <= LONGEST_MS and 0 <= anchor.error_ms <= LONGEST_MS
    if not in_reach or not to_utc_ms(EARLIEST) <= anchor.utc_ms <= now_ms + AHEAD_MS:
        return Refusal(record.seq, "bad_anchor", "记录的校时不可能成立（早于 2010 年或晚于平台时间）")
    return None


def _day_trouble(record: OfflineRecord, now_ms: int) -> Refusal | None:
    if to_utc_ms(record.ended_at) > now_ms + AHEAD_MS:
        return Refusal(record.seq, "not_held_yet", "登记的线下学习还没有举行，请检查日期")
    return None


def _group_trouble(record: GroupRecord) -> Refusal | None:
    stretches = (*record.discussions, *(stretch for part in record.parts for stretch in part.stretches))
    edges = (stay.left.ms for one in record.attendees for stay in one.stays)
    latest_ms = max(record.opened.ms, record.ended.ms, *edges, *(stretch.end_ms for stretch in stretches))
    if latest_ms > LONGEST_MS:
        return Refusal(record.seq, "bad_facts", "记录中的时间大得不可能")
    names = (record.screen, record.kind, record.theme, record.rule, record.reason)
    told = (*names, *(boot for boot, _ in record.boots), *(part.item_id for part in record.parts))
    if any("\0" in text for text in told):
        return Refusal(record.seq, "bad_facts", "记录中的文字含有不允许的字符")
    return None


def _text_trouble(record: StudyRecord) -> Refusal | None:
    # PostgreSQL keeps no NUL in a text.
    if any("\0" in text for text in (record.item_id, record.screen, record.boot, record.rule, record.reason)):
        return Refusal(record.seq, "bad_facts", "记录中的文字含有不允许的字符")
    return None
