"""The shelf: courses kept on the box with what lies beside them, so that they play without the network."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath

from sqlite_utils import Database as Tables

from study.thumbnails import SHEET_BYTES_MAX
from study.units import CourseId, ItemId

_WHOLE = (
    "SELECT e.course_id FROM shelf s CROSS JOIN episodes e ON e.media = s.media AND e.sha256 = s.sha256"
    " WHERE e.gone = 0 GROUP BY e.course_id HAVING count(*) ="
    " (SELECT count(*) FROM episodes every WHERE every.course_id = e.course_id AND every.gone = 0)"
)
"""Asked from the shelf's side: it holds hundreds of files where the catalogue has tens of thousands."""
WHOLE_ON_BOX = f"course_id IN ({_WHOLE})"
"""Condition on a course: all of its episodes are here."""

_STOCKED = (
    "FROM companions k JOIN episodes e USING (item_id) JOIN courses c USING (course_id)"
    " JOIN shelf m ON m.media = e.media AND m.sha256 = e.sha256 WHERE e.gone = 0 AND c.gone = 0"
)
"""Companions of offered episodes whose media is here: they come after it, and leave with it."""
_IS_IT = "s.media = k.path AND k.sha256 IN (s.sha256, '')"
"""A row of the shelf is this companion; the catalogue gives no checksum of a sheet."""

_SUFFIX_MAX = 10
"""No file system takes a name as long as the catalogue could make it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One file to fetch next."""

    media: str
    sha256: str
    """Empty for a sheet of thumbnails, of which the catalogue names only the path."""
    bytes: int
    """0 for such a sheet."""

    @property
    def is_sheet(self) -> bool:
        return self.sha256 == ""


