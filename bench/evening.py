"""Evenings of a busy station: what its televisions report, the same at every run."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from agent.records.delta import Delta
from agent.records.report import Report
from study.course import Course, Episode, episode_id
from study.units import HOUR_MS, MINUTE_MS, BootId, CourseId, Milliseconds

COURSES, EPISODES = 60, 4
REPORT_MS = 5_000
A_DAY = 200
"""Sessions from one switching on to the next."""


def boot_name(day: int) -> BootId:
    """The boot id of a day's switching on; its first eight digits are the day."""
    return BootId(f"{day:08d}-0000-4000-8000-000000000000")


def catalogue() -> Delta:
    """What the station can study: courses of four episodes, 20 to 60 minutes each."""
    draw = random.Random(1)  # noqa: S311  the same at every run
    courses = tuple(
        Course(
            course_id=CourseId(str(number)),
            title=f"第 {number} 课",
            producer="市委组织部",
            category="党的建设",
            topic="",
            monthly="",
            cover_path="",
            episodes=tuple(
                Episode(
                    item_id=episode_id(CourseId(str(number)), part),
                    number=part,
                    title=f"第 {part} 集",
                    length_ms=Milliseconds(draw.randrange(20 * MINUTE_MS, 60 * MINUTE_MS)),
                    media_path=f"/media/{number}-{part}.mp4",
                    media_sha256="0" * 64,
                    media_bytes=500_000_000,
                )
                for part in range(1, EPISODES + 1)
            ),
        )
        for number in range(1, COURSES + 1)
    )
    return Delta(revision=1, full=True, courses=courses, channels=(), removed=(), unreadable=())


@dataclass
class Television:
    """One television that plays course after course and reports like the real one.

    Half of the sessions are watched straight through, the others with a pause or a jump in them;
    the player's media times run a little off the real time, as a player's do.
    """

    boot: BootId
    draw: random.Random
    now_ms: int
    run_id: str
    _seq: int = 0
    _catalogue: Delta = field(default_factory=catalogue)

    def sessions(self, count: int) -> Iterator[Report]:
        """One report a session: opened, watched and left since the last one."""
        for _ in range(count):
            yield self._last_of(*self._session())

    def reports(self) -> Iterator[Report]:
        """What it says every five seconds of session after session, without end."""
        while True:
            head, intervals = self._session()
            for interval in intervals:
                begun_ms, media_ms = interval["start_ms"], interval["media_start_ms"]
                for end_ms in range(begun_ms + REPORT_MS, interval["end_ms"], REPORT_MS):
                    grown = {"end_ms": end_ms, "media_end_ms": media_ms + end_ms - begun_ms}
                    yield self._report(head, [interval | grown], end_ms)
            yield self._last_of(head, intervals)

    def _session(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        course = self.draw.choice(self._catalogue.courses)
        episode = self.draw.choice(course.episodes)
        self.now_ms += self.draw.randrange(MINUTE_MS, 3 * MINUTE_MS)
        head = {
            "play_id": f"{self.draw.getrandbits(64):016x}",
            "item_id": episode.item_id,
            "kind": "vod",
            "opened_ms": self.now_ms,
        }
        return head, self._intervals(episode.length_ms)

    def _last_of(self, head: dict[str, Any], intervals: list[dict[str, Any]]) -> Report:
        left_ms = intervals[-1]["end_ms"]
        return self._report(head | {"left_ms": left_ms}, intervals, left_ms)

    def _intervals(self, length_ms: int) -> list[dict[str, Any]]:
        stretches = self.draw.choice((1, 1, 2, 3))
        media_ms = self.draw.choice((0, 0, self.draw.randrange(length_ms // 2)))
        intervals = []
        for n in range(stretches):
            played_ms = self.draw.randrange(10_000, max(20_000, (length_ms - media_ms) // stretches))
            seen_ms = min(length_ms - media_ms, played_ms + self.draw.randrange(-40, 41))
            self.now_ms += self.draw.randrange(300, 2_000)
            intervals.append(
                {
                    "n": n,
                    "start_ms": self.now_ms,
                    "end_ms": self.now_ms + played_ms,
                    "media_start_ms": media_ms,
                    "media_end_ms": media_ms + max(0, seen_ms),
                    "rate": 1.0,
                }
            )
            self.now_ms += played_ms
            jump_ms = self.draw.choice((0, self.draw.randrange(MINUTE_MS)))
            media_ms = min(length_ms - 30_000, media_ms + max(0, seen_ms) + jump_ms)
        return intervals

    def _report(self, head: dict[str, Any], intervals: list[dict[str, Any]], at_ms: int) -> Report:
        self._seq += 1
        play = {**head, "position_ms": intervals[-1]["media_end_ms"], "intervals": intervals}
        return Report.model_validate(
            {
                "run_id": self.run_id,
                "terminal": "tv-1",
                "report_seq": self._seq,
                "boot_id": self.boot,
                "at_ms": at_ms,
                "plays": [play],
            }
        )


def one_day(day: int, count: int = A_DAY) -> Iterator[Report]:
    """The sessions of one day, a boot of its own."""
    draw = random.Random(day)  # noqa: S311
    return Television(boot_name(day), draw, draw.randrange(HOUR_MS), f"{day:08d}").sessions(count)
