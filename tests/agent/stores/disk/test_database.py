"""The database's settings, migrations and faults."""

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database as Tables
from sqlite_utils.migrations import Migrations

from agent.errors import DiskFullError, UnusableDatabaseError
from agent.stores.delivery.epochs import EpochState, current, take_seq
from agent.stores.delivery.outbox import put_record
from agent.stores.disk.database import Database
from agent.stores.disk.log_filling import LogFilling
from agent.stores.disk.migrations import MIGRATIONS, migrate
from agent.stores.disk.record_log import RecordLog
from study.anchor import Anchor, AnchorSource
from study.record import AnchorRecord, chain_start
from study.units import BootId, Epoch, Milliseconds, MonotonicMs, Seq, StationNumber

ANCHOR = Anchor(BootId("b"), MonotonicMs(1), 1_800_000_000_000, Milliseconds(5), AnchorSource.PLATFORM)


def _all_steps() -> Migrations:
    """As many steps as a finished database has, by their names alone."""
    steps = Migrations("agent")
    for step in MIGRATIONS.pending(Tables(memory=True)):
        steps(name=step.name)(lambda tables: None)
    return steps


def test_every_commit_is_durable_and_checked(database: Database) -> None:
    with database.reading() as tables:
        held = {
            name: tables.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "cell_size_check", "busy_timeout")
        }
    assert held == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "cell_size_check": 1,
        "busy_timeout": 5000,
    }


def test_a_new_database_has_an_epoch_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    epochs = []
    for name in ("a.db", "b.db", "a.db"):
        database = Database(tmp_path / name)
        with database.reading() as tables:
            epochs.append(current(tables).epoch)
        database.close()
    assert epochs[0] == epochs[2] != epochs[1]
    assert len(epochs[0]) == 16


def test_numbers_have_no_gaps_when_a_transaction_fails(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as tables:
        take_seq(tables)
        raise RuntimeError
    with database.writing() as tables:
        assert [take_seq(tables), take_seq(tables)] == [1, 2]


def test_an_existing_database_is_copied_before_a_step(tmp_path: Path) -> None:
    file = tmp_path / "zhanxue.db"
    Database(file).close()
    later = _all_steps()
    later(name="9998_more")(lambda tables: tables.execute("CREATE TABLE more (a)") and None)
    tables = Tables(sqlite3.connect(file, isolation_level=None))
    migrate(tables, file, later)
    assert "more" in tables.table_names()
    tables.close()
    copy = Tables(tmp_path / "zhanxue.db.before-9998_more")
    assert "more" not in copy.table_names()
    assert "sessions" in copy.table_names()
    copy.close()


def test_records_of_the_first_version_stay_in_their_epoch_with_number_state_and_chain(tmp_path: Path) -> None:
    file = tmp_path / "zhanxue.db"
    tables = Tables(sqlite3.connect(file, isolation_level=None))
    first = Migrations("agent")
    first(name="0001_first")(next(iter(MIGRATIONS.pending(tables))).fn)
    migrate(tables, file, first)
    tables.execute("UPDATE box SET epoch = 'e1', next_seq = 4, chain = x'01', number = '7', type = 'village'")
    for seq, state in ((1, "delivered"), (2, "refused"), (3, "waiting")):
        tables.execute("INSERT INTO records VALUES (?, NULL, x'02', ?, 'c', 'w')", [seq, state])
    tables.close()
    database = Database(file)
    with database.reading() as tables:
        assert current(tables) == EpochState(
            1, Epoch("e1"), Seq(4), 2, b"\1", 0, 0, chain_start(StationNumber("7"), Epoch("e1"))
        )
        rows = tables.execute("SELECT epoch_no, seq, content, state, code, words FROM records").fetchall()
    database.close()
    assert rows == [
        (1, 1, b"\2", "delivered", "c", "w"),
        (1, 2, b"\2", "refused", "c", "w"),
        (1, 3, b"\2", "waiting", "c", "w"),
    ]


def test_a_step_that_fails_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "zhanxue.db"
    Database(file).close()
    broken = _all_steps()

    @broken(name="9998_more")
    def _more(tables: Tables) -> None:
        tables.execute("CREATE TABLE more (a)")
        raise RuntimeError

    tables = Tables(sqlite3.connect(file, isolation_level=None))
    with pytest.raises(RuntimeError):
        migrate(tables, file, broken)
    assert "more" not in tables.table_names()
    assert "9998_more" not in [step.name for step in broken.applied(tables)]
    tables.close()


def test_a_database_from_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "zhanxue.db"
    Database(file).close()
    later = _all_steps()
    later(name="9999_later")(lambda tables: None)
    tables = Tables(sqlite3.connect(file, isolation_level=None))
    migrate(tables, file, later)
    tables.close()
    with pytest.raises(UnusableDatabaseError, match="更新的版本"):
        Database(file)


def test_bytes_that_are_no_database_are_told_in_words(tmp_path: Path) -> None:
    file = tmp_path / "zhanxue.db"
    file.write_bytes(b"no database at all " * 1000)
    with pytest.raises(UnusableDatabaseError, match="已损坏"):
        Database(file)


def test_a_full_disk_is_told_and_changes_nothing(database: Database) -> None:
    with database.writing() as tables:
        pages = tables.execute("PRAGMA page_count").fetchone()[0]
        tables.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFullError), database.writing() as tables:
        for number in range(1000):
            tables.execute("INSERT INTO rankings VALUES (?, ?)", [str(number), "x" * 5000])
    with database.reading() as tables:
        assert tables.execute("SELECT count(*) FROM rankings").fetchone()[0] == 0


def test_the_log_beside_the_database_stays_small(database: Database) -> None:
    for number in range(300):
        with database.writing() as tables:
            tables.execute("INSERT INTO rankings VALUES (?, ?)", [str(number), "x" * 50_000])
    wal = database.file.with_name(database.file.name + "-wal")
    assert wal.stat().st_size < 8 * 1024 * 1024


def test_a_change_that_stands_is_no_failure_when_the_log_cannot_be_filled(tmp_path: Path) -> None:
    held = RecordLog(tmp_path / "records.log")
    database = Database(tmp_path / "zhanxue.db", LogFilling(held))
    with database.writing() as tables:
        # What the filling asks after the commit goes wrong.
        tables.execute("ALTER TABLE box RENAME TO hidden")
        put_record(tables, AnchorRecord(take_seq(tables), ANCHOR), None)
    assert held.last is None
    with database.writing() as tables:
        tables.execute("ALTER TABLE hidden RENAME TO box")
    assert held.last is not None
    assert held.last.seq == 1
    database.close()