class Shelf:
    """The folder with whole, checked files; unfinished ones lie beside them as `.part`."""

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        self._folder = folder
        self._limit_bytes = limit_bytes
        folder.mkdir(parents=True, exist_ok=True)

    def file(self, wanted: Wanted) -> Path:
        """Named by content: a course that changed is another file."""
        return self._folder / f"{wanted.sha256}{PurePosixPath(wanted.media).suffix[:_SUFFIX_MAX]}"

    def part(self, wanted: Wanted) -> Path:
        """Where the file grows until it is whole."""
        return self._folder / f"{wanted.sha256 or 'sheet'}.part"

    def next_wanted(self, tables: Tables, month: str, not_now: Collection[Wanted]) -> Wanted | None:
        """What lies beside the media that is here; then this month's study, other months', what was begun,
        and the rest, while there is room.
        """
        room = self._limit_bytes - held_bytes(tables)
        beside = tables.execute(
            f"SELECT DISTINCT k.path, k.sha256, k.bytes {_STOCKED} AND max(k.bytes, ?) <= ?"  # noqa: S608
            f" AND NOT EXISTS (SELECT 1 FROM shelf s WHERE {_IS_IT})",
            [SHEET_BYTES_MAX, room],
        )
        media = tables.execute(
            "SELECT e.media, e.sha256, e.bytes FROM episodes e JOIN courses c USING (course_id)"
            " LEFT JOIN shelf s ON s.media = e.media AND s.sha256 = e.sha256"
            " WHERE e.gone = 0 AND c.gone = 0 AND e.media <> '' AND s.media IS NULL AND e.bytes <= ?"
            " ORDER BY c.monthly <> '' AND c.monthly = ? DESC, c.monthly <> '' DESC,"
            " EXISTS (SELECT 1 FROM progress p WHERE p.course_id = c.course_id) DESC, c.place, e.number",
            [room, month],
        )
        rows = chain(beside, media)
        return next((wanted for row in rows if (wanted := Wanted(*row)) not in not_now), None)

    def put(self, tables: Tables, wanted: Wanted) -> None:
        """The file is whole and lies in its place."""
        tables.execute(
            "INSERT OR REPLACE INTO shelf VALUES (?, ?, ?)", [wanted.media, wanted.sha256, wanted.bytes]
        )

    def tidy(self, tables: Tables) -> None:
        """Let go of files that are no longer offered, and of entries whose file is no longer whole."""
        rows = tables.execute(
            "SELECT s.media, s.sha256, s.bytes,"  # noqa: S608  fixed conditions
            " EXISTS (SELECT 1 FROM episodes e JOIN courses c USING (course_id)"
            " WHERE e.media = s.media AND e.sha256 = s.sha256 AND e.gone = 0 AND c.gone = 0)"
            f" OR EXISTS (SELECT 1 {_STOCKED} AND {_IS_IT}) FROM shelf s"
        ).fetchall()
        offered = {row[1] for row in rows if row[3]}
        for media, sha256, size, is_offered in rows:
            entry = Wanted(media, sha256, size)
            if is_offered and self._holds(entry):
                continue
            tables.execute("DELETE FROM shelf WHERE media = ?", [media])
            if sha256 not in offered:
                # Somebody who is watching it keeps the open file.
                self.file(entry).unlink(missing_ok=True)

    def give_up_one(self, tables: Tables, month: str) -> bool:
        """Let go of one course's file and what lies beside it, for records need the room. False when there
        is none left.

        First what nobody began, then what was studied longest ago, and this month's study last. The
        file goes before its entry: on a full disk the entry may have to wait for `tidy`.
        """
        rows = tables.execute(
            "SELECT s.media, s.sha256, s.bytes"  # noqa: S608  fixed conditions
            " FROM shelf s LEFT JOIN episodes e USING (media, sha256)"
            " LEFT JOIN courses c USING (course_id) LEFT JOIN progress p USING (item_id)"
            f" WHERE NOT EXISTS (SELECT 1 {_STOCKED} AND {_IS_IT})"
            " GROUP BY s.media ORDER BY max(c.monthly <> '' AND c.monthly = ?),"
            " max(coalesce(p.last_session_id, 0)), max(c.place) DESC",
            [month],
        ).fetchall()
        for entry in (Wanted(*row) for row in rows):
            if self._holds(entry):
                for given_up in (*self._beside(tables, entry), entry):
                    self.file(given_up).unlink(missing_ok=True)
                    tables.execute("DELETE FROM shelf WHERE sha256 = ?", [given_up.sha256])
                return True
        return False

    def _beside(self, tables: Tables, media: Wanted) -> list[Wanted]:
        rows = tables.execute(
            "SELECT s.media, s.sha256, s.bytes FROM episodes e JOIN companions k USING (item_id)"  # noqa: S608
            f" JOIN shelf s ON {_IS_IT} WHERE e.sha256 = ?",
            [media.sha256],
        ).fetchall()
        return [Wanted(*row) for row in rows]

    def give_up_parts(self) -> bool:
        """Let go of unfinished files. False when there are none."""
        parts = list(self._folder.glob("*.part"))
        for part in parts:
            part.unlink(missing_ok=True)
        return bool(parts)

    def own_copy(self, tables: Tables, media: str) -> Path | None:
        """The box's copy of a path of media or of what lies beside it; None without a whole one."""
        row = tables.execute(
            "SELECT s.media, s.sha256, s.bytes FROM shelf s WHERE s.media = ?"  # noqa: S608
            " AND (EXISTS (SELECT 1 FROM episodes e WHERE e.media = s.media AND e.sha256 = s.sha256)"
            f" OR EXISTS (SELECT 1 FROM companions k WHERE {_IS_IT}))",
            [media],
        ).fetchone()
        if row is None:
            return None
        entry = Wanted(*row)
        return self.file(entry) if self._holds(entry) else None

    def _holds(self, entry: Wanted) -> bool:
        """By its size: reading a film through at every look would cost more than it tells."""
        try:
            return self.file(entry).stat().st_size == entry.bytes
        except OSError:
            return False


def on_box(tables: Tables, course_ids: Sequence[str]) -> set[ItemId]:
    """Which episodes of some courses are on the shelf."""
    rows = tables.execute(
        "SELECT item_id FROM json_each(?) wanted CROSS JOIN episodes e ON e.course_id = wanted.value"
        " JOIN shelf s ON s.media = e.media AND s.sha256 = e.sha256",
        [json.dumps(course_ids)],
    )
    return {ItemId(row[0]) for row in rows}


def held_bytes(tables: Tables) -> int:
    """What the files on the shelf take of the disk."""
    return int(tables.execute("SELECT coalesce(sum(bytes), 0) FROM shelf").fetchone()[0])


def whole_on_box(tables: Tables) -> list[CourseId]:
    """The courses, offered or not, all of whose offered episodes are here."""
    return [CourseId(row[0]) for row in tables.execute(f"{_WHOLE} ORDER BY e.course_id")]
