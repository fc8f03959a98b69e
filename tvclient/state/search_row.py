"""What a result of a search says: its title with what was typed in it, one line about it, and where it is."""

from dataclasses import dataclass

from study.local_api import Tile
from study.search_api import SearchResult
from study.units import MINUTE_MS
from tvclient.words import _


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """Icon, words and colour token: whether it plays without the network (tokens.md, section 9)."""

    icon: str
    words: str
    colour: str


HERE = PlaceMark("check_circle", "已下载", "green")
ELSEWHERE = PlaceMark("download", "需联网", "paper3")
PLACED = ("vod", "article")
"""Kinds that are on the box or not."""


@dataclass(frozen=True, slots=True)
class SearchRow:
    """One result; `underlined` are stretches [start, end) of the title's characters."""

    result_id: str
    title: str
    underlined: tuple[tuple[int, int], ...]
    about: str
    category: str
    cover: str | None
    mark: PlaceMark | None
    """None for what needs neither disk nor network."""

    @property
    def is_course(self) -> bool:
        return self.result_id.startswith("course:")


def search_row(result: SearchResult) -> SearchRow:
    """The row of one of the agent's answers."""
    tile, length = result["tile"], len(result["tile"]["title"])
    stretches = ((max(0, start), min(end, length)) for start, end in result["matched"])
    # What was found by its producer says so, or nobody would see why it is here.
    first = tile["category"] if result["matched"] else tile["producer"]
    mark = None
    if tile["kind"] in PLACED:
        mark = HERE if tile["on_box"] else ELSEWHERE
    return SearchRow(
        result_id=tile["id"],
        title=tile["title"],
        underlined=tuple((start, end) for start, end in stretches if start < end),
        about="·".join(part for part in (first, _extent(tile)) if part),
        category=tile["category"],
        cover=tile["cover"],
        mark=None if mark is None else PlaceMark(mark.icon, _(mark.words), mark.colour),
    )


def _extent(tile: Tile) -> str:
    if tile["kind"] == "article":
        return _("图文")
    if tile["episodes"] > 1:
        return _("{} 集").format(tile["episodes"])
    length_ms = tile["length_ms"]
    return _("{} 分").format(max(1, round(length_ms / MINUTE_MS))) if length_ms > 0 else ""
