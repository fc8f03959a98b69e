"""What a tile says about a course, channel or article."""

from study.listing_api import WHOLE_LISTING
from study.local_api import Row, Tile
from study.units import MINUTE_MS
from tvclient.state.day_words import day_words
from tvclient.state.readable import readable
from tvclient.widgets.row_band import RowLook
from tvclient.widgets.tile import TileLook
from tvclient.words import _

EMBLEMS = {"live": "live", "group": "group", WHOLE_LISTING: "grid", "article": "list"}
DONE = ("check", "已学完")
ON_AIR = ("live", "直播中")
TOGETHER = ("group", "集体学习")
FROM_THE_AGENT = (
    *("继续学习", "本月月度学习", "正在直播", "已下载到本机", "最新图文", "读过的图文"),
    *("全部课程", "全部图文"),
)
"""How the agent calls its own rows and doors; all other titles are the catalogue's, and stay as they are."""


def row_look(row: Row) -> RowLook:
    """A row with its tally, which only a month's task has."""
    tally = ""
    if row["done"] is not None and row["total"] is not None:
        tally = _("已学完 {} / {}").format(row["done"], row["total"])
    return RowLook(row["id"], _title(row["title"]), tally, tuple(tile_look(tile) for tile in row["tiles"]))


def tile_look(tile: Tile) -> TileLook:
    """Title, one line about it, progress and badge."""
    badge = None
    if tile["kind"] == "live":
        badge = (ON_AIR[0], _(ON_AIR[1]))
    elif tile["kind"] == "group":
        badge = (TOGETHER[0], _(TOGETHER[1]))
    elif tile["done"]:
        badge = (DONE[0], _(DONE[1]))
    return TileLook(
        title=_title(tile["title"]) or _("（没有名称）"),
        meta=meta_line(tile),
        category=tile["category"],
        cover=tile["cover"],
        progress=_progress(tile),
        badge=badge,
        emblem=EMBLEMS.get(tile["kind"], "book"),
    )


def _title(told: str) -> str:
    return _(told) if told in FROM_THE_AGENT else readable(told)


def meta_line(tile: Tile) -> str:
    """第 3 集·还剩 18 分 while it is being studied; 8 集 or 28 分·实用技术 before; an article's day."""
    if tile["kind"] == "live":
        return readable(tile["producer"]) or _("直播频道")
    if tile["kind"] == WHOLE_LISTING:
        return _("按确认键浏览")
    if tile["kind"] == "group":
        return _("接着学") + "·" + _("已签到 {} 人").format(tile["episodes"])
    if tile["published_on"] is not None:
        return day_words(tile["published_on"])
    if _begun(tile):
        seen_ms = tile["position_ms"] if tile["episodes"] == 1 else tile["covered_ms"]
        rest = _("还剩 {} 分").format(_minutes(tile["length_ms"] - seen_ms))
        if tile["episodes"] > 1 and tile["episode"] is not None:
            return _("第 {} 集").format(tile["episode"]) + "·" + rest
        return rest
    if tile["episodes"] > 1:
        return _("{} 集").format(tile["episodes"]) + _category(tile)
    if tile["done"]:
        return _("{} 分").format(_minutes(tile["length_ms"]))
    return _("{} 分").format(_minutes(tile["length_ms"])) + _category(tile)


def _category(tile: Tile) -> str:
    category = readable(tile["category"])
    return "·" + category if category else ""


def _minutes(length_ms: int) -> int:
    return max(1, round(length_ms / MINUTE_MS))


def _begun(tile: Tile) -> bool:
    return not tile["done"] and (tile["position_ms"] > 0 or tile["covered_ms"] > 0)


def _progress(tile: Tile) -> float | None:
    if tile["kind"] == "live" or not _begun(tile) or tile["length_ms"] <= 0:
        return None
    return min(1.0, max(tile["covered_ms"], 0) / tile["length_ms"])
