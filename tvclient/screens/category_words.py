"""What the screen of a category says: its lists, its tiles, how many there are, what is wrong."""

from collections.abc import Sequence
from dataclasses import replace

from study.listing_api import ALL_ARTICLES, ALL_COURSES, ListingEntry, ListingOrder, is_of_articles
from study.local_api import Tile
from tvclient.errors import TvError
from tvclient.screens.tile_words import tile_look
from tvclient.state.browsing import Browsing
from tvclient.state.readable import readable
from tvclient.widgets.listing_column import ListingLook
from tvclient.widgets.tile import TileLook
from tvclient.words import _

HERE = ("disk", "本机")
ORDERS = {ListingOrder.NEWEST: "最新", ListingOrder.ON_BOX: "本机优先", ListingOrder.LISTED: "目录顺序"}
TITLES = {False: "分类", True: "图文"}
DIALLING = {False: "到第 {} / {} 门", True: "到第 {} / {} 篇"}
"""Of courses, and of articles."""
IN_ONE_CATEGORY = "category:"
Notice = tuple[str, str]


def listing_title(entry: ListingEntry) -> str:
    """A category's or topic's own name."""
    if entry["id"] == ALL_COURSES:
        return _("全部课程")
    if entry["id"] == ALL_ARTICLES:
        return _("全部图文")
    return readable(entry["title"]) or _("（没有名称）")


def listing_looks(entries: Sequence[ListingEntry], are_known: bool) -> list[ListingLook]:
    """Each with how much is on it, once that is known; all, categories and topics apart."""
    looks, before = [], ""
    for entry in entries:
        kind = entry["id"].removeprefix(f"{ALL_ARTICLES}:").partition(":")[0]
        count = str(entry["count"]) if are_known else ""
        looks.append(ListingLook(entry["id"], listing_title(entry), count, before not in ("", kind)))
        before = kind
    return looks


def subtitle(browsing: Browsing) -> str:
    """实用技术·186 门."""
    title, total = listing_title(browsing.entry), browsing.grid.pages.total
    many = _("{} 篇") if browsing.of_articles else _("{} 门")
    return title if total is None else title + "·" + many.format(total)


def place_words(place: int | None, total: int, of_articles: bool) -> str:
    """第 37 / 186 门, counted from 1; empty without a place."""
    if place is None:
        return ""
    words = _("第 {} / {} 篇") if of_articles else _("第 {} / {} 门")
    return words.format(place + 1, total)


def tile_look_on(tile: Tile, listing_id: str) -> TileLook:
    """A tile of a list: its category only where others stand beside it, and whether it is here."""
    in_one = listing_id.removeprefix(f"{ALL_ARTICLES}:").startswith(IN_ONE_CATEGORY)
    look = tile_look({**tile, "category": ""} if in_one else tile)
    if is_of_articles(listing_id):
        # A row has the room that a tile has not.
        words = (look.meta, readable(tile["producer"]), "" if in_one else readable(tile["category"]))
        look = replace(look, meta="·".join(word for word in words if word))
    badge = look.badge or ((HERE[0], _(HERE[1])) if tile["on_box"] else None)
    return replace(look, category=tile["category"], badge=badge)


def coming_look(is_missed: bool, is_focused: bool) -> TileLook:
    """A tile that is not here yet; it says so when somebody stands on it."""
    title, meta = "", ""
    if is_focused:
        title = _("暂时读不出来") if is_missed else _("正在读取…")
        meta = _("正在重新连接…") if is_missed else ""
    return TileLook(title, meta, "", None, emblem="")


def notice(browsing: Browsing, error: TvError | None) -> Notice:
    """What stands in place of the tiles: what happened, and what to do; empty while there are tiles."""
    total = browsing.grid.pages.total
    if total is None or browsing.grid.is_blank:
        if error is not None:
            return _("图文暂时读不出来") if browsing.of_articles else _("课程暂时读不出来"), error.words
        return _("正在读取图文…") if browsing.of_articles else _("正在读取课程…"), ""
    if total > 0:
        return "", ""
    if browsing.listing_id == ALL_ARTICLES:
        return (
            _("图文还没有下载到本机"),
            _("接通网络后会自动下载图文目录，下好就显示在这里，不用做任何操作。"),
        )
    if browsing.of_articles:
        return _("这一类现在没有图文"), _("请在左边换一类看看。")
    if browsing.listing_id == ALL_COURSES:
        return (
            _("课程还没有下载到本机"),
            _("接通网络后会自动下载课程目录，下好就显示在这里，不用做任何操作。"),
        )
    return _("这一类现在没有课程"), _("请在左边换一类看看。")
