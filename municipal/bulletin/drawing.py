"""Drawing a bulletin: a month's records become its figures."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from municipal.bulletin.figures import (
    TAKING_PART,
    Bulletin,
    DistrictParticipation,
    Participation,
    Viewed,
)
from municipal.bulletin.totals import compared_totals
from municipal.bulletin.views import Views, article_views, course_views
from municipal.database import Connection
from municipal.hours import StationHours, hours_by_district, hours_of, studied
from municipal.stores.stations import all_stations, district_names
from study.station import StationType

TOP, TOP_CATEGORIES = 10, 5


def draw_bulletin(connection: Connection, month: str) -> Bulletin:
    """Of a calendar month of the stations' time, "2015-03", in which sessions began."""
    stations = [row.station for row in all_stations(connection)]
    hours = hours_of(stations, studied(connection, month))
    names = district_names(connection)
    courses, articles = course_views(connection, month), article_views(connection, month)
    return Bulletin(
        month=month,
        totals=compared_totals(connection, month),
        hours=hours_by_district(names, hours),
        due=Counter(station.district for station in stations if station.due),
        participation=tuple(_participation(names, hours)),
        top_stations=tuple(_longest(hours)),
        categories={kind: _categories(courses, kind) for kind in TAKING_PART},
        top_courses=_most_viewed(courses),
        courses={kind: _most_viewed([one.of(kind) for one in courses]) for kind in TAKING_PART},
        top_articles=_most_viewed(articles),
    )


def _participation(names: Iterable[str], hours: Iterable[StationHours]) -> Iterable[DistrictParticipation]:
    due: dict[tuple[str, StationType], list[bool]] = defaultdict(list)
    for one in hours:
        if one.station.due:
            due[one.station.district, one.station.type].append(one.effective_ms > 0)
    for name in names:
        cells = {kind: due[name, kind] for kind in TAKING_PART if due[name, kind]}
        yield DistrictParticipation(name, {k: Participation(sum(c), len(c)) for k, c in cells.items()})


def _longest(hours: Iterable[StationHours]) -> list[StationHours]:
    found = [one for one in hours if one.effective_ms]
    return sorted(found, key=lambda one: (-one.effective_ms, one.station.number))[:TOP]


def _most_viewed(views: Iterable[Views]) -> tuple[Viewed, ...]:
    """Of as many views the one with the lower number first."""
    found = sorted((one for one in views if one.total), key=lambda one: (-one.total, len(one.id), one.id))
    return tuple(Viewed(one.title, one.by, one.total) for one in found[:TOP])


def _categories(views: Iterable[Views], kind: StationType) -> tuple[Viewed, ...]:
    sums: Counter[str] = Counter()
    for one in views:
        sums[one.category] += one.by_type.get(kind, 0)
    found: Mapping[str, int] = {name: count for name, count in sums.items() if count and name}
    ordered = sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))
    return tuple(Viewed(name, "", count) for name, count in ordered[:TOP_CATEGORIES])
