"""March 2015 again: stations and raw sessions that add up to the published tables, with noise between.

Nothing here is a ready-made hour: boxes tell what was played, under a clock of their own, and the platform
makes hours of it. Source: ../shared/data/2015-03_*.csv.
"""

import csv
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from municipal.stores.stations import StationRow
from study.article import reading_of
from study.record import Record
from study.rules import Kind
from study.station import Station, StationType
from study.units import ArticleId, BootId, ItemId, MonotonicMs, StationNumber
from tests.municipal.box import HOUR, MINUTE, anchor, study

PUBLISHED = Path(__file__).parents[3].parent / "shared" / "data"
MONTH = "2015-03"
BEGINS = datetime(2015, 2, 28, 16, 0, tzinfo=UTC)
"""Midnight of 1 March at the stations."""
FEBRUARY = datetime(2015, 2, 10, 4, 0, tzinfo=UTC)
HUNDREDTH = HOUR // 100
LENGTH, SHARE, SEEN = 45 * MINUTE, 9 * MINUTE, 30 * MINUTE
"""Of a course; exactly a fifth of it, which does not count; and what does."""
MOST_LIVE = 4 * HOUR
VILLAGE, COMMUNITY, AGENCY = StationType.VILLAGE, StationType.COMMUNITY, StationType.AGENCY
TAKING_PART = (VILLAGE, COMMUNITY)
AGENCY_HOURS = 8_000
"""Hundredths that one of these stations has at most: none is among the first ten."""
FILLER_VIEWS = 50
CATEGORY = {
    "用好北京长城网 服务基层群众(2015年版)": "党的建设",
    "光环的代价": "党的建设",
    "让力量在党旗下凝聚 让事业在征途上前进": "党的建设",
    "政务礼仪": "文化建设",
    "发酵床养猪": "实用技术",
    "多果多茬种甜瓜": "实用技术",
    "大球盖菇栽培技术": "实用技术",
    "蚕丝被制作工艺": "实用技术",
    "关于基层干部心理健康与调适问题": "典型经验",
    "领导干部心理压力及其调适": "典型经验",
    "“小金库”": "典型经验",
    "中国特色社会主义社会建设": "社会建设",
    "中国特色社会主义经济发展模式的“特色”所在": "社会建设",
}
"""Not published; chosen so that the categories' sums can be."""


