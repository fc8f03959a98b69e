"""Salvage: the rows of a damaged table that can still be read, around its damaged pages.

```
keys    1 ─────────▶│ damaged │◀──── good ────▶│ damaged │◀───────── n
        upwards until an error    from points between them    downwards until an error
```
"""

import heapq
import logging
import sqlite3
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

_PROBES_MAX = 4_000
"""For each table; more islands between damaged pages than that are given up."""
_TEXT_CHARS = 64
_CHAR_BITS = 7
_INTEGER_BITS = 62

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TableForm:
    """What a table's columns may hold, as its schema says."""

    name: str
    types: dict[str, str]
    required: frozenset[str]
    key: tuple[str, ...]
    """The columns that order it: its primary key, or its rowid."""

    def fits(self, row: Row) -> bool:
        """Whether a row can be one of this table; a damaged cell may hold anything."""
        return all(
            (name not in self.required) if value is None else _is_a(value, self.types[name])
            for name, value in row.items()
        )


_PYTHON: dict[str, type | tuple[type, ...]] = {
    "INTEGER": int,
    "TEXT": str,
    "BLOB": bytes,
    "REAL": (float, int),
}


def _is_a(value: object, kind: str) -> bool:
    # Half a page is read as zeros; no text of this program's holds one.
    return isinstance(value, _PYTHON[kind]) and not (isinstance(value, str) and "\0" in value)


def table_form(connection: sqlite3.Connection, name: str) -> TableForm:
    """The form of a table, from a database whose schema is whole. Raises sqlite3.Error."""
    columns = connection.execute('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', [name])
    rows = columns.fetchall()
    [without_rowid] = connection.execute("SELECT wr FROM pragma_table_list(?)", [name]).fetchone()
    primary = tuple(column for _, column in sorted((row[3], row[0]) for row in rows if row[3]))
    return TableForm(
        name,
        {row[0]: row[1] for row in rows},
        frozenset(row[0] for row in rows if row[2] or row[3]),
        primary if without_rowid else ("rowid",),
    )


def opened_to_read(file: Path) -> sqlite3.Connection:
    """A connection that changes nothing in the file. Raises sqlite3.Error."""
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    connection.execute("PRAGMA cell_size_check = ON")
    # Also what was cut short is read then: otherwise a file shorter than its header says is refused whole.
    connection.execute("PRAGMA writable_schema = ON")
    return connection


def readable_rows(connection: sqlite3.Connection, form: TableForm) -> tuple[list[Row], bool]:
    """Every row of a table that can be read, in the order of its key, and whether that is all of them."""
    try:
        held = {row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", [form.name])}
    except (sqlite3.Error, UnicodeDecodeError) as error:
        log.warning("%s cannot be read at all: %s", form.name, error)
        return [], False
    columns = [name for name in form.types if name in held]
    if not columns:
        return [], False
    reading = _Reading(connection, form, columns)
    is_whole = reading.read()
    fitting = [row for _, row in sorted(reading.rows.items()) if form.fits(row)]
    is_whole = is_whole and len(fitting) == len(reading.rows)
    if not is_whole:
        log.warning("%s: %s rows read around damage", form.name, len(fitting))
    return fitting, is_whole


@dataclass(slots=True)
class _Reading:
    """One table being read; a place is the number of a key among all keys that could be."""

    connection: sqlite3.Connection
    form: TableForm
    columns: list[str]
    rows: dict[tuple[Any, ...], Row] = field(default_factory=dict)

    def read(self) -> bool:
        end = (1 << sum(self._bits(name) for name in self.form.key)) - 1
        low = self._walk(0, end, upwards=True) + 1
        if low > end:
            return True
        high = self._walk(low, end, upwards=False) - 1
        self._probe(low, high)
        return False

    def _probe(self, low: int, high: int) -> None:
        """Read from points within what broke off at both ends, the longest stretch first."""
        tie = count()
        unread = [(low - high, next(tie), low, high)]
        for _ in range(_PROBES_MAX):
            if not unread:
                return
            _, _, low, high = heapq.heappop(unread)
            middle = (low + high) // 2
            below = self._walk(low, middle, upwards=False) - 1
            above = self._walk(middle + 1, high, upwards=True) + 1
            for first, last in ((low, below), (above, high)):
                if first <= last and last - first < high - low:
                    heapq.heappush(unread, (first - last, next(tie), first, last))

    def _walk(self, low: int, high: int, *, upwards: bool) -> int:
        """Take the rows from one place towards the other. The last place that is known now."""
        if low > high:
            return high if upwards else low
        at = low - 1 if upwards else high + 1
        try:
            for row in self._select(low, high, upwards=upwards):
                at = self._taken(row, at, upwards=upwards)
            return high if upwards else low
        except (sqlite3.Error, OverflowError, ValueError):
            pass
        # The library reads one row ahead: the last one before the damage was lost with the error.
        bounds = (at + 1, high) if upwards else (low, at - 1)
        try:
            for row in self._select(*bounds, upwards=upwards, more=" LIMIT 1"):
                at = self._taken(row, at, upwards=upwards)
        except (sqlite3.Error, OverflowError, ValueError):
            pass
        return at

    def _select(self, low: int, high: int, *, upwards: bool, more: str = "") -> sqlite3.Cursor:
        key = self.form.key
        columns = ", ".join((*key, *self.columns))
        order = ", ".join(f"{name} {'ASC' if upwards else 'DESC'}" for name in key)
        names, marks = ", ".join(key), ", ".join("?" * len(key))
        return self.connection.execute(
            f"SELECT {columns} FROM {self.form.name}"  # noqa: S608  the schema's names
            f" WHERE ({names}) >= ({marks}) AND ({names}) <= ({marks}) ORDER BY {order}{more}",
            [*self._key(low), *self._key(high)],
        )

    def _taken(self, row: tuple[Any, ...], at: int, *, upwards: bool) -> int:
        width = len(self.form.key)
        key = row[:width]
        place = self._place(key)
        if place < at if upwards else place > at:
            raise ValueError("keys out of order")
        self.rows[key] = dict(zip(self.columns, row[width:], strict=True))
        return place

    def _bits(self, name: str) -> int:
        return _TEXT_CHARS * _CHAR_BITS if self.form.types.get(name) == "TEXT" else _INTEGER_BITS

    def _place(self, key: tuple[Any, ...]) -> int:
        place = 0
        for name, value in zip(self.form.key, key, strict=True):
            bits = self._bits(name)
            is_text = self.form.types.get(name) == "TEXT"
            if is_text and isinstance(value, str):
                own = 0
                for char in value[:_TEXT_CHARS].ljust(_TEXT_CHARS, "\0"):
                    own = own << _CHAR_BITS | min(ord(char), (1 << _CHAR_BITS) - 1)
            elif not is_text and isinstance(value, int):
                own = min(max(0, value), (1 << bits) - 1)
            else:
                raise ValueError("no key of this table")
            place = place << bits | own
        return place

    def _key(self, place: int) -> list[int | str]:
        key: list[int | str] = []
        for name in reversed(self.form.key):
            bits = self._bits(name)
            own = place & ((1 << bits) - 1)
            place >>= bits
            key.append(_text(own) if self.form.types.get(name) == "TEXT" else own)
        return key[::-1]


def _text(number: int) -> str:
    chars = [
        chr(number >> (_CHAR_BITS * n) & ((1 << _CHAR_BITS) - 1)) for n in range(_TEXT_CHARS - 1, -1, -1)
    ]
    return "".join(chars).rstrip("\0")
