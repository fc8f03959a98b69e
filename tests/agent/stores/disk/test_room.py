"""A disk that fills up: what is given up, in which order, and never a record that still waits."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.data_folder import prepare
from agent.errors import AgentError, DiskFullError, UnusableDatabaseError
from agent.loops.housekeeping import Housekeeping
from agent.stores.articles.kept import KeptArticles
from agent.stores.courses.shelf import Shelf, Wanted
from agent.stores.disk.connection import connected
from agent.stores.disk.room import LOW_BYTES
from tests.agent.stores.articles.test_kept import made
from tests.agent.stores.disks import fill, free, read_only, small_disk
from tests.agent.stores.lived import Lived, enrolled, later_boot, records, rows, start
from tests.fakes.fake_clock import NOVEMBER_UTC_MS

DAY_MS = 86_400_000
MEGABYTE = 1024 * 1024


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", "280m") as folder:
        yield folder


@pytest.fixture
def box(disk: Path) -> Lived:
    """With ballast, old logs, 20 sessions delivered long ago, 20 waiting, and courses on the shelf."""
    held = enrolled(disk / "box")
    for n in range(20):
        held.watch(n, 60_000)
    held.hear_time()
    held.deliver(20, NOVEMBER_UTC_MS - 100 * DAY_MS)
    for n in range(20):
        held.watch(n, 60_000)
    Housekeeping(held.database, held.room, held.clock).handle_one_look()
    held.settings.log_folder.mkdir()
    for name in ("agent.log", "agent.log.1", "agent.log.2"):
        (held.settings.log_folder / name).write_bytes(bytes(MEGABYTE))
    _stock(held)
    return held


def _stock(box: Lived) -> None:
    kept = KeptArticles(box.settings.articles_folder, box.settings.articles_limit_bytes)
    with box.database.writing() as tables:
        kept.put_body(tables, *made(1))
    shelf = Shelf(box.settings.shelf_folder, box.settings.shelf_limit_bytes)
    with box.database.writing() as tables:
        tables.execute("UPDATE episodes SET sha256 = replace(hex(zeroblob(32)), '00', '0' || course_id)")
        for row in tables.execute("SELECT media, sha256, bytes FROM episodes").fetchall():
            wanted = Wanted(*row)
            shelf.file(wanted).write_bytes(bytes(wanted.bytes))
            shelf.put(tables, wanted)


def left(box: Lived) -> dict[str, int]:
    """What could still be given up."""
    return {
        "ballast": int((box.folder / "ballast").exists()),
        "logs": len(list(box.settings.log_folder.glob("*.log.*"))),
        "plays": rows(box.database, "SELECT count(*) AS n FROM plays")[0]["n"],
        "articles": len(list(box.settings.articles_folder.iterdir())),
        "courses": len(list(box.settings.shelf_folder.iterdir())),
    }


def test_it_is_given_up_in_order_and_the_records_that_wait_stay(box: Lived) -> None:
    waiting = {place: data for place, data in records(box.database).items() if place[1] > 20}
    seen = [left(box)]
    assert seen[0] == {"ballast": 1, "logs": 2, "plays": 40, "articles": 1, "courses": 4}
    tables = connected(box.settings.database_file)
    while box.room.give_up_next(tables):
        now = left(box)
        if now != seen[-1]:
            seen.append(now)
    tables.close()
    assert seen == [
        {"ballast": 1, "logs": 2, "plays": 40, "articles": 1, "courses": 4},
        {"ballast": 0, "logs": 2, "plays": 40, "articles": 1, "courses": 4},
        {"ballast": 0, "logs": 1, "plays": 40, "articles": 1, "courses": 4},
        {"ballast": 0, "logs": 0, "plays": 40, "articles": 1, "courses": 4},
        {"ballast": 0, "logs": 0, "plays": 20, "articles": 1, "courses": 4},
        {"ballast": 0, "logs": 0, "plays": 20, "articles": 0, "courses": 4},
        {"ballast": 0, "logs": 0, "plays": 20, "articles": 0, "courses": 3},
        {"ballast": 0, "logs": 0, "plays": 20, "articles": 0, "courses": 2},
        {"ballast": 0, "logs": 0, "plays": 20, "articles": 0, "courses": 1},
        {"ballast": 0, "logs": 0, "plays": 20, "articles": 0, "courses": 0},
    ]
    assert records(box.database).items() >= waiting.items()
    assert (box.settings.log_folder / "agent.log").exists()


def test_on_a_disk_that_others_fill_to_the_last_byte_reports_are_still_taken(disk: Path, box: Lived) -> None:
    fill(disk)
    assert free(disk) == 0
    for n in range(50):
        box.watch(n, 60_000)
    assert len([place for place in records(box.database) if place[1] > 20]) >= 70
    assert left(box)["ballast"] == 0
    assert left(box)["courses"] == 4
    assert free(disk) >= LOW_BYTES // 2


def test_the_ballast_comes_back_with_the_room(disk: Path, box: Lived) -> None:
    fill(disk)
    box.watch(1, 60_000)
    housekeeping = Housekeeping(box.database, box.room, box.clock)
    housekeeping.handle_one_look()
    assert left(box)["ballast"] == 0
    (disk / "somebody-elses").unlink()
    housekeeping.handle_one_look()
    assert (box.folder / "ballast").stat().st_blocks * 512 >= 16 * MEGABYTE


def test_with_nothing_left_to_give_up_a_report_is_refused_whole_and_taken_later(
    disk: Path, box: Lived
) -> None:
    tables = connected(box.settings.database_file)
    while box.room.give_up_next(tables):
        pass
    tables.close()
    fill(disk)
    before = records(box.database)
    with pytest.raises(DiskFullError):
        for n in range(3_000):
            box.watch(n, 60_000)
    held = records(box.database)
    assert held.items() >= {place: data for place, data in before.items() if place[1] > 20}.items()
    (disk / "somebody-elses").unlink()
    box.clock.pass_ms(120_000)
    box.watch(1, 60_000)
    assert len(records(box.database)) == len(held) + 1


@pytest.mark.parametrize("end", ["stopped", "cut off", "cut off without ballast"])
def test_it_starts_on_a_completely_full_disk(disk: Path, box: Lived, end: str) -> None:
    before = records(box.database)
    if end == "stopped":
        box.database.close()
    elif end != "cut off":
        (box.folder / "ballast").unlink()
    fill(disk)
    prepare(box.settings)
    again = start(box.folder, later_boot())
    assert records(again.database).items() >= {p: d for p, d in before.items() if p[1] > 20}.items()
    if end != "cut off without ballast":
        again.watch(1, 60_000)
    again.database.close()


def test_a_read_only_disk_is_told_in_one_sentence(disk: Path, box: Lived) -> None:
    box.database.close()
    with read_only(disk):
        with pytest.raises(AgentError, match="不能写入"):
            prepare(box.settings)
        with pytest.raises(UnusableDatabaseError, match="不能写入"):
            start(box.folder, later_boot())
    again = start(box.folder, later_boot())
    assert len(records(again.database)) == 41
    again.database.close()
