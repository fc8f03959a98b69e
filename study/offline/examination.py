"""Whether a record of offline study holds, whatever else is known."""

from study.anchor import EARLIEST
from study.group.kind import KIND_MAX
from study.group.pseudonym import is_pseudonym
from study.month import local
from study.offline.record import MINUTES_MAX, PLACE_MAX, TITLE_MAX, OfflineRecord
from study.record import CORRECTED, Refusal
from study.units import LONGEST_MS


def check_offline(record: OfflineRecord) -> Refusal | None:
    """What is wrong with it; None for one that may wait for approval."""
    if not (_words_hold(record) and _people_hold(record) and _times_hold(record)):
        return Refusal(record.seq, "bad_facts", "线下学习登记中的内容互相矛盾或不合规定")
    if record.replaces is not None and not 0 < record.replaces < record.seq:
        return Refusal(record.seq, "bad_replacement", "记录要替换的不是更早的记录")
    return None


def _words_hold(record: OfflineRecord) -> bool:
    told = (record.kind, record.title, record.place)
    limits = (KIND_MAX, TITLE_MAX, PLACE_MAX)
    return all(0 < len(text) <= most for text, most in zip(told, limits, strict=True)) and not any(
        "\0" in text for text in (*told, record.boot, record.reason)
    )


def _people_hold(record: OfflineRecord) -> bool:
    names = record.attendees
    named = (*names, record.facilitator) if record.facilitator else names
    if record.is_withdrawn:
        return not named
    return bool(names) and len(set(names)) == len(names) and all(map(is_pseudonym, named))


def _times_hold(record: OfflineRecord) -> bool:
    if not (0 <= record.minutes <= MINUTES_MAX and record.opened_ms <= LONGEST_MS):
        return False
    if record.is_withdrawn and not record.reason.startswith(CORRECTED):
        return False
    try:
        began_at = record.began_at
    except ValueError:
        return False
    written = f"{began_at:%Y-%m-%d}", f"{began_at:%H:%M}"
    return began_at >= local(EARLIEST) and written == (record.day, record.begins)
