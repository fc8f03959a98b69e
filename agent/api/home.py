"""The home screen's rows."""

from collections.abc import Mapping, Sequence, Set

from agent.api.article_tiles import article_tiles
from agent.api.unplayed_tile import unplayed_tile
from agent.stores.courses.catalogue import courses_where, names, read_course
from agent.stores.courses.shelf import WHOLE_ON_BOX, on_box
from agent.stores.delivery.outbox import read_delivery
from agent.stores.disk.database import Tables
from agent.stores.guide.line_up import Channel, channels
from agent.stores.listings import ARTICLES, Listing, slice_of
from agent.stores.sessions.progress import NONE, Progress, course_progress, recent_items
from study.course import Course, Episode, course_of
from study.coverage import covered_ms
from study.listing_api import ALL_ARTICLES, WHOLE_LISTING, ListingOrder
from study.local_api import COVERS, HomeReply, Row, Tile
from study.rules import Kind
from study.units import ItemId

_TILES_MAX = 60
"""On one row; a list of its own shows all of a category."""
_RECENT_MAX = 40
_CONTINUE_MAX = 12
_ARTICLES_MAX = 12


def home(tables: Tables, month: str, group: Tile | None = None) -> HomeReply:
    """Rows from the most urgent to the widest; empty ones are left out. A `group` study that goes on comes
    first of all.

    Without the network, what plays all the same stands where the live channels were, and of articles those
    that were read before.
    """
    online = read_delivery(tables).online
    third = _live_row(tables) if online else _on_box_row(tables)
    rows = [_continue_row(tables, group), _monthly_row(tables, month), third, _articles_row(tables, online)]
    rows += [_named_row(tables, "topic", name) for name in names(tables, "topic")]
    rows += [_named_row(tables, "category", name) for name in names(tables, "category")]
    return HomeReply(rows=[row for row in rows if row["tiles"]])


def _continue_row(tables: Tables, group: Tile | None) -> Row:
    tiles: dict[str, Tile] = {} if group is None else {group["id"]: group}
    for item_id in recent_items(tables, _RECENT_MAX):
        course_id = course_of(item_id)
        if len(tiles) == _CONTINUE_MAX or course_id in tiles:
            continue
        course = read_course(tables, course_id)
        if course is None:
            continue
        tile = course_tile(tables, course)
        if not tile["done"]:
            tiles[course_id] = tile
    return _row("continue", "继续学习", list(tiles.values()))


def _monthly_row(tables: Tables, month: str) -> Row:
    courses = courses_where(tables, "monthly = ?", [month], limit=_TILES_MAX)
    if not courses:
        newest = tables.execute(
            "SELECT max(monthly) FROM courses WHERE gone = 0 AND monthly <> ''"
        ).fetchone()[0]
        courses = courses_where(tables, "monthly = ?", [newest or "-"], limit=_TILES_MAX)
    tiles = course_tiles(tables, courses)
    row = _row("monthly", "本月月度学习", tiles)
    row["done"], row["total"] = sum(tile["done"] for tile in tiles), len(tiles)
    return row


def _live_row(tables: Tables) -> Row:
    return _row("live", "正在直播", [_live_tile(channel) for channel in channels(tables, 0, _TILES_MAX)])


def _on_box_row(tables: Tables) -> Row:
    courses = courses_where(tables, WHOLE_ON_BOX, [], limit=_TILES_MAX)
    return _row("on_box", "已下载到本机", course_tiles(tables, courses))


def _articles_row(tables: Tables, online: bool) -> Row:
    order = ListingOrder.NEWEST if online else ListingOrder.ON_BOX
    found = slice_of(tables, Listing(ARTICLES), order, 0, _ARTICLES_MAX, None)
    tiles = [tile for tile in article_tiles(tables, found.entry_ids) if online or tile["on_box"]]
    if tiles and found.total > len(tiles):
        tiles.append(_listing_tile("全部图文"))
    return _row(ALL_ARTICLES, "最新图文" if online else "读过的图文", tiles)


def _named_row(tables: Tables, column: str, name: str) -> Row:
    tiles = course_tiles(tables, courses_where(tables, f"{column} = ?", [name], limit=_TILES_MAX + 1))
    if len(tiles) > _TILES_MAX:
        tiles[_TILES_MAX:] = [_listing_tile("全部课程")]
    return _row(f"{column}:{name}", name, tiles)


def _row(row_id: str, title: str, tiles: list[Tile]) -> Row:
    return Row(id=row_id, title=title, done=None, total=None, tiles=tiles)


def course_tile(tables: Tables, course: Course) -> Tile:
    """A course with what this station has studied of all its episodes; the position is in the one studied."""
    return course_tiles(tables, [course])[0]


def course_tiles(tables: Tables, courses: Sequence[Course]) -> list[Tile]:
    """The same of many, asked for at once."""
    course_ids = [course.course_id for course in courses]
    held, here = course_progress(tables, course_ids), on_box(tables, course_ids)
    return [_course_tile(course, held, here) for course in courses]


def _course_tile(course: Course, held: Mapping[ItemId, Progress], here: Set[ItemId]) -> Tile:
    progress = {e.item_id: held.get(e.item_id, NONE) for e in course.episodes}
    studied = _studied(course, progress)
    return Tile(
        id=f"course:{course.course_id}",
        number=None,
        kind=Kind.VOD,
        title=course.title,
        category=course.category,
        producer=course.producer,
        length_ms=course.length_ms,
        episodes=len(course.episodes),
        episode=None if studied is None else studied.number,
        position_ms=0 if studied is None else progress[studied.item_id].resume_ms(studied.length_ms),
        covered_ms=sum(covered_ms(p.covered) for p in progress.values()),
        done=all(progress[e.item_id].is_done(e.length_ms) for e in course.episodes),
        on_box=here >= progress.keys(),
        cover=cover_path(course),
        published_on=None,
    )


def cover_path(course: Course) -> str | None:
    """Where the agent serves a course's cover; None for a course without one."""
    return f"{COVERS}/{course.course_id}" if course.cover_path else None


def _studied(course: Course, progress: dict[ItemId, Progress]) -> Episode | None:
    """The episode touched last; the next one when it is done."""
    touched = [e for e in course.episodes if progress[e.item_id].session_id]
    if not touched:
        return None
    last = max(touched, key=lambda e: progress[e.item_id].session_id)
    if not progress[last.item_id].is_done(last.length_ms):
        return last
    return next((e for e in course.episodes if not progress[e.item_id].is_done(e.length_ms)), last)


def _live_tile(channel: Channel) -> Tile:
    return unplayed_tile(
        f"live:{channel.channel_id}",
        Kind.LIVE,
        channel.title,
        number=channel.number,
        category="直播",
        episodes=1,
    )


def _listing_tile(title: str) -> Tile:
    """The way to the rest of a row."""
    return unplayed_tile(WHOLE_LISTING, WHOLE_LISTING, title)
