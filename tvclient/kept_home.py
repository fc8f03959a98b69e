"""The home screen as it was last seen, kept over the television's restarts."""

import json
import logging
from pathlib import Path
from typing import Any, cast

from study.local_api import HomeReply, Row, Tile

log = logging.getLogger(__name__)

_ROW, _TILE = frozenset(Row.__annotations__), frozenset(Tile.__annotations__)


class KeptHome:
    """One file of JSON. `write` waits for the disk, so it is for the background; `read` is for the start,
    when nothing is seen yet.

    Nothing is flushed: what a power cut spoils is read as nothing, and the agent tells it anew.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self) -> HomeReply | None:
        """None where nothing is kept, or nothing that this version can show."""
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            log.info("上次的首页 %s 读不出来（%s），等本机服务答复。", self._file, error)
            return None
        return cast(HomeReply, found) if _is_home(found) else None

    def write(self, home: HomeReply) -> None:
        """Keep it in place of the one before."""
        unfinished = self._file.with_suffix(".part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_text(json.dumps(home, ensure_ascii=False), encoding="utf-8")
            unfinished.replace(self._file)
        except OSError as error:
            log.info("首页存不到 %s（%s），下次开机要等本机服务答复。", self._file, error.strerror)


def _is_home(found: Any) -> bool:
    rows = found.get("rows") if isinstance(found, dict) else None
    return isinstance(rows, list) and all(_has(row, _ROW) and _are_tiles(row["tiles"]) for row in rows)


def _are_tiles(tiles: Any) -> bool:
    return isinstance(tiles, list) and all(_has(tile, _TILE) for tile in tiles)


def _has(entry: Any, names: frozenset[str]) -> bool:
    return isinstance(entry, dict) and names <= entry.keys()
