"""What was looked for is kept for a while, in order, and goes when somebody says so."""

from collections.abc import Iterator

import pytest

from agent.stores.disk.database import Database, Tables
from agent.stores.rescue.salvage import readable_rows, table_form
from agent.stores.searches import forget_searches, hot_words, note_search, recent_searches, words_to_keep


@pytest.fixture
def tables(database: Database) -> Iterator[Tables]:
    with database.writing() as held:
        yield held


def note(tables: Tables, *words: str) -> None:
    for one in words:
        note_search(tables, one)


def test_the_last_comes_first_and_none_twice(tables: Tables) -> None:
    note(tables, "养猪", "礼仪", "种菜", "养猪")
    assert recent_searches(tables) == ["养猪", "种菜", "礼仪"]


def test_hot_is_what_was_looked_for_again_and_again(tables: Tables) -> None:
    assert hot_words(tables) == []
    note(tables, "养猪", "礼仪", "种菜", "礼仪", "礼仪", "养猪")
    assert hot_words(tables) == ["礼仪", "养猪"]


def test_the_oldest_goes_when_there_are_too_many(tables: Tables) -> None:
    note(tables, "旧", "旧", *(f"新{n}" for n in range(100)))
    assert tables.execute("SELECT count(*) FROM searches").fetchone()[0] == 100
    assert hot_words(tables) == []
    assert recent_searches(tables)[0] == "新99"
    assert len(recent_searches(tables)) == 8


def test_one_or_all_are_forgotten(tables: Tables) -> None:
    note(tables, "养猪", "礼仪", "种菜", "种菜")
    forget_searches(tables, "礼仪")
    forget_searches(tables, "从未有过")
    assert recent_searches(tables) == ["种菜", "养猪"]
    forget_searches(tables, None)
    assert (recent_searches(tables), hot_words(tables)) == ([], [])


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("  发酵床\n养猪\t", "发酵床 养猪"),
        ("养\u202e猪\0", "养 猪"),
        ("\ud800\u200b\n", ""),
        ("长" * 500, "长" * 60),
        ("🐷 5G", "🐷 5G"),
    ],
)
def test_words_are_kept_as_a_screen_can_show_them(told: str, kept: str) -> None:
    assert words_to_keep(told) == kept
    assert words_to_keep(kept) == kept


def test_a_rebuilt_database_still_knows_them(tables: Tables) -> None:
    note(tables, "养猪", "5G", "养猪")
    found, is_whole = readable_rows(tables.conn, table_form(tables.conn, "searches"))
    assert is_whole
    assert [(row["words"], row["times"]) for row in found] == [("5G", 1), ("养猪", 2)]
