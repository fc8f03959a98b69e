"""Listings: the lists in which every offered course is browsed, a page at a time in a stable order."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from sqlite_utils import Database as Tables

from agent.stores.courses.catalogue import names, revision
from agent.stores.courses.shelf import whole_on_box
from study.listing_api import ListingOrder
from study.units import CourseId

_AMONG = "course_id IN (SELECT value FROM json_each(?))"
_UP, _DOWN = ("<", "ASC"), (">", "DESC")


@dataclass(frozen=True, slots=True)
class Listing:
    """All offered courses, or those with one name in a column of the catalogue."""

    column: str = ""
    """"category" or "topic"; empty for all."""
    name: str = ""

    @property
    def condition(self) -> str:
        """SQL of this program's own; `values` belong to it."""
        return f"gone = 0 AND {self.column} = ?" if self.column else "gone = 0"

    @property
    def values(self) -> list[str]:
        return [self.name] if self.column else []


@dataclass(frozen=True, slots=True)
class Slice:
    """A run of a listing: places from `first` on, counted from 0."""

    version: str
    """Another one means that courses may stand at other places than before."""
    total: int
    first: int
    course_ids: tuple[CourseId, ...]


def named_listings(tables: Tables, column: str) -> list[tuple[str, int]]:
    """The names in a column in the order of their first course, each with how many courses it has."""
    counts = dict(
        tables.execute(
            f"SELECT {column}, count(*) FROM courses WHERE gone = 0 GROUP BY {column}"  # noqa: S608  two fixed names
        ).fetchall()
    )
    return [(name, counts[name]) for name in names(tables, column)]


def slice_of(
    tables: Tables, listing: Listing, order: ListingOrder, first: int, count: int, around: CourseId | None
) -> Slice:
    """`count` courses from place `first` on, or, if it is listed, the stretch of `count` with `around` in it.

    Stretches begin at multiples of `count`, so that pages asked for by place and by course are the same.
    """
    known = _Order(tables, listing, order)
    place = None if around is None else known.place_of(around)
    start = first if place is None else place // count * count
    return Slice(known.version, known.total, start, tuple(known.ids(start, count)))


class _Order:
    """One order of one listing at one moment: those that go ahead of the others, then the rest.

    ```
    on the box first:   ahead │ others, newest first      newest:   others, newest first
                        0   n-1 n              total-1              0              total-1
    ```
    """

    def __init__(self, tables: Tables, listing: Listing, order: ListingOrder) -> None:
        self._tables = tables
        self._listing = listing
        self._before, self._direction = _UP if order is ListingOrder.LISTED else _DOWN
        self._ahead: list[CourseId] = []
        self.version = str(revision(tables))
        if order is ListingOrder.ON_BOX:
            here = whole_on_box(tables)
            self.version += f".{crc32(json.dumps(here).encode()):x}"
            self._ahead = self._select(_AMONG, [json.dumps(here)], len(here), 0)
        self.total = self._count("1", [])

    def ids(self, first: int, count: int) -> list[CourseId]:
        found = self._ahead[first : first + count]
        missing, skipped = count - len(found), max(0, first - len(self._ahead))
        if missing and self._ahead:
            found += self._select(f"NOT {_AMONG}", [json.dumps(self._ahead)], missing, skipped)
        elif missing:
            found += self._select("1", [], missing, skipped)
        return found

    def place_of(self, course_id: CourseId) -> int | None:
        """Counted from 0; None for a course that is not in the listing."""
        if course_id in self._ahead:
            return self._ahead.index(course_id)
        found = self._tables.execute(
            f"SELECT place FROM courses WHERE {self._listing.condition} AND course_id = ?",  # noqa: S608
            [*self._listing.values, course_id],
        ).fetchone()
        if found is None:
            return None
        earlier = f"(place, course_id) {self._before} (?, ?)"
        stood = self._count(earlier, [found[0], course_id])
        if not self._ahead:
            return stood
        ahead = self._count(f"{earlier} AND {_AMONG}", [found[0], course_id, json.dumps(self._ahead)])
        return stood - ahead + len(self._ahead)

    def _select(self, condition: str, values: Sequence[object], limit: int, skipped: int) -> list[CourseId]:
        way = self._direction
        rows = self._tables.execute(
            f"SELECT course_id FROM courses WHERE {self._listing.condition} AND {condition}"  # noqa: S608
            f" ORDER BY place {way}, course_id {way} LIMIT ? OFFSET ?",
            [*self._listing.values, *values, limit, skipped],
        )
        return [CourseId(row[0]) for row in rows]

    def _count(self, condition: str, values: Sequence[object]) -> int:
        row = self._tables.execute(
            f"SELECT count(*) FROM courses WHERE {self._listing.condition} AND {condition}",  # noqa: S608
            [*self._listing.values, *values],
        ).fetchone()
        return int(row[0])
