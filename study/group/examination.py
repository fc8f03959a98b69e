"""Whether a group-study record holds: its facts agree with one another, and its result with them."""

from collections.abc import Sequence
from itertools import pairwise

from study.group.attendance import Stay, present_ms
from study.group.hours import all_effective
from study.group.kind import KIND_MAX, THEME_MAX
from study.group.moment import BootStretch, joined, total_ms
from study.group.pseudonym import is_pseudonym
from study.group.record import GroupRecord
from study.record import Refusal
from study.rules import RULES
from study.units import LONGEST_MS

_COMPARED_MAX = 2_000_000
"""Stays by stretches; an evening has some thousands."""


def check_group(record: GroupRecord) -> Refusal | None:
    """What is wrong with it; None when the same result comes out again."""
    if record.rule not in RULES:
        return Refusal(record.seq, "unknown_rule", f"平台不认识规则“{record.rule}”，请升级平台")
    if not (_times_hold(record) and _words_hold(record) and _people_hold(record)):
        return Refusal(record.seq, "bad_facts", "集体学习记录中的事实互相矛盾")
    if record.replaces is not None and not 0 < record.replaces < record.seq:
        return Refusal(record.seq, "bad_replacement", "记录要替换的不是更早的记录")
    effective = all_effective(record.parts)
    if len(effective) * sum(len(one.stays) for one in record.attendees) > _COMPARED_MAX:
        return Refusal(record.seq, "bad_facts", "集体学习记录中的进出和播放次数多得不可能")
    people = ((one, present_ms(one.stays, effective)) for one in record.attendees)
    if total_ms(effective) != record.effective_ms or any(ms != one.person_ms for one, ms in people):
        return Refusal(record.seq, "other_result", f"按规则 {record.rule} 重算的结果与记录不同")
    return None


def _times_hold(record: GroupRecord) -> bool:
    """Everything lies between the opening and the end, in order, and no session comes after it."""
    stretches = [s for part in record.parts for s in part.stretches]
    own = [part.stretches for part in record.parts]
    return (
        record.opened.boot == 0
        and record.opened <= record.ended
        and record.ended.boot == len(record.boots) - 1
        and len({boot for boot, _ in record.boots}) == len(record.boots)
        and all(joined(held) == held for held in (*own, record.discussions))
        and all(_is_within(record, s) for s in (*stretches, *record.discussions))
        and all(part.session < record.seq for part in record.parts)
    )


def _is_within(record: GroupRecord, stretch: BootStretch) -> bool:
    starts_ms = record.opened.ms if stretch.boot == 0 else 0
    ends_ms = record.ended.ms if stretch.boot == record.ended.boot else LONGEST_MS
    return stretch.boot <= record.ended.boot and starts_ms <= stretch.start_ms and stretch.end_ms <= ends_ms


def _words_hold(record: GroupRecord) -> bool:
    names = [one.pseudonym for one in record.attendees]
    named = (*names, record.facilitator) if record.facilitator else names
    return (
        0 < len(record.kind) <= KIND_MAX
        and len(record.theme) <= THEME_MAX
        and len(set(names)) == len(names)
        and all(map(is_pseudonym, named))
    )


def _people_hold(record: GroupRecord) -> bool:
    return all(_stays_hold(record, one.stays) for one in record.attendees)


def _stays_hold(record: GroupRecord, stays: Sequence[Stay]) -> bool:
    edges = [edge for stay in stays for edge in stay]
    forwards = all(stay.entered < stay.left for stay in stays)
    in_order = all(before <= after for before, after in pairwise((record.opened, *edges, record.ended)))
    return bool(stays) and forwards and in_order
