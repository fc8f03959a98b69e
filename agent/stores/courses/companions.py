"""Companions: the files beside an episode's media, its subtitles with the sheets of its thumbnails."""

from dataclasses import dataclass, replace

from sqlite_utils import Database as Tables

from study.course import Episode
from study.subtitles import Subtitles
from study.thumbnails import sheet_path, sheet_paths
from study.units import ItemId

OF_SHEET = ""
"""A sheet's checksum and language; the catalogue names only its prefix, and a whole JPEG is believed."""


@dataclass(frozen=True, slots=True)
class Companions:
    """What lies beside one episode."""

    subtitles: tuple[Subtitles, ...]
    sheets: tuple[str, ...]
    """Paths below the platform's root, in order."""


def put_companions(tables: Tables, episode: Episode) -> None:
    """Keep what the catalogue now says lies beside an episode."""
    tables.execute("DELETE FROM companions WHERE item_id = ?", [episode.item_id])
    sheets = [
        (path, OF_SHEET, 0, OF_SHEET, "") for path in sheet_paths(episode.thumbnails, episode.length_ms)
    ]
    texts = [(each.path, each.sha256, each.bytes, each.language, each.name) for each in episode.subtitles]
    for place, row in enumerate((*texts, *sheets)):
        tables.execute("INSERT INTO companions VALUES (?, ?, ?, ?, ?, ?, ?)", [episode.item_id, place, *row])


def companions_of(tables: Tables, item_id: ItemId) -> Companions:
    """What lies beside an episode; nothing beside anything else."""
    rows = tables.execute(
        "SELECT language, name, path, sha256, bytes FROM companions WHERE item_id = ? ORDER BY place",
        [item_id],
    ).fetchall()
    return Companions(
        tuple(Subtitles(*row) for row in rows if row[0] != OF_SHEET),
        tuple(row[2] for row in rows if row[0] == OF_SHEET),
    )


def with_companions(tables: Tables, episode: Episode) -> Episode:
    """The episode as the catalogue gave it."""
    found = companions_of(tables, episode.item_id)
    prefix = found.sheets[0].removesuffix(sheet_path("", 0)) if found.sheets else ""
    return replace(episode, subtitles=found.subtitles, thumbnails=prefix)
