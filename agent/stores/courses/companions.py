"""Companions: the files beside an episode's media, its subtitles with the sheets of its thumbnails."""

import json
from collections.abc import Sequence
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


_NONE = Companions((), ())


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
    return _companions(tables, [item_id]).get(item_id, _NONE)


def with_companions(tables: Tables, episodes: Sequence[Episode]) -> list[Episode]:
    """The episodes as the catalogue gave them."""
    found = _companions(tables, [episode.item_id for episode in episodes])
    return [
        _with(episode, found[episode.item_id]) if episode.item_id in found else episode
        for episode in episodes
    ]


def _with(episode: Episode, found: Companions) -> Episode:
    prefix = found.sheets[0].removesuffix(sheet_path("", 0)) if found.sheets else ""
    return replace(episode, subtitles=found.subtitles, thumbnails=prefix)


def _companions(tables: Tables, item_ids: Sequence[ItemId]) -> dict[ItemId, Companions]:
    """Only of those that have any."""
    rows = tables.execute(
        "SELECT item_id, language, name, k.path, sha256, bytes FROM json_each(?) wanted"
        " CROSS JOIN companions k ON k.item_id = wanted.value ORDER BY wanted.key, place",
        [json.dumps(item_ids)],
    )
    found: dict[ItemId, Companions] = {}
    for item_id, *row in rows:
        held = found.get(item_id, _NONE)
        if row[0] == OF_SHEET:
            found[item_id] = replace(held, sheets=(*held.sheets, row[2]))
        else:
            found[item_id] = replace(held, subtitles=(*held.subtitles, Subtitles(*row)))
    return found
