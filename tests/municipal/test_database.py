"""The database under several hands, after a crash, and on a disk that says no."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import inspect

from municipal.__main__ import main
from municipal.arguments import DATABASE_VARIABLE
from municipal.database import Database, func, open_database, put, select
from municipal.errors import StorageError
from municipal.stores.stations import add_district, district_names
from municipal.tables import channel_addresses, districts, records, subtitles, thumbnails
from tests.municipal.city import Backend, beside, url_of


def count(database: Database) -> int:
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(districts)).scalar_one()


def test_two_programs_that_read_and_then_write_wait_for_each_other(database):
    other = beside(database)

    def add_many(part: tuple[str, Database]) -> None:
        name, opened = part
        for number in range(20):
            with opened.writing() as connection:
                add_district(connection, f"{name}{number}")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(add_many, [("甲", database), ("乙", other)]))
    with database.reading() as connection:
        positions = connection.execute(select(districts.c.position)).scalars().all()
    assert sorted(positions) == list(range(1, 44))
    other.close()


def test_what_fails_half_way_leaves_nothing(database):
    before = count(database)
    with pytest.raises(RuntimeError), database.writing() as connection:
        add_district(connection, "怀柔")
        raise RuntimeError
    assert count(database) == before


def test_a_reader_sees_one_moment_while_another_writes(database):
    with database.reading() as reader:
        before = district_names(reader)
        with database.writing() as writer:
            add_district(writer, "怀柔")
        assert district_names(reader) == before
    assert count(database) == len(before) + 1


ON_SQLITE = pytest.mark.parametrize("backend", [Backend.SQLITE], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("backend", [Backend.POSTGRESQL], indirect=True)


@ON_SQLITE
def test_a_database_that_another_program_holds_for_too_long_is_a_storage_error(database, tmp_path):
    holder = sqlite3.connect(tmp_path / "municipal.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with database.reading() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=1")
    with pytest.raises(StorageError), database.writing() as connection:
        add_district(connection, "怀柔")
    holder.close()


@ON_POSTGRESQL
def test_a_server_that_is_gone_is_a_storage_error_and_so_is_a_database_that_is_not_there(database):
    gone = open_database(url_of(database) + "&port=1")
    missing = open_database("postgresql+psycopg://postgres@/nowhere?" + url_of(database).partition("?")[2])
    for opened in (gone, missing):
        with pytest.raises(StorageError):
            count(opened)
        opened.close()


@ON_SQLITE
def test_sqlite_is_opened_durably(database):
    with database.reading() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "cell_size_check")
        }
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "cell_size_check": 1,
    }


def test_a_row_put_twice_is_one_row_with_the_later_values(database):
    with database.writing() as connection:
        for position in (70, 71):
            put(connection, districts, {"name": "怀柔", "position": position})
        found = connection.execute(districts.select().where(districts.c.name == "怀柔")).all()
    assert [row.position for row in found] == [71]


def test_a_database_of_an_older_version_gets_the_tables_it_lacks(database, monkeypatch):
    with database.writing() as connection:
        for table in (subtitles, thumbnails, channel_addresses):
            table.drop(connection)
        next(index for index in records.indexes if index.name == "records_bulletin").drop(connection)
        connection.exec_driver_sql("CREATE INDEX records_month ON records (month, station)")
    before = count(database)
    assert database.has_tables() and database.lacks_tables()
    monkeypatch.setenv(DATABASE_VARIABLE, url_of(database))
    assert main(["boxes"]) == 0
    assert not database.lacks_tables()
    assert count(database) == before
    with database.reading() as connection:
        names = {index["name"] for index in inspect(connection).get_indexes("records")}
    assert "records_bulletin" in names and "records_month" not in names
