"""The line-up has every channel once, with a number of its own that stays."""

import pytest

from agent.records.channel_list import ListedChannel, channels_in
from agent.records.delta import delta_of
from agent.records.validators import Validators
from agent.stores.courses.catalogue import apply_delta, known_item
from agent.stores.disk.database import Database
from agent.stores.guide.line_up import (
    channel,
    channel_count,
    channels,
    keep_lists,
    list_validators,
    put_list,
)
from study.rules import Kind
from study.units import ItemId

A, B = "/a.m3u", "/b.m3u"


def listed(*names: str, **numbers: int) -> list[ListedChannel]:
    entries = [
        f'#EXTINF:-1 tvg-id="{name}" tvg-chno="{numbers.get(name, "")}",{name}\n{address(name)}\n'
        for name in names
    ]
    return channels_in(["#EXTM3U\n", *entries]).channels


def address(name: str) -> str:
    return f"http://10.0.0.1/{name.encode().hex()}"


def put(database: Database, source: str, found: list[ListedChannel]) -> None:
    with database.writing() as tables:
        put_list(tables, source, (A, B).index(source), found, Validators("t"))


def platform(database: Database, *rows: tuple[str, int, str], full: bool = True) -> None:
    told = [{"channel_id": i, "number": n, "title": f"平台{i}", "playlist": p} for i, n, p in rows]
    reply = {"revision": 2, "since": 0, "full": full, "courses": [], "channels": told, "removed": []}
    with database.writing() as tables:
        apply_delta(tables, delta_of(reply, 0))


def seen(database: Database) -> dict[int, str]:
    with database.reading() as tables:
        return {each.number: each.title for each in channels(tables, 0, 10_000)}


def test_the_platforms_and_the_stations_own_are_one(database: Database) -> None:
    platform(database, ("L1", 1, "/live/1/index.m3u8"), ("L2", 2, "/live/2/index.m3u8"))
    put(database, A, listed("甲", "乙", 甲=2, 乙=9))

    assert seen(database) == {1: "平台L1", 2: "平台L2", 3: "甲", 9: "乙"}


def test_doubled_and_missing_numbers_of_the_platform_are_put_right(database: Database) -> None:
    platform(database, ("L1", 5, "/live/1"), ("L2", 5, "/live/2"), ("L3", 0, "/live/3"))

    assert seen(database) == {5: "平台L1", 1: "平台L3", 2: "平台L2"}


def test_one_with_a_channels_address_is_that_channel_and_says_its_name_in_guides(
    database: Database,
) -> None:
    platform(database, ("L1", 1, address("a")))
    put(database, A, listed("a", "b"))

    assert seen(database) == {1: "平台L1", 2: "b"}
    with database.reading() as tables:
        found = channel(tables, ItemId("L1"))
    assert found is not None
    assert found.keys == ("id:a", "id:L1", "name:平台l1")


def test_of_one_channel_in_two_lists_the_first_list_is_taken(database: Database) -> None:
    put(database, B, listed("甲", "乙", 甲=8))
    put(database, A, listed("甲", 甲=5))
    assert seen(database) == {5: "甲", 1: "乙"}

    with database.writing() as tables:
        keep_lists(tables, [B, A])

    assert seen(database) == {8: "甲", 1: "乙"}


def test_a_list_that_no_operator_names_any_more_goes(database: Database) -> None:
    put(database, A, listed("甲"))
    put(database, B, listed("乙"))

    with database.writing() as tables:
        keep_lists(tables, [B])
        assert list_validators(tables, A) is None
        assert list_validators(tables, B) == Validators("t")

    assert seen(database) == {2: "乙"}


def test_numbers_stay_when_a_list_is_changed(database: Database) -> None:
    put(database, A, listed("甲", "乙", "丙"))
    put(database, A, listed("丙", "丁", "甲"))

    assert seen(database) == {1: "甲", 3: "丙", 4: "丁"}
    put(database, A, listed("甲", "乙", "丙"))
    assert seen(database) == {1: "甲", 2: "乙", 3: "丙"}


def test_a_channel_that_went_is_still_known_to_the_sessions_on_it(database: Database) -> None:
    put(database, A, listed("甲"))
    with database.reading() as tables:
        [only] = channels(tables, 0, 10)
    put(database, A, [])

    with database.reading() as tables:
        item = known_item(tables, ItemId(f"{only.channel_id}@1795345200"))
        assert channel_count(tables) == 0
    assert item is not None
    assert (item.kind, item.title, item.path) == (Kind.LIVE, "甲", address("甲"))


def test_five_thousand_channels_with_one_id_are_all_there(database: Database) -> None:
    text = "".join(f'#EXTINF:-1 tvg-id="x" tvg-chno="7",台\nhttp://10.0.0.1/{n}\n' for n in range(5_000))
    put(database, A, channels_in(["#EXTM3U\n", text]).channels)

    with database.reading() as tables:
        assert [each.number for each in channels(tables, 4_990, 100)] == list(range(4_991, 5_001))
        assert channel_count(tables) == 5_000


@pytest.mark.parametrize("first", [0, 3, 5_000])
def test_a_page_behind_the_end_is_empty(database: Database, first: int) -> None:
    put(database, A, listed("甲", "乙", "丙"))

    with database.reading() as tables:
        assert len(channels(tables, first, 10)) == max(0, 3 - first)
