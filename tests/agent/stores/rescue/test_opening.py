"""A start after damage: every closed record is there exactly once, under its id, whatever the files lost."""

import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from agent.errors import DamagedDatabaseError
from agent.records.stored import record_of
from agent.records.void import void
from agent.stores.box import read_box
from agent.stores.delivery.epochs import all_epochs, current
from agent.stores.delivery.outbox import put_in_place, record_at, take_run
from agent.stores.disk.notices import notices
from agent.stores.disk.record_log import frames
from study.record import Refusal, StudyRecord
from study.units import Seq
from tests.agent.stores.lived import STATION, Lived, cut_off, enrolled, later_boot, records, rows, start

PAGE = 4096
OPEN_MS = 600_000
DELIVERED = 100

Damage = Callable[[random.Random, bytearray], None]


@dataclass(frozen=True)
class Before:
    """What lay in the folder when the power went, and what it must come to."""

    folder: Path
    records: dict[tuple[str, int], bytes]
    epoch: str
    open_play: str

    def copy(self, to: Path) -> Path:
        return Path(shutil.copytree(self.folder, to))


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """200 sessions, half of them delivered, and one that is open."""
    box = enrolled(tmp_path_factory.mktemp("lived") / "box")
    box.hear_time()
    for n in range(200):
        box.watch(n, 60_000 + n)
    box.deliver(DELIVERED)
    return box


@pytest.fixture(scope="module")
def before(lived: Lived, tmp_path_factory: pytest.TempPathFactory) -> Before:
    lived.watch(1, OPEN_MS, leave=False, play_id="f" * 16)
    with lived.database.reading() as tables:
        epoch = current(tables).epoch
    folder = tmp_path_factory.mktemp("cut")
    return Before(cut_off(lived, folder / "box"), records(lived.database), epoch, "f" * 16)


@pytest.fixture(scope="module")
def folded(before: Before, tmp_path_factory: pytest.TempPathFactory) -> Before:
    """The same with everything in the database file itself."""
    folder = before.copy(tmp_path_factory.mktemp("folded") / "box")
    connection = sqlite3.connect(folder / "zhanxue.db")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    return Before(folder, before.records, before.epoch, before.open_play)


def started(folder: Path) -> Lived:
    return start(folder, later_boot())


def holds(box: Lived, before: Before) -> int:
    """Check what must hold after any loss. What is left of the session that was open."""
    held = records(box.database)
    assert {place: held.get(place) for place in before.records} == before.records
    seen = Counter(
        (r.boot, r.opened_ms, r.screen, r.item_id)
        for r in map(record_of, held.values())
        if isinstance(r, StudyRecord) and r.replaces is None
    )
    assert set(seen.values()) == {1}
    later = [record_of(data) for place, data in held.items() if place not in before.records]
    assert [r.played_ms for r in later if isinstance(r, StudyRecord)] in ([], [OPEN_MS])
    with box.database.reading() as tables:
        assert tables.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert tables.execute("PRAGMA foreign_key_check").fetchall() == []
        sessions = tables.execute(
            "SELECT count(*) FROM sessions WHERE open = 0 AND seq IS NOT NULL"
        ).fetchone()
        outgoing = take_run_of(box)
    assert sessions[0] == len([r for r in map(record_of, held.values()) if isinstance(r, StudyRecord)])
    assert outgoing is not None
    return sum(r.played_ms for r in later if isinstance(r, StudyRecord))


def take_run_of(box: Lived) -> object:
    with box.database.writing() as tables:
        return take_run(tables, read_box(tables))


def is_rebuilt(box: Lived) -> bool:
    with box.database.reading() as tables:
        return bool(notices(tables))


def test_a_cut_without_damage_changes_nothing_but_closes_what_was_open(
    before: Before, tmp_path: Path
) -> None:
    box = started(before.copy(tmp_path / "box"))
    assert holds(box, before) == OPEN_MS
    assert not is_rebuilt(box)
    with box.database.reading() as tables:
        assert current(tables).epoch == before.epoch
    box.database.close()


def spoil(file: Path, damage: Damage, seed: int) -> None:
    data = bytearray(file.read_bytes())
    damage(random.Random(seed), data)
    file.write_bytes(data)


