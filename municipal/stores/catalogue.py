"""The catalogue in the database: courses, episodes and channels with the revision that last changed each."""

import secrets
from dataclasses import dataclass, replace

from municipal.database import Connection, RowMapping, func, hold, put, select
from municipal.stores.beside import all_beside, put_address, put_beside
from municipal.tables import channel_addresses, channels, courses, episodes, platform, revisions
from study.course import Course, Episode, LiveChannel, episode_id
from study.units import CourseId, ItemId, Milliseconds

_IDENTITY = "catalogue_id"


@dataclass(frozen=True, slots=True)
class Channel:
    """A live channel with the file that is played on it, or the full address it comes from."""

    channel_id: ItemId
    number: int
    title: str
    media_path: str
    """Below the media folder; empty with an address."""
    media_sha256: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different after `since`: all that is there (`full`), or what changed and what is gone."""

    revision: int
    since: int
    full: bool
    courses: tuple[Course, ...]
    channels: tuple[Channel, ...]
    removed: tuple[str, ...]


def playlist_path(channel_id: str) -> str:
    """Where a channel's playlist is found, below the platform's root."""
    return f"/live/{channel_id}/index.m3u8"


def as_live_channel(channel: Channel) -> LiveChannel:
    """The channel as boxes see it."""
    address = channel.address or playlist_path(channel.channel_id)
    return LiveChannel(channel.channel_id, channel.number, channel.title, address)


def current_revision(connection: Connection) -> int:
    """The catalogue's newest revision; 0 before anything was imported."""
    newest = select(func.coalesce(func.max(revisions.c.revision), 0))
    return int(connection.execute(newest).scalar_one())


def catalogue_id(connection: Connection) -> str:
    """Random bits made with the catalogue: revision 7 of another database is another revision."""
    found = connection.execute(select(platform.c.value).where(platform.c.name == _IDENTITY)).scalar()
    return found or ""


def make_catalogue_id(connection: Connection) -> None:
    """Give a new database its identity; an old one keeps its own."""
    if not catalogue_id(connection):
        connection.execute(platform.insert().values(name=_IDENTITY, value=secrets.token_hex(8)))


def open_revision(connection: Connection, source: str, made_at_ms: int) -> int:
    """Begin the next revision."""
    hold(connection, "catalogue")
    revision = current_revision(connection) + 1
    connection.execute(revisions.insert().values(revision=revision, made_at_ms=made_at_ms, source=source))
    return revision


def changes_since(connection: Connection, since: int) -> Changes:
    """What a box that holds revision `since` lacks; everything when that revision was never ours."""
    revision = current_revision(connection)
    full = not 0 < since <= revision
    after = 0 if full else since
    return Changes(
        revision=revision,
        since=after,
        full=full,
        courses=_courses_after(connection, after),
        channels=_channels_after(connection, after),
        removed=() if full else _removed_after(connection, after),
    )


def all_courses(connection: Connection) -> dict[str, Course]:
    """Every course that is not removed, with its episodes, in the catalogue's order."""
    return {course.course_id: course for course in _courses_after(connection, 0)}


def all_channels(connection: Connection) -> dict[str, Channel]:
    """Every channel that is not removed, by number."""
    return {channel.channel_id: channel for channel in _channels_after(connection, 0)}


def put_course(connection: Connection, course: Course, codecs: dict[int, str], revision: int) -> None:
    """Add a course or change it; episodes it no longer has are marked removed.

    `codecs` names, by number, the episodes that were looked into; the others stay as they are.
    """
    last = connection.execute(select(func.coalesce(func.max(courses.c.position), 0))).scalar_one()
    where = courses.c.course_id == course.course_id
    position = connection.execute(select(courses.c.position).where(where)).scalar() or last + 1
    values = {
        "course_id": course.course_id,
        "title": course.title,
        "producer": course.producer,
        "category": course.category,
        "topic": course.topic,
        "monthly": course.monthly,
        "cover_path": course.cover_path,
        "position": position,
        "revision": revision,
        "removed": False,
    }
    put(connection, courses, values)
    numbers = [episode.number for episode in course.episodes]
    others = (episodes.c.course_id == course.course_id) & episodes.c.number.not_in(numbers)
    connection.execute(episodes.update().where(others).values(removed=True, revision=revision))
    for episode in course.episodes:
        if episode.number in codecs:
            put(connection, episodes, _episode_values(course, episode, codecs[episode.number], revision))
            put_beside(connection, course.course_id, episode)


