"""Listings: the lists in which everything offered is browsed, a page at a time in a stable order."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zlib import crc32

from sqlite_utils import Database as Tables

from agent.stores.articles.headers import version_of_order
from agent.stores.articles.kept import kept_ids
from agent.stores.courses.catalogue import names, revision
from agent.stores.courses.shelf import whole_on_box
from study.listing_api import ListingOrder

_UP, _DOWN = ("<", "ASC"), (">", "DESC")


@dataclass(frozen=True, slots=True)
class Stock:
    """What can be listed: a table whose rows are offered where they are not gone."""

    table: str
    entry_id: str
    """Column of the primary key."""
    place: str
    """Column by which they follow each other, the earliest first; those at one place by their ids."""
    version: Callable[[Tables], str]
    """Another one after every change of an order."""
    here: Callable[[Tables], Sequence[str]]
    """Ids of what can be had without the network, offered or not."""


COURSES = Stock("courses", "course_id", "place", lambda tables: str(revision(tables)), whole_on_box)
ARTICLES = Stock("articles", "article_id", "published_on", version_of_order, kept_ids)


@dataclass(frozen=True, slots=True)
class Listing:
    """All of a stock, or what has one name in one of its columns."""

    stock: Stock = COURSES
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
    """Another one means that they may stand at other places than before."""
    total: int
    first: int
    entry_ids: tuple[str, ...]


def named_listings(tables: Tables, column: str) -> list[tuple[str, int]]:
    """The names courses have in a column in the order of their first one, each with how many have it."""
    counts = dict(
        tables.execute(
            f"SELECT {column}, count(*) FROM courses WHERE gone = 0 GROUP BY {column}"  # noqa: S608  two fixed names
        ).fetchall()
    )
    return [(name, counts[name]) for name in names(tables, column)]


def slice_of(
    tables: Tables, listing: Listing, order: ListingOrder, first: int, count: int, around: str | None
) -> Slice:
    """`count` from place `first` on, or, if it is listed, the stretch of `count` with `around` in it.

    Stretches begin at multiples of `count`, so that pages asked for by place and by id are the same.
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
        self._stock = stock = listing.stock
        self._among = f"{stock.entry_id} IN (SELECT value FROM json_each(?))"  # noqa: S608  own names
        self._before, self._direction = _UP if order is ListingOrder.LISTED else _DOWN
        self._ahead: list[str] = []
        self.version = stock.version(tables)
        if order is ListingOrder.ON_BOX:
            here = list(stock.here(tables))
            self.version += f".{crc32(json.dumps(here).encode()):x}"
            self._ahead = self._select(self._among, [json.dumps(here)], len(here), 0)
        self.total = self._count("1", [])

    def ids(self, first: int, count: int) -> list[str]:
        found = self._ahead[first : first + count]
        missing, skipped = count - len(found), max(0, first - len(self._ahead))
        if missing and self._ahead:
            found += self._select(f"NOT {self._among}", [json.dumps(self._ahead)], missing, skipped)
        elif missing:
            found += self._select("1", [], missing, skipped)
        return found

    def place_of(self, entry_id: str) -> int | None:
        """Counted from 0; None for what is not in the listing."""
        if entry_id in self._ahead:
            return self._ahead.index(entry_id)
        stock = self._stock
        found = self._tables.execute(
            f"SELECT {stock.place} FROM {stock.table}"  # noqa: S608  names and conditions of this program's own
            f" WHERE {self._listing.condition} AND {stock.entry_id} = ?",
            [*self._listing.values, entry_id],
        ).fetchone()
        if found is None:
            return None
        earlier = f"({stock.place}, {stock.entry_id}) {self._before} (?, ?)"
        stood = self._count(earlier, [found[0], entry_id])
        if not self._ahead:
            return stood
        ahead = self._count(f"{earlier} AND {self._among}", [found[0], entry_id, json.dumps(self._ahead)])
        return stood - ahead + len(self._ahead)

    def _select(self, condition: str, values: Sequence[object], limit: int, skipped: int) -> list[str]:
        stock, way = self._stock, self._direction
        rows = self._tables.execute(
            f"SELECT {stock.entry_id} FROM {stock.table} WHERE {self._listing.condition} AND {condition}"  # noqa: S608
            f" ORDER BY {stock.place} {way}, {stock.entry_id} {way} LIMIT ? OFFSET ?",
            [*self._listing.values, *values, limit, skipped],
        )
        return [str(row[0]) for row in rows]

    def _count(self, condition: str, values: Sequence[object]) -> int:
        row = self._tables.execute(
            f"SELECT count(*) FROM {self._stock.table} WHERE {self._listing.condition} AND {condition}",  # noqa: S608
            [*self._listing.values, *values],
        ).fetchone()
        return int(row[0])