def zeroed(chance: random.Random, data: bytearray) -> None:
    for _ in range(chance.choice((1, 1, 3))):
        page = chance.randrange(len(data) // PAGE)
        data[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)


def flipped(chance: random.Random, data: bytearray) -> None:
    for _ in range(chance.choice((1, 8, 64))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def overwritten(chance: random.Random, data: bytearray) -> None:
    start_at = chance.randrange(len(data) - 512)
    data[start_at : start_at + 512] = chance.randbytes(512)


def cut_short(chance: random.Random, data: bytearray) -> None:
    del data[chance.randrange(len(data)) :]


@pytest.mark.parametrize("damage", [zeroed, flipped, overwritten, cut_short])
@pytest.mark.parametrize("seed", range(12))
def test_damage_to_the_database_file(folded: Before, tmp_path: Path, damage: Damage, seed: int) -> None:
    folder = folded.copy(tmp_path / "box")
    spoil(folder / "zhanxue.db", damage, seed)
    box = started(folder)
    holds(box, folded)
    box.database.close()


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("damage", [zeroed, flipped, cut_short])
def test_damage_to_the_wal_loses_no_closed_record(
    before: Before, tmp_path: Path, damage: Damage, seed: int
) -> None:
    folder = before.copy(tmp_path / "box")
    spoil(folder / "zhanxue.db-wal", damage, seed)
    box = started(folder)
    holds(box, before)
    box.database.close()


def test_without_its_wal_the_database_is_older_than_the_log_and_filled_up(
    before: Before, tmp_path: Path
) -> None:
    folder = before.copy(tmp_path / "box")
    (folder / "zhanxue.db-wal").unlink()
    (folder / "zhanxue.db-shm").unlink()
    box = started(folder)
    holds(box, before)
    assert is_rebuilt(box)
    with box.database.reading() as tables:
        assert current(tables).epoch != before.epoch
    box.database.close()


@pytest.mark.parametrize("what_is_left", [(), ("-wal",), ("-wal", "-shm")])
def test_a_missing_database_is_made_anew_from_the_log(
    before: Before, tmp_path: Path, what_is_left: tuple[str, ...]
) -> None:
    folder = before.copy(tmp_path / "box")
    for ending in {"", "-wal", "-shm"} - set(what_is_left):
        (folder / f"zhanxue.db{ending}").unlink()
    box = started(folder)
    assert holds(box, before) == 0
    with box.database.reading() as tables:
        assert read_box(tables).station == STATION
        assert [row[0] for row in tables.execute("SELECT boot_id FROM boots ORDER BY ordinal")] == [
            "boot-1",
            "boot-2",
        ]
        placed = tables.execute("SELECT count(*) FROM sessions WHERE opened_utc_ms IS NOT NULL").fetchone()[0]
        [old, new] = all_epochs(tables)
    assert (old.epoch, old.next_seq, old.settled) == (before.epoch, len(before.records) + 1, 0)
    assert new.next_seq == 1
    assert placed == 200
    box.database.close()


def test_an_older_copy_put_in_its_place_gets_what_came_later_and_closes_nothing_twice(
    tmp_path: Path,
) -> None:
    box = enrolled(tmp_path / "box")
    box.watch(1, 60_000)
    play = box.watch(2, 60_000, leave=False)
    older = cut_off(box, tmp_path / "older")
    play.go_on(60_000)
    play.leave()
    with box.database.writing() as tables:
        box.take(tables, play)
    box.watch(3, 60_000)
    wanted = records(box.database)
    box.database.close()
    for ending in ("", "-wal", "-shm"):
        shutil.copy(older / f"zhanxue.db{ending}", box.folder)
    again = started(box.folder)
    assert records(again.database) == wanted
    assert [
        row["played_ms"] for row in rows(again.database, "SELECT * FROM sessions ORDER BY session_id")
    ] == [
        60_000,
        120_000,
        60_000,
    ]
    assert "比备用记录旧" in rows(again.database, "SELECT words FROM notices")[0]["words"]
    again.database.close()


def test_a_television_that_is_still_playing_goes_on_with_its_session_after_a_rebuilding(
    before: Before, tmp_path: Path
) -> None:
    folder = before.copy(tmp_path / "box")
    (folder / "last-end").write_text("damaged boot-1")
    box = start(folder)
    assert holds(box, before) == 0
    [session] = rows(box.database, "SELECT * FROM sessions WHERE open = 1")
    assert session["played_ms"] == OPEN_MS
    box.database.close()


def test_what_went_on_after_its_record_becomes_a_session_of_its_own(tmp_path: Path) -> None:
    box = enrolled(tmp_path / "box")
    first = box.watch(1, 60_000)
    box.clock.pass_ms(-600_000)
    second = box.watch(1, 90_000, leave=False)
    [session] = rows(box.database, "SELECT * FROM sessions")
    assert (session["played_ms"], session["open"]) == (150_000, 1)
    folder = cut_off(box, tmp_path / "cut")
    box.database.close()
    (folder / "last-end").write_text("damaged boot-1")
    again = started(folder)
    held = [record_of(data) for data in records(again.database).values()]
    assert [(r.played_ms, r.replaces) for r in held if isinstance(r, StudyRecord)] == [
        (60_000, None),
        (90_000, None),
    ]
    assert first.play_id != second.play_id
    again.database.close()


def test_killed_between_commit_and_log_the_log_is_filled_up_at_the_start(
    before: Before, tmp_path: Path
) -> None:
    folder = before.copy(tmp_path / "box")
    whole = (folder / "records.log").read_bytes()
    (folder / "records.log").write_bytes(whole[: len(whole) - 700])
    box = started(folder)
    holds(box, before)
    assert not is_rebuilt(box)
    box.database.close()
    logged = {(f.epoch, f.seq): f.content for f in frames(folder / "records.log") if f.seq}
    assert logged.items() >= before.records.items()


@pytest.mark.parametrize("is_damaged", [False, True])
def test_a_void_record_stays_void_though_the_log_has_the_refused_one(
    tmp_path: Path, is_damaged: bool
) -> None:
    lived = enrolled(tmp_path / "lived")
    for n in range(3):
        lived.watch(n, 60_000)
    with lived.database.writing() as tables:
        put_in_place(tables, 1, void(Refusal(Seq(2), "not_a_run", "读不懂"), record_at(tables, 1, Seq(2))))
    expected = records(lived.database)
    folder = cut_off(lived, tmp_path / "cut")
    lived.database.close()
    if is_damaged:
        (folder / "last-end").write_text("damaged boot-1", encoding="ascii")
    box = start(folder)
    assert is_rebuilt(box) == is_damaged
    assert records(box.database) == expected
    box.database.close()


def test_a_lost_log_is_made_anew(before: Before, tmp_path: Path) -> None:
    folder = before.copy(tmp_path / "box")
    (folder / "records.log").unlink()
    box = started(folder)
    holds(box, before)
    box.database.close()
    logged = {(f.epoch, f.seq): f.content for f in frames(folder / "records.log") if f.seq}
    assert logged.items() >= before.records.items()


@pytest.mark.parametrize("left", ["both", "wal gone", "database gone"])
def test_killed_while_a_rebuilt_database_takes_its_place(before: Before, tmp_path: Path, left: str) -> None:
    folder = before.copy(tmp_path / "box")
    (folder / "last-end").write_text("damaged boot-1")
    started(folder).database.close()
    file = folder / "zhanxue.db"
    file.replace(folder / "zhanxue.db.rebuilt")
    if left != "database gone":
        (folder / "zhanxue.db.damaged-1").replace(file)
    if left == "both":
        (folder / "zhanxue.db.damaged-1-wal").replace(folder / "zhanxue.db-wal")
    box = started(folder)
    assert holds(box, before) == OPEN_MS
    assert (folder / "zhanxue.db.damaged-1").exists()
    assert not (folder / "zhanxue.db.rebuilt").exists()
    box.database.close()


def test_damage_met_while_running_is_told_and_salvaged_at_the_next_start(
    folded: Before, tmp_path: Path
) -> None:
    folder = folded.copy(tmp_path / "box")
    started(folder).database.close()
    box = start(folder, later_boot("boot-3"))
    _spoil(folder / "zhanxue.db")
    with pytest.raises(DamagedDatabaseError, match="自动修复"):
        for table in ("sessions", "records", "plays", "intervals"):
            rows(box.database, f"SELECT * FROM {table}")  # noqa: S608  a name of this test
    box.database.close()
    assert (folder / "last-end").read_text().startswith("damaged")
    again = start(folder, later_boot("boot-4"))
    assert is_rebuilt(again)
    assert records(again.database).items() >= folded.records.items()
    again.database.close()
    assert (folder / "last-end").read_text().startswith("stopped")


def test_damage_done_while_it_was_off_is_met_at_the_start(folded: Before, tmp_path: Path) -> None:
    folder = folded.copy(tmp_path / "box")
    started(folder).database.close()
    _spoil(folder / "zhanxue.db")
    again = start(folder, later_boot("boot-3"))
    assert is_rebuilt(again)
    assert records(again.database).items() >= folded.records.items()
    again.database.close()


def _spoil(file: Path) -> None:
    with file.open("r+b") as out:
        for page in range(4, file.stat().st_size // PAGE):
            out.seek(page * PAGE)
            out.write(b"\x5a" * PAGE)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sessions SET kind = '6od' WHERE open = 1",
        "UPDATE _sqlite_migrations SET name = '0002_eqochs' WHERE name = '0002_epochs'",
        "UPDATE anchors SET source = 'plbtform'",
        "UPDATE progress SET covered = '[[0,'",
        "UPDATE epochs SET epoch = 'no epoch'",
        "UPDATE records SET content = CAST('[' AS BLOB)",
        "ALTER TABLE sessions RENAME COLUMN seq TO sex",
    ],
)
def test_a_wrong_value_in_a_whole_page_keeps_it_from_nothing(
    folded: Before, tmp_path: Path, statement: str
) -> None:
    folder = folded.copy(tmp_path / "box")
    connection = sqlite3.connect(folder / "zhanxue.db", isolation_level=None)
    connection.execute(statement)
    connection.close()
    box = started(folder)
    holds(box, folded)
    box.database.close()