def put_channel(connection: Connection, channel: Channel, revision: int) -> None:
    """Add a channel or change it."""
    values = {
        "channel_id": channel.channel_id,
        "number": channel.number,
        "title": channel.title,
        "media_path": channel.media_path,
        "media_sha256": channel.media_sha256,
        "revision": revision,
        "removed": False,
    }
    put(connection, channels, values)
    put_address(connection, channel.channel_id, channel.address)


def remove(connection: Connection, entry_id: str, revision: int) -> None:
    """Take a course or channel out of the catalogue; boxes are told by its id."""
    for table, key in ((courses, courses.c.course_id), (channels, channels.c.channel_id)):
        connection.execute(table.update().where(key == entry_id).values(removed=True, revision=revision))


def _episode_values(course: Course, episode: Episode, codec: str, revision: int) -> dict[str, object]:
    return {
        "course_id": course.course_id,
        "number": episode.number,
        "title": episode.title,
        "length_ms": episode.length_ms,
        "media_path": episode.media_path,
        "media_sha256": episode.media_sha256,
        "media_bytes": episode.media_bytes,
        "codec": codec,
        "revision": revision,
        "removed": False,
    }


def _courses_after(connection: Connection, after: int) -> tuple[Course, ...]:
    wanted = (courses.c.revision > after) & courses.c.removed.is_(False)
    rows = connection.execute(courses.select().where(wanted).order_by(courses.c.position)).mappings()
    found = {row["course_id"]: _course(row) for row in rows}
    parts: dict[str, list[Episode]] = {course_id: [] for course_id in found}
    beside = all_beside(connection)
    query = episodes.select().where(episodes.c.removed.is_(False)).order_by(episodes.c.number)
    for row in connection.execute(query).mappings():
        if row["course_id"] in parts:
            parts[row["course_id"]].append(beside.with_own(_episode(row), row["course_id"]))
    return tuple(replace(course, episodes=tuple(parts[name])) for name, course in found.items())


def _course(row: RowMapping) -> Course:
    return Course(
        course_id=CourseId(row["course_id"]),
        title=row["title"],
        producer=row["producer"],
        category=row["category"],
        topic=row["topic"],
        monthly=row["monthly"],
        cover_path=row["cover_path"],
        episodes=(),
    )


def _episode(row: RowMapping) -> Episode:
    return Episode(
        item_id=episode_id(row["course_id"], row["number"]),
        number=row["number"],
        title=row["title"],
        length_ms=Milliseconds(row["length_ms"]),
        media_path=row["media_path"],
        media_sha256=row["media_sha256"],
        media_bytes=row["media_bytes"],
    )


def _channels_after(connection: Connection, after: int) -> tuple[Channel, ...]:
    wanted = (channels.c.revision > after) & channels.c.removed.is_(False)
    query = (
        select(channels, func.coalesce(channel_addresses.c.address, "").label("address"))
        .outerjoin(channel_addresses, channel_addresses.c.channel_id == channels.c.channel_id)
        .where(wanted)
        .order_by(channels.c.number, channels.c.channel_id)
    )
    return tuple(
        Channel(ItemId(row.channel_id), row.number, row.title, row.media_path, row.media_sha256, row.address)
        for row in connection.execute(query)
    )


def _removed_after(connection: Connection, after: int) -> tuple[str, ...]:
    gone: list[str] = []
    for table, key in ((courses, courses.c.course_id), (channels, channels.c.channel_id)):
        query = select(key).where((table.c.revision > after) & table.c.removed.is_(True)).order_by(key)
        gone += connection.execute(query).scalars()
    return tuple(gone)
