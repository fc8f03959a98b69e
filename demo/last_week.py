"""The station's evening of a week ago: a group study, and a lecture in the fields that was registered.

City and box are the real programs on clocks of that evening. Most of it nobody sits through: as after a
suspend, box and city find that half an hour has passed.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from demo.errors import DemoError
from demo.house import BOX_STATION, House
from demo.other_boot import OtherBoot
from demo.room import Room
from demo.watched import Watched
from study.group_api import GROUP, GROUP_END
from study.local_api import DEFAULT_TERMINAL, HOME, REPORTS, STATUS
from study.month import local, month_of

DAYS, HOUR, MINUTE = 7, 19, 30
COURSE, CHANNEL = "5.1", "L1"
COURSE_S, BETWEEN_S = 60, 5
UP_S = 10 * 60
"""The box was switched on so long before the first people came."""
FIRST_MIN, SECOND_MIN = 40, 50
LATE, EARLY = 2, 1
AWAY = 2
"""Of the roster so many stayed at home."""
WITHIN_S = 60
THEME = "冬学第一课"
LECTURE = {
    "title": "果树冬剪",
    "kind": "evening_school",
    "place": "埝坛村果园",
    "begins": "14:00",
    "minutes": "90",
}
LECTURE_PEOPLE = 9


class LastWeek:
    """Goes back with `begin`, is over with `end`. Needs a system that allows another boot."""

    def __init__(self, house: House) -> None:
        self._house = house
        now = datetime.now(UTC)
        evening = local(now - timedelta(days=DAYS)).replace(hour=HOUR, minute=MINUTE, second=0, microsecond=0)
        self._then, self._lecture_at = evening, evening - timedelta(days=2)
        self._behind_s = int((now - evening).total_seconds())
        self._is_of_this_month = month_of(evening) == month_of(now)
        self._boot = OtherBoot(house.folder, UP_S)
        self.watched: list[Watched] = []
        """What the box and the city must hold of it in this month."""

    @property
    def commands(self) -> list[str]:
        """What the city says of it, by its own command."""
        of_month = f"--station {BOX_STATION} --month {month_of(self._then)}"
        lectures = f"offline list --month {month_of(self._lecture_at)}"
        approve = f"offline approve --station {BOX_STATION} 编号 --by 大兴区委组织部"
        return [f"groups {of_month}", f"people {of_month}", lectures, approve]

    def begin(self) -> None:
        """City and box start on the clocks of that evening."""
        box = self._house.folder / "box"
        box.mkdir(mode=0o700, exist_ok=True)
        # The kernel's own time is this week's.
        (box / "settings.toml").write_text("ntp = false\n", encoding="utf-8")
        self._stand_there()
        self._house.open_city()
        self._house.start_agent()

    def play(self, room: Room) -> None:
        """The evening, on an enrolled box. Raises DemoError where something does not go as told."""
        self._wait(lambda: bool(self._house.ask_agent(HOME)["rows"]), "目录没有到本机")
        room.import_roster()
        there = room.people[:-AWAY]
        begun = {"kind": "evening_school", "theme": THEME, "agenda": [COURSE, CHANNEL]}
        room.asks(GROUP, **begun)
        room.checks_in(*there[LATE:])
        opened_ms = self._boot.mono_ms()
        self._pass(FIRST_MIN)
        room.checks_in(*there[:LATE])
        self._pass(SECOND_MIN)
        room.leaves(*there[-EARLY:])
        self._report(opened_ms)
        room.asks(GROUP_END)
        self._register(room)
        self._wait(self._is_at_the_city, "上周的集体学习和线下学习没有送达")

    def end(self) -> None:
        """It is today again, and the box has been switched off in between."""
        self._house.agent.stop()
        self._house.city.stop()
        self._house.city_stands_on()
        self._house.box_stands_on()
        self._house.start_city()
        self._house.start_agent()

    def _stand_there(self) -> None:
        city = [sys.executable, "-m", "demo.earlier_city", str(self._behind_s)]
        self._house.city_stands_on(city)
        self._house.box_stands_on(self._boot.words())

    def _pass(self, minutes: int) -> None:
        self._house.agent.stop()
        self._house.city.stop()
        self._boot.sleep_through(minutes * 60)
        self._behind_s -= minutes * 60
        self._stand_there()
        self._house.start_city()
        self._house.start_agent()

    def _report(self, opened_ms: int) -> None:
        """What the television played meanwhile, as it tells it once the box answers again."""
        now_ms, between_ms = self._boot.mono_ms(), BETWEEN_S * 1_000
        course = _play("course", COURSE, "vod", opened_ms, opened_ms + COURSE_S * 1_000)
        live = _play("talk", CHANNEL, "live", course["left_ms"] + between_ms, now_ms)
        told = {
            "run_id": "last-week",
            "terminal": DEFAULT_TERMINAL,
            "report_seq": 1,
            "boot_id": self._boot.boot_id,
            "at_ms": now_ms,
            "plays": [course, live],
        }
        self._house.ask_agent(REPORTS, told)
        if self._is_of_this_month:
            lengths = [play["left_ms"] - play["opened_ms"] for play in (course, live)]
            self.watched = [
                Watched("发酵床养猪", "vod", lengths[0], True),
                Watched("长城网直播课堂", "live", lengths[1], True),
            ]

    def _register(self, room: Room) -> None:
        desk = room.operator_at_desk()
        desk.open("/operator/offline/new")
        day = f"{self._lecture_at:%Y-%m-%d}"
        cards = " ".join(one.digits for one in room.people[:LECTURE_PEOPLE])
        said = desk.send("/operator/offline", {**LECTURE, "day": day, "cards": cards})
        if "已登记" not in said:
            raise DemoError(f"线下学习没有登记上：{said}")

    def _is_at_the_city(self) -> bool:
        of_month = ("--month", month_of(self._then))
        groups = self._house.city_command("groups", "--station", BOX_STATION, *of_month)
        lectures = self._house.city_command("offline", "list", "--month", month_of(self._lecture_at))
        are_there = THEME in groups and LECTURE["title"] in lectures
        return are_there and not self._house.ask_agent(STATUS)["waiting"]

    def _wait(self, condition: Callable[[], bool], otherwise: str) -> None:
        end = time.monotonic() + WITHIN_S
        while not condition():
            if time.monotonic() > end:
                raise DemoError(f"{otherwise}（等了 {WITHIN_S} 秒）")
            time.sleep(0.2)


def _play(play_id: str, item_id: str, kind: str, opened_ms: int, left_ms: int) -> dict[str, Any]:
    """Watched from beginning to end at normal speed."""
    watched = {"n": 0, "start_ms": opened_ms, "end_ms": left_ms, "rate": 1.0}
    length_ms = left_ms - opened_ms
    return {
        "play_id": play_id,
        "item_id": item_id,
        "kind": kind,
        "opened_ms": opened_ms,
        "left_ms": left_ms,
        "position_ms": length_ms,
        "length_ms": None,
        "intervals": [{**watched, "media_start_ms": 0, "media_end_ms": length_ms}],
    }
