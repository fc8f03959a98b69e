"""The stored sessions that bench/agent.py weighs are those that the store itself would have written."""

import sqlite3
from itertools import islice
from pathlib import Path

import pytest

from agent.stores.disk.database import Database
from bench.evening import one_day
from bench.plain import Plain, rows_of, writes_of
from bench.years import SHIFTED, STATION, stored_sessions
from study.record import chain_start, linked


@pytest.fixture
def file(tmp_path: Path) -> Path:
    held = tmp_path / "few.db"
    stored_sessions(held, 40, waiting=10)
    return held


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three times two days of five sessions."""
    for name, value in {"A_DAY": 5, "DAYS": 2, "PATTERN": 10, "SAMPLE": 30}.items():
        monkeypatch.setattr(f"bench.years.{name}", value)
    held = tmp_path / "many.db"
    stored_sessions(held, 30, waiting=4)
    return held


def value(file: Path, sql: str) -> object:
    connection = sqlite3.connect(file)
    [[found]] = connection.execute(sql).fetchall()
    connection.close()
    return found


def test_copies_have_numbers_of_their_own_and_fit_together(copied: Path) -> None:
    assert value(copied, "SELECT count(DISTINCT session_id) FROM sessions") == 30
    assert value(copied, "SELECT count(DISTINCT play_id) FROM plays") == 30
    assert value(copied, "SELECT count(DISTINCT boot_id) FROM boots") == 6
    assert value(copied, "SELECT count(*) = max(seq) FROM records") == 1
    assert value(copied, "SELECT next_seq - max(seq) FROM epochs, records") == 1
    assert value(copied, "SELECT count(*) FROM pragma_foreign_key_check") == 0
    assert value(copied, "SELECT * FROM pragma_integrity_check") == "ok"


def test_all_but_the_last_are_delivered_and_the_chain_stands_there(copied: Path) -> None:
    assert value(copied, "SELECT count(*) FROM records WHERE state = 'waiting'") == 4
    connection = sqlite3.connect(copied)
    [[epoch, chain, settled]] = connection.execute("SELECT epoch, chain, settled FROM epochs").fetchall()
    contents = [row[0] for row in connection.execute("SELECT content FROM records ORDER BY seq")]
    connection.close()

    assert chain == linked(chain_start(STATION.number, epoch), contents[:settled])
    assert len(contents) == settled + 4


def test_a_database_of_other_facts_than_the_records_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, number in {"A_DAY": 5, "DAYS": 2, "PATTERN": 10, "SAMPLE": 30}.items():
        monkeypatch.setattr(f"bench.years.{name}", number)
    monkeypatch.setitem(SHIFTED, "sessions", {**SHIFTED["sessions"], "played_ms": "played_ms + 1"})

    with pytest.raises(RuntimeError, match="not what the store would have written"):
        stored_sessions(tmp_path / "many.db", 30, waiting=4)


def test_plain_sqlite_writes_the_same_rows_as_the_store(tmp_path: Path, file: Path) -> None:
    files = [tmp_path / name for name in ("told.db", "plain.db")]
    for copy in files:
        copy.write_bytes(file.read_bytes())
    reports = list(islice(one_day(7), 5))
    told = Database(files[0])
    plain = Plain(files[1], told)
    for writes in writes_of(told, reports):
        plain.write(writes)
    plain.close()
    told.close()

    assert rows_of(files[0]) == rows_of(files[1])
    assert rows_of(files[0]) != rows_of(file)
