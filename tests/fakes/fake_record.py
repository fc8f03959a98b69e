"""A month of a station as the agent tells it."""

from collections.abc import Iterable

from study.local_api import RecordReply, SessionEntry
from study.rules import Why


def month_record(titles: Iterable[str]) -> RecordReply:
    """November 2026 up to the 21st, with one session of each of these courses, the last first."""
    days = [
        {"day": f"2026-11-{n:02}", "effective_ms": (n <= 21) * (n * 37 % 5) * 1_800_000} for n in range(1, 31)
    ]
    ranks = [
        {"rank": n, "station": f"黄村镇第{n}站", "effective_ms": (40 - n) * 3_600_000, "own": n == 3}
        for n in range(1, 9)
    ]
    return {
        "month": "2026-11",
        "effective_ms": 95_400_000,
        "unplaced_ms": 7_200_000,
        "days": days,  # type: ignore[typeddict-item]
        "rank": {"district": "大兴区", "stations": 526, "rows": ranks},  # type: ignore[typeddict-item]
        "sessions": [_session(number, title) for number, title in enumerate(titles)],
    }


def _session(number: int, title: str) -> SessionEntry:
    counts = number % 3 != 1
    return {
        "session_id": f"s{number}",
        "opened_at": f"2026-11-{21 - number:02}T10:40:00+00:00",
        "title": title,
        "episode": 1,
        "kind": "vod",
        "played_ms": 3_600_000 if counts else 300_000,
        "covered_ms": 3_600_000 if counts else 300_000,
        "length_ms": 3_600_000,
        "effective_ms": 3_600_000 if counts else 0,
        "counted": counts,
        "why": Why.COUNTED if counts else Why.TOO_SHORT_SHARE,
        "state": ("waiting", "delivered", "refused")[number % 3],
        "correction": "",
    }
