"""A reminder is shown when the agent says that it is due, once, and says what to do."""

from study.guide_api import ReminderEntry, RemindersReply
from study.units import MINUTE_MS
from tests.tvclient.state.guide_rows import SEVEN_MS
from tvclient.state.reminder_state import DueReminder, due_reminder


def entry(start_min: int, *, due: bool, number: int | None = 2) -> ReminderEntry:
    starts_ms = SEVEN_MS + start_min * MINUTE_MS
    return {
        "item_id": f"L2@{starts_ms // 1000}",
        "channel_id": "L2",
        "number": number,
        "channel": "农业科技",
        "title": "大棚甜瓜答疑",
        "starts_utc_ms": starts_ms,
        "ends_utc_ms": starts_ms + 45 * MINUTE_MS,
        "due": due,
    }


def at(now_ms: int | None, *entries: ReminderEntry) -> RemindersReply:
    return {"now_utc_ms": now_ms, "reminders": list(entries)}


def shown(found: DueReminder | None) -> str:
    assert found is not None
    return found.words


def test_shortly_before_it_says_in_how_many_minutes() -> None:
    found = due_reminder(at(SEVEN_MS, entry(2, due=True)), ())

    assert found is not None
    assert (found.title, found.words) == ("大棚甜瓜答疑", "2 分钟后在“2 农业科技”开始，现在去看吗？")
    assert (found.channel_id, found.item_id) == ("L2", f"L2@{SEVEN_MS // 1000 + 120}")
    assert shown(due_reminder(at(SEVEN_MS + 1_000, entry(1, due=True)), ())).startswith("1 分钟后")


def test_after_the_beginning_it_says_since_when() -> None:
    assert (
        shown(due_reminder(at(SEVEN_MS, entry(-10, due=True)), ()))
        == "18:50 已在“2 农业科技”开始，现在去看吗？"
    )


def test_what_is_not_due_or_was_put_off_is_not_shown() -> None:
    later, now = entry(90, due=False), entry(1, due=True)

    assert due_reminder(at(SEVEN_MS, later), ()) is None
    assert due_reminder(at(SEVEN_MS, now, later), {now["item_id"]}) is None
    assert due_reminder(at(None, later), ()) is None
    assert due_reminder(at(SEVEN_MS), ()) is None


def test_a_channel_that_is_gone_cannot_be_opened() -> None:
    found = due_reminder(at(SEVEN_MS, entry(1, due=True, number=None)), ())

    assert found is not None
    assert found.channel_id is None
    assert "不能收看" in found.words
