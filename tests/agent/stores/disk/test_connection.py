"""Connections to a database file."""

from pathlib import Path

from agent.stores.disk.connection import connected


def test_opening_a_database_writes_nothing_into_it(tmp_path: Path) -> None:
    """So that it opens on a disk without any room."""
    file = tmp_path / "zhanxue.db"
    first = connected(file)
    first.execute("CREATE TABLE held (one INTEGER)")
    log = file.with_name("zhanxue.db-wal")
    before = log.read_bytes()
    second = connected(file)
    assert log.read_bytes() == before
    assert second.execute("PRAGMA auto_vacuum").fetchone() == (2,)
    second.close()
    first.close()