def published(name: str) -> list[dict[str, str]]:
    with (PUBLISHED / f"{MONTH}_{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@dataclass
class Visit:
    """What one station is to have studied."""

    hundredths: int = 0
    courses: list[str] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CourseRow:
    course_id: str
    title: str
    producer: str
    category: str


class March2015:
    """The same every time."""

    def __init__(self) -> None:
        self._dice = random.Random(2015)
        self.stations: list[StationRow] = []
        self.courses: list[CourseRow] = []
        self.articles: list[tuple[str, str, str]] = []
        """Number, title, column."""
        self.visits: dict[str, Visit] = defaultdict(Visit)
        self._active: dict[StationType, list[str]] = defaultdict(list)
        self._idle: dict[StationType, list[str]] = defaultdict(list)
        self.districts = [row["district"] for row in published("hours_by_district")[:-1]]
        self._make_stations()
        self._open_courses()
        self._read_articles()

    # ── stations and their hours ──

    def _make_stations(self) -> None:
        hours = {row["district"]: row for row in published("hours_by_district")}
        taking_part = {row["district"]: row for row in published("participation")}
        best: dict[tuple[str, StationType], list[tuple[str, int]]] = defaultdict(list)
        for row in published("top_stations"):
            kind = COMMUNITY if row["station"].endswith("社区") else VILLAGE
            best[row["station"][:2], kind].append((row["station"], _hundredths(row["hours"])))
        for district in self.districts:
            for kind in StationType:
                told = hours[district][kind]
                if kind in TAKING_PART:
                    due = taking_part[district][f"{kind}_due"]
                    active = int(taking_part[district][f"{kind}_active"] or 0)
                    self._add(district, kind, int(due or 0), active, _hundredths(told), best[district, kind])
                elif told:
                    active = -(-_hundredths(told) // AGENCY_HOURS)
                    self._add(district, kind, active + 1, active, _hundredths(told), [])

    def _add(
        self,
        district: str,
        kind: StationType,
        count: int,
        active: int,
        told: int,
        best: list[tuple[str, int]],
    ) -> None:
        shares = [hundredths for _name, hundredths in best]
        shares += self._shared(told - sum(shares), active - len(best))
        for place in range(count):
            number = StationNumber(f"S{len(self.stations) + 1:05}")
            name = best[place][0] if place < len(best) else f"{district}第{place + 1}{kind}站"
            station = Station(number, name, district, kind)
            self.stations.append(StationRow(station, f"{district}街道", number.lower()))
            if place < active:
                self.visits[number].hundredths = shares[place]
            (self._active if place < active else self._idle)[kind].append(number)

    def _shared(self, told: int, parts: int) -> list[int]:
        """So many hundredths in so many unequal parts, none of them nothing."""
        if parts == 0:
            assert told == 0
            return []
        each, over = divmod(told, parts)
        shares = [each + (place < over) for place in range(parts)]
        for _time in range(parts):
            giver, taker = self._dice.randrange(parts), self._dice.randrange(parts)
            moved = self._dice.randint(0, max(0, min(shares[giver] - 1, 9_000 - shares[taker])))
            shares[giver] -= moved
            shares[taker] += moved
        assert min(shares) > 0
        return shares

    # ── what they open ──

    def _open_courses(self) -> None:
        views = self._named_views()
        producers = {row["course"]: row["producer"] for row in published("top_courses")}
        left: dict[tuple[StationType, str], int] = {}
        for row in published("categories_by_user_type"):
            for kind in TAKING_PART:
                left[kind, row[f"{kind}_category"]] = int(row[f"{kind}_clicks"])
        for title, by_type in views.items():
            for kind in TAKING_PART:
                left[kind, CATEGORY[title]] -= by_type.get(kind, 0)
            self._open(title, producers.get(title, "市委讲师团"), CATEGORY[title], by_type)
        assert min(left.values()) >= 0
        for category in dict.fromkeys(CATEGORY.values()):
            number = 0
            while any(left[kind, category] for kind in TAKING_PART):
                number += 1
                some = {kind: min(FILLER_VIEWS, left[kind, category]) for kind in TAKING_PART}
                for kind, count in some.items():
                    left[kind, category] -= count
                self._open(f"{category}第{number}讲", "市委党校", category, some)

    def _named_views(self) -> dict[str, dict[StationType, int]]:
        """Of every course that a published table names; what the tables leave open agencies have watched."""
        views: dict[str, dict[StationType, int]] = {title: {} for title in CATEGORY}
        for row in published("courses_by_user_type"):
            for kind in TAKING_PART:
                views[row[f"{kind}_course"]][kind] = int(row[f"{kind}_clicks"])
        least = {kind: min(view[kind] for view in views.values() if kind in view) for kind in TAKING_PART}
        for row in published("top_courses"):
            by_type = views[row["course"]]
            for kind in TAKING_PART:
                if kind not in by_type:
                    rest = int(row["clicks"]) - sum(by_type.values())
                    by_type[kind] = min(least[kind] - 1, rest // 2)
            by_type[AGENCY] = int(row["clicks"]) - sum(by_type.values())
        return views

    def _open(self, title: str, producer: str, category: str, by_type: dict[StationType, int]) -> None:
        course_id = str(len(self.courses) + 1)
        self.courses.append(CourseRow(course_id, title, producer, category))
        for kind, count in by_type.items():
            for _time in range(count):
                self.visits[self._somewhere(kind)].courses.append(f"{course_id}.1")

    def _somewhere(self, kind: StationType) -> str:
        """Mostly a station that studies; some of those that do not look into a course as well."""
        idle = self._idle[kind][:60]
        return self._dice.choice(idle if idle and self._dice.random() < 0.05 else self._active[kind])

    def _read_articles(self) -> None:
        rows = published("top_articles")
        rows.append({"article": "一篇没有多少人读的图文", "column": "农业科技", "views": "7"})
        for number, row in enumerate(rows, start=1):
            self.articles.append((str(number), row["article"], row["column"]))
            for _time in range(int(row["views"])):
                kind = self._dice.choice(TAKING_PART)
                self.visits[self._somewhere(kind)].articles.append(reading_of(ArticleId(str(number))))

    # ── what their boxes tell ──

    def boxes(self) -> Iterator[tuple[str, list[Record]]]:
        """Each station that was switched on, with its records, in an order of no meaning."""
        numbers = [row.station.number for row in self.stations if row.station.number in self.visits]
        self._dice.shuffle(numbers)
        for place, number in enumerate(numbers):
            yield number, list(_records(number, self.visits[number], with_noise=place % 20 == 0))


def _records(number: str, visit: Visit, *, with_noise: bool) -> Iterator[Record]:
    boot = BootId(f"{number}-march")
    seq, at_ms = 1, 0
    yield anchor(seq, 0, BEGINS, boot)
    for item_id, kind, played_ms, length_ms in _plays(visit):
        seq += 1
        told: dict[str, Any] = {"item_id": ItemId(item_id), "kind": kind, "boot": boot}
        yield study(seq, played_ms, length_ms, opened_ms=MonotonicMs(at_ms), **told)
        at_ms += played_ms + MINUTE
    if with_noise:
        # A box whose clock nobody knows, and one that was on in February: neither is of this month.
        for clockless in (BootId(f"{number}-undated"), BootId(f"{number}-february")):
            seq += 1
            yield study(seq, SEEN, LENGTH, opened_ms=MonotonicMs(0), boot=clockless)
        seq += 1
        yield anchor(seq, 0, FEBRUARY, BootId(f"{number}-february"))


def _plays(visit: Visit) -> Iterator[tuple[str, Kind, int, int]]:
    """Item, kind, played and length in ms: what counts adds up to the station's hours."""
    left = visit.hundredths * HUNDREDTH
    for place, item_id in enumerate(visit.courses):
        if left >= SEEN:
            left -= SEEN
            yield item_id, Kind.VOD, SEEN, LENGTH
        else:
            yield item_id, Kind.VOD, SHARE - place % 2 * MINUTE, LENGTH
    for item_id in visit.articles:
        yield item_id, Kind.ARTICLE, 2 * MINUTE, 0
    place = 0
    while left:
        place += 1
        counts = min(left, MOST_LIVE)
        left -= counts
        too_long = HOUR if counts == MOST_LIVE and place % 3 == 0 else 0
        yield f"L1@{1_425_000_000 + place}", Kind.LIVE, counts + too_long, 0


def _hundredths(told: str) -> int:
    return round(float(told or 0) * 100)
