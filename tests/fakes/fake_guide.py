"""Channels, programmes and reminders of the fake agent, in memory."""

from dataclasses import dataclass, field
from typing import Any

from study import guide_api
from study.guide_api import (
    GuideReply,
    GuideRow,
    ProgrammeEntry,
    ReminderEntry,
    RemindersReply,
    guide_begins_ms,
)
from study.units import HOUR_MS, MINUTE_MS

EVENING_MS = 1_795_345_200_000
"""2026-11-22, 19:00 in Shanghai."""

Shown = tuple[int, int, str]
"""From so many minutes after seven until so many."""


def programme(channel: int, shown: Shown) -> ProgrammeEntry:
    start_min, stop_min, title = shown
    starts_ms = EVENING_MS + start_min * MINUTE_MS
    return {
        "item_id": f"L{channel}@{starts_ms // 1000}",
        "title": title,
        "about": f"讲{title}，可打电话提问",
        "starts_utc_ms": starts_ms,
        "ends_utc_ms": EVENING_MS + stop_min * MINUTE_MS,
    }


def guide_row(number: int, name: str, *shown: Shown, group: str = "大兴区融媒体中心") -> GuideRow:
    """A channel and all of its programmes; without any it has no guide."""
    return {
        "channel_id": f"L{number}",
        "number": number,
        "title": name,
        "group": group,
        "has_guide": bool(shown),
        "programmes": [programme(number, each) for each in shown],
    }


@dataclass
class FakeGuide:
    """Change its fields at any time."""

    rows: list[GuideRow] = field(default_factory=list)
    """All channels by number, each with all of its programmes."""
    now_ms: int | None = EVENING_MS + 32 * MINUTE_MS
    reminded: list[str] = field(default_factory=list)
    due: set[str] = field(default_factory=set)
    """Ids of programmes."""
    asked: int = 0

    def window(self, asked: dict[str, str]) -> GuideReply:
        """As the agent answers: some channels, and the programmes of some hours."""
        self.asked += 1
        first, count = int(asked["first"]), int(asked["count"])
        if "number" in asked:
            first = sum(row["number"] < int(asked["number"]) for row in self.rows)
        from_ms = int(asked["from_utc_ms"]) if "from_utc_ms" in asked else self._begins_ms()
        to_ms = None if from_ms is None else int(asked.get("to_utc_ms", from_ms + 3 * HOUR_MS))
        return {
            "now_utc_ms": self.now_ms,
            "from_utc_ms": from_ms,
            "to_utc_ms": to_ms,
            "first": first,
            "total": len(self.rows),
            "rows": [_within(row, from_ms, to_ms) for row in self.rows[first : first + count]],
        }

    def reminders(self) -> RemindersReply:
        """Due as the test says."""
        found: list[ReminderEntry] = [
            {
                "item_id": each["item_id"],
                "channel_id": row["channel_id"],
                "number": row["number"],
                "channel": row["title"],
                "title": each["title"],
                "starts_utc_ms": each["starts_utc_ms"],
                "ends_utc_ms": each["ends_utc_ms"],
                "due": each["item_id"] in self.due,
            }
            for row in self.rows
            for each in row["programmes"]
            if each["item_id"] in self.reminded
        ]
        return {"now_utc_ms": self.now_ms, "reminders": found}

    def answer(self, path: str, asked: dict[str, str]) -> Any:
        """To a GET; None for what is not of the guide."""
        if path == guide_api.GUIDE:
            return self.window(asked)
        return self.reminders() if path == guide_api.REMINDERS else None

    def remind(self, item_id: str) -> RemindersReply:
        self.reminded.append(item_id)
        return self.reminders()

    def forget(self, item_id: str) -> RemindersReply:
        self.reminded = [each for each in self.reminded if each != item_id]
        return self.reminders()

    def _begins_ms(self) -> int | None:
        return None if self.now_ms is None else guide_begins_ms(self.now_ms)


def _within(row: GuideRow, from_ms: int | None, to_ms: int | None) -> GuideRow:
    if from_ms is None or to_ms is None:
        return row | {"programmes": []}
    seen = [each for each in row["programmes"] if each["starts_utc_ms"] < to_ms]
    return row | {"programmes": [each for each in seen if each["ends_utc_ms"] > from_ms]}
