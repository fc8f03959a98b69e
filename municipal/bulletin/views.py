"""How often courses and articles were opened in a month, by type of station."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from municipal.database import Connection, func, select
from municipal.tables import articles, courses, records, stations
from study.article import article_of
from study.course import course_of
from study.rules import Kind
from study.station import StationType
from study.units import ItemId


@dataclass(frozen=True, slots=True)
class Views:
    """A view is a session that played, or an article that was read, whether or not it counts as hours."""

    id: str
    title: str
    by: str
    category: str
    by_type: Mapping[StationType, int]

    @property
    def total(self) -> int:
        return sum(self.by_type.values())

    def of(self, kind: StationType) -> "Views":
        """The same of one type of station alone."""
        return replace(self, by_type={kind: self.by_type.get(kind, 0)})


def course_views(connection: Connection, month: str) -> list[Views]:
    """Of on-demand courses, all their episodes together; one that the catalogue never had has its number."""
    held: dict[str, Counter[StationType]] = defaultdict(Counter)
    for item_id, kind, count in _counts(connection, month, Kind.VOD):
        held[course_of(item_id)][kind] += count
    c = courses.c
    known = {
        row.course_id: row for row in connection.execute(select(c.course_id, c.title, c.producer, c.category))
    }
    return [
        Views(course_id, row.title, row.producer, row.category, by_type)
        if (row := known.get(course_id)) is not None
        else Views(course_id, course_id, "", "", by_type)
        for course_id, by_type in held.items()
    ]


def article_views(connection: Connection, month: str) -> list[Views]:
    """Of articles; `by` is the column they stand in."""
    held: dict[str, Counter[StationType]] = defaultdict(Counter)
    for item_id, kind, count in _counts(connection, month, Kind.ARTICLE):
        held[article_of(item_id) or item_id][kind] += count
    c = articles.c
    known = {row.article_id: row for row in connection.execute(select(c.article_id, c.title, c.category))}
    return [
        Views(article_id, row.title, row.category, row.category, by_type)
        if (row := known.get(article_id)) is not None
        else Views(article_id, article_id, "", "", by_type)
        for article_id, by_type in held.items()
    ]


def _counts(connection: Connection, month: str, kind: Kind) -> list[tuple[ItemId, StationType, int]]:
    table = records.c
    query = (
        select(table.item_id, stations.c.type, func.count())
        .join_from(records, stations, stations.c.number == table.station)
        .where((table.month == month) & (table.kind == kind) & table.stands & (table.played_ms > 0))
        .group_by(table.item_id, stations.c.type)
    )
    return [(ItemId(item), StationType(of), int(count)) for item, of, count in connection.execute(query)]
