"""What the catalogue has beside media files: subtitles, thumbnails, addresses of channels without a file."""

from dataclasses import dataclass, replace

from municipal.database import Connection, put
from municipal.tables import channel_addresses, subtitles, thumbnails
from study.course import Episode
from study.subtitles import Subtitles

_Key = tuple[str, int]
"""Course and number of an episode."""


@dataclass(frozen=True, slots=True)
class Beside:
    """All of it, read in one go."""

    subtitles: dict[_Key, tuple[Subtitles, ...]]
    thumbnails: dict[_Key, str]

    def with_own(self, episode: Episode, course_id: str) -> Episode:
        """The episode with what lies beside it."""
        key = (course_id, episode.number)
        if key not in self.subtitles and key not in self.thumbnails:
            return episode
        return replace(
            episode, subtitles=self.subtitles.get(key, ()), thumbnails=self.thumbnails.get(key, "")
        )


def all_beside(connection: Connection) -> Beside:
    """What lies beside every episode that has something."""
    texts: dict[_Key, tuple[Subtitles, ...]] = {}
    for row in connection.execute(subtitles.select().order_by(subtitles.c.place)):
        key = (row.course_id, row.number)
        told = Subtitles(row.language, row.name, row.path, row.sha256, row.bytes)
        texts[key] = (*texts.get(key, ()), told)
    rows = connection.execute(thumbnails.select())
    return Beside(texts, {(row.course_id, row.number): row.prefix for row in rows})


def put_beside(connection: Connection, course_id: str, episode: Episode) -> None:
    """Replace what lies beside an episode."""
    for table in (subtitles, thumbnails):
        own = (table.c.course_id == course_id) & (table.c.number == episode.number)
        connection.execute(table.delete().where(own))
    key = {"course_id": course_id, "number": episode.number}
    for place, each in enumerate(episode.subtitles):
        values = {"language": each.language, "name": each.name, "path": each.path}
        put(
            connection,
            subtitles,
            {**key, "place": place, **values, "sha256": each.sha256, "bytes": each.bytes},
        )
    if episode.thumbnails:
        put(connection, thumbnails, {**key, "prefix": episode.thumbnails})


def put_address(connection: Connection, channel_id: str, address: str) -> None:
    """Replace a channel's full address; an empty one for a channel with a file."""
    own = channel_addresses.c.channel_id == channel_id
    connection.execute(channel_addresses.delete().where(own))
    if address:
        put(connection, channel_addresses, {"channel_id": channel_id, "address": address})
