"""The line-up: the platform's channels with those of the station's own lists, each with one number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database as Tables

from agent.records.channel_list import NUMBER_MAX, ListedChannel
from agent.records.channel_numbers import Held, Wish, numbered
from agent.records.guide_words import key_of
from agent.records.validators import Validators
from agent.stores.guide.guide_keys import ID, NAME
from study.units import ItemId

_GONE_MAX = 20_000
"""So many channels that are no longer offered keep their number."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel as it is offered."""

    channel_id: ItemId
    number: int
    title: str
    address: str
    group: str
    logo: str
    xmltv_id: str
    guide_name: str
    is_gone: bool

    @property
    def keys(self) -> tuple[str, ...]:
        """What it may be called in a guide: by its list, by the platform, by its names."""
        ids = [ID + each for each in (self.xmltv_id, self.channel_id) if each]
        names = [NAME + key_of(each) for each in (self.guide_name, self.title) if each]
        return (*ids, *names)


_TOLD = "title, address, group_name, logo, xmltv_id, guide_name"
_COLUMNS = f"SELECT channel_id, number, {_TOLD}, gone FROM line_up"  # noqa: S608  a fixed text


def channels(tables: Tables, first: int, count: int) -> list[Channel]:
    """Those offered, by number, from the `first`-th (0 is the first) on."""
    rows = tables.execute(
        f"{_COLUMNS} WHERE gone = 0 ORDER BY number LIMIT ? OFFSET ?",
        [count, first],
    )
    return [_channel(row) for row in rows]


def channel_count(tables: Tables) -> int:
    """How many are offered."""
    return int(tables.execute("SELECT count(*) FROM line_up WHERE gone = 0").fetchone()[0])


def place_of_number(tables: Tables, number: int) -> int:
    """How many channels come before the first that has this number or a greater one."""
    row = tables.execute("SELECT count(*) FROM line_up WHERE gone = 0 AND number < ?", [number]).fetchone()
    return int(row[0])


def channel(tables: Tables, channel_id: ItemId) -> Channel | None:
    """One that is or was offered."""
    row = tables.execute(f"{_COLUMNS} WHERE channel_id = ?", [channel_id]).fetchone()
    return None if row is None else _channel(row)


def list_validators(tables: Tables, source: str) -> Validators | None:
    """What a list was known by when it was taken; None for one that was not."""
    row = tables.execute("SELECT tag, modified FROM channel_lists WHERE source = ?", [source]).fetchone()
    return None if row is None else Validators(*row)


def listed_count(tables: Tables, source: str) -> int:
    """How many channels a list has told of."""
    row = tables.execute("SELECT count(*) FROM own_channels WHERE source = ?", [source]).fetchone()
    return int(row[0])


def put_list(
    tables: Tables, source: str, place: int, found: Sequence[ListedChannel], validators: Validators
) -> None:
    """Take a list in the place of what its source told before; `place` is its own among the lists."""
    tables.execute("DELETE FROM own_channels WHERE source = ?", [source])
    tables.conn.executemany(
        "INSERT INTO own_channels VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (source, c.channel_id, n, c.title, c.address, c.number, c.group, c.logo, c.xmltv_id, c.guide_name)
            for n, c in enumerate(found)
        ],
    )
    tables.execute("INSERT OR REPLACE INTO channel_lists VALUES (?, ?, ?, ?)", [source, place, *validators])
    line_up_anew(tables)


def keep_lists(tables: Tables, sources: Sequence[str]) -> None:
    """The lists there are, in the operator's order; what others told goes."""
    marks = ", ".join("?" * len(sources))
    for table in ("own_channels", "channel_lists"):
        tables.execute(f"DELETE FROM {table} WHERE source NOT IN ({marks})", list(sources))  # noqa: S608
    for place, source in enumerate(sources):
        tables.execute("UPDATE channel_lists SET place = ? WHERE source = ?", [place, source])
    line_up_anew(tables)


def line_up_anew(tables: Tables) -> None:
    """Put the line-up together again, after the catalogue or a list has changed.

    Of channels with one id the first list's is taken; one with the address of a channel of the platform
    is that channel, and tells of it by which name guides know it.
    """
    before = {row[0]: tuple(row) for row in tables.execute(_ALL)}
    offered = _offered(tables)
    held = {ItemId(row[0]): Held(row[1], row[2]) for row in before.values()}
    wishes = [Wish(each.channel_id, _wish(each.number), each.is_platforms) for each in offered]
    numbers = numbered(wishes, held)
    changed = [row for each in offered if (row := _row(each, numbers)) != before.get(each.channel_id)]
    tables.conn.executemany(
        "INSERT OR REPLACE INTO line_up VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)", [row[:-1] for row in changed]
    )
    gone = [(channel_id,) for channel_id in before.keys() - numbers.keys()]
    tables.conn.executemany("UPDATE line_up SET gone = 1 WHERE channel_id = ? AND gone = 0", gone)
    if len(gone) > _GONE_MAX:
        tables.execute("DELETE FROM line_up WHERE gone = 1")


_ALL = f"SELECT channel_id, number, wish, {_TOLD}, gone FROM line_up"  # noqa: S608  a fixed text


@dataclass(frozen=True, slots=True)
class _Offered:
    channel_id: ItemId
    number: int | None
    title: str
    address: str
    group: str
    logo: str
    xmltv_id: str
    guide_name: str
    is_platforms: bool = False


def _channel(row: tuple[Any, ...]) -> Channel:
    channel_id, number, title, address, group, logo, xmltv_id, guide_name, gone = row
    return Channel(channel_id, number, title, address, group, logo, xmltv_id, guide_name, bool(gone))


def _offered(tables: Tables) -> list[_Offered]:
    own = [
        _Offered(*row)
        for row in tables.execute(
            f"SELECT channel_id, wish, {_TOLD} FROM own_channels"  # noqa: S608  likewise
            " JOIN channel_lists l USING (source) ORDER BY l.place, own_channels.place"
        )
    ]
    by_address = {each.address: each for each in reversed(own)}
    platforms = list(_platforms(tables, by_address))
    known = {each.channel_id for each in platforms}
    addresses = {each.address for each in platforms}
    found = list(platforms)
    for each in own:
        if each.channel_id not in known and each.address not in addresses:
            known.add(each.channel_id)
            found.append(each)
    return found


def _platforms(tables: Tables, listed: dict[str, _Offered]) -> Iterator[_Offered]:
    rows = tables.execute(
        "SELECT channel_id, number, title, playlist FROM channels WHERE gone = 0 ORDER BY number, channel_id"
    )
    for channel_id, number, title, address in rows:
        also = listed.get(address)
        more = ("",) * 4 if also is None else (also.group, also.logo, also.xmltv_id, also.guide_name)
        yield _Offered(channel_id, number, title, address, *more, is_platforms=True)


def _wish(number: int | None) -> int | None:
    return number if number is not None and 0 < number <= NUMBER_MAX else None


def _row(each: _Offered, numbers: dict[ItemId, Held]) -> tuple[object, ...]:
    held = numbers[each.channel_id]
    texts = (each.title, each.address, each.group, each.logo, each.xmltv_id, each.guide_name)
    return (each.channel_id, held.number, held.wish, *texts, 0)
