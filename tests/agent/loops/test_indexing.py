"""The index follows the tables, whatever becomes of them, and no reader waits for it."""

import threading
from pathlib import Path

import pytest

from agent.errors import DamagedDatabaseError
from agent.loops.indexing import Indexing
from agent.records.article_page import article_page_of
from agent.records.delta import delta_of
from agent.search.index import SearchIndex
from agent.stores.articles.headers import take_page
from agent.stores.courses.catalogue import apply_delta
from agent.stores.disk.database import Database
from agent.stores.disk.end_mark import End, EndMark
from study.units import BootId
from tests.agent.search.catalogue import found
from tests.fakes.fake_city import FakeCity

_PATIENCE_S = 5.0


def change(database: Database, *courses: dict[str, object], removed: tuple[str, ...] = ()) -> None:
    rows = {"courses": list(courses), "channels": [], "removed": list(removed)}
    with database.writing() as tables:
        apply_delta(tables, delta_of({"revision": 2, "since": 1, "full": False, **rows}, 1))


def test_what_the_mirror_brings_is_found_after_the_next_look(mirrored: Database, city: FakeCity) -> None:
    index = SearchIndex()
    indexing = Indexing(mirrored, index)
    assert indexing.handle_one_look() > 0
    assert found(index, "kc") == ["5", "6"]
    change(mirrored, {**city.courses[0], "title": "发酵床养猪"}, removed=("6",))
    assert found(index, "fjc") == []
    indexing.handle_one_look()
    assert found(index, "fjc") == ["5"]
    assert found(index, "kc") == []


def test_a_box_without_a_catalogue_finds_nothing_and_says_that_it_looked(database: Database) -> None:
    index = SearchIndex()
    Indexing(database, index).handle_one_look()
    assert index.is_ready
    assert found(index, "fjc") == []


def test_articles_stand_behind_courses_and_what_is_gone_is_not_found(
    mirrored: Database, city: FakeCity
) -> None:
    city.add_article("7", title="课程之外")
    city.add_article("8", title="科学种菜", published_on="2026-10-01")
    told = {"revision": 1, "since": 0, "full": True, "articles": city.articles, "removed": [], "next": ""}
    with mirrored.writing() as tables:
        take_page(tables, article_page_of(told))
    index = SearchIndex()
    indexing = Indexing(mirrored, index)
    indexing.handle_one_look()
    assert index.find(index.question("kc"), 0, 9).entries == (
        ("course", "5"),
        ("course", "6"),
        ("article", "7"),
    )
    assert found(index, "kxzc") == ["8"]
    assert found(index, "nky") == ["8", "7"]
    with mirrored.writing() as tables:
        tables.execute("UPDATE articles SET gone = 1 WHERE article_id = '8'")
    indexing.handle_one_look()
    assert found(index, "kxzc") == []


def test_nobody_waits_while_it_reads(mirrored: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    index = SearchIndex()
    follow = index.follow

    def others() -> None:
        with mirrored.reading() as tables:
            tables.execute("SELECT 1").fetchone()
        with mirrored.writing() as tables:
            tables.execute("UPDATE courses SET title = '改了'")

    def while_reading(entries: object) -> int:
        thread = threading.Thread(target=others, daemon=True)
        thread.start()
        thread.join(_PATIENCE_S)
        assert not thread.is_alive()
        return follow(entries)  # type: ignore[arg-type]

    monkeypatch.setattr(index, "follow", while_reading)
    Indexing(mirrored, index).handle_one_look()
    assert found(index, "改") == ["5", "6"]


def test_damage_that_it_meets_is_noted_for_the_next_start(tmp_path: Path) -> None:
    mark = EndMark(tmp_path / "last-end", BootId("b"))
    database = Database(tmp_path / "zhanxue.db", end=mark)
    with database.writing() as tables:
        root = tables.execute("SELECT rootpage FROM sqlite_master WHERE name = 'courses'").fetchone()[0]
        size = tables.execute("PRAGMA page_size").fetchone()[0]
        tables.execute("INSERT INTO courses VALUES ('5', '课', '', '', '', '', '', 1, 0)")
    database.close()
    with (tmp_path / "zhanxue.db").open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    database = Database(tmp_path / "zhanxue.db", end=mark)
    index = SearchIndex()
    with pytest.raises(DamagedDatabaseError):
        Indexing(database, index).handle_one_look()
    database.close()
    assert mark.read().end is End.DAMAGED
    assert not index.is_ready
