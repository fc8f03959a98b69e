"""A backup is whole or not there; a box made from one counts nothing twice and loses nothing of its own."""

import json
import stat
import zipfile
from pathlib import Path

import pytest

from agent.clients.signing import box_key
from agent.errors import BackupError
from agent.records.stored import record_of
from agent.settings import Settings
from agent.stores.box import read_box
from agent.stores.delivery.epochs import all_epochs
from agent.stores.disk.record_log import frames
from agent.stores.groups.group_log import Now, Plan, begin_group, check_in
from agent.stores.rescue.backup import back_up, restore
from study.group.attendance import Via
from study.record import StudyRecord
from study.units import BootId, MonotonicMs
from tests.agent.stores.lived import STATION, Lived, enrolled, later_boot, records, rows, start

BOOT = BootId("boot-1")


def silent(done: int, of: int) -> None:
    """Nobody watches the bar."""


@pytest.fixture
def box(tmp_path: Path) -> Lived:
    """30 sessions, 10 delivered, one open; its database is open."""
    held = enrolled(tmp_path / "box")
    box_key(held.settings.key_file)
    held.hear_time()
    for n in range(30):
        held.watch(n, 60_000)
    held.deliver(10)
    held.watch(1, 120_000, leave=False, play_id="a" * 16)
    return held


def test_a_backup_of_a_running_box_is_one_checked_file_for_its_owner_only(box: Lived, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    done = back_up(box.settings, tmp_path / "b.zip", lambda *at: steps.append(at))
    assert stat.S_IMODE(done.file.stat().st_mode) == 0o600
    assert (done.records, done.open_sessions) == (31, 1)
    assert steps[-1][0] == steps[-1][1] > 0
    with zipfile.ZipFile(done.file) as packed:
        assert set(packed.namelist()) == {"zhanxue.db", "station.key", "manifest.json"}
    assert sorted(file.name for file in tmp_path.iterdir()) == ["b.zip", "box"]
    box.database.close()


def test_a_new_box_made_from_it_is_the_station_with_its_key_and_all_that_was_closed(
    box: Lived, tmp_path: Path
) -> None:
    wanted = records(box.database)
    made = back_up(box.settings, tmp_path, silent)
    box.database.close()
    new = Settings(tmp_path / "new")
    new.data_folder.mkdir()
    other_key = box_key(new.key_file)
    told = restore(new, made.file, silent)
    assert (told.records, told.refilled, told.given_up_ms, told.is_key_restored) == (31, 0, 120_000, True)
    assert new.key_file.read_bytes() == box.settings.key_file.read_bytes()
    assert box_key(new.key_file) != other_key
    again = start(new.data_folder, later_boot())
    assert records(again.database) == wanted
    with again.database.reading() as tables:
        assert read_box(tables).station == STATION
        assert [state.next_seq for state in all_epochs(tables)] == [32, 1]
        assert all_epochs(tables)[0].settled == 10
    assert rows(again.database, "SELECT * FROM sessions WHERE open = 1") == []
    assert "不再计入" in rows(again.database, "SELECT words FROM notices")[0]["words"]
    again.database.close()
    logged = {(f.epoch, f.seq): f.content for f in frames(new.data_folder / "records.log") if f.seq}
    assert logged == wanted


def test_on_the_same_box_what_came_after_the_backup_stays_and_the_open_session_counts_once(
    box: Lived, tmp_path: Path
) -> None:
    made = back_up(box.settings, tmp_path, silent)
    for n in range(5):
        box.watch(n, 60_000)
    box.database.close()
    # The next start closes the session that was open when the backup was made.
    box = start(box.folder, later_boot())
    wanted = records(box.database)
    box.database.close()
    told = restore(box.settings, made.file, silent)
    assert (told.records, told.refilled, told.given_up_ms, told.is_key_restored) == (37, 6, 0, False)
    again = start(box.folder, later_boot("boot-3"))
    assert records(again.database) == wanted
    played = [r.played_ms for r in map(record_of, wanted.values()) if isinstance(r, StudyRecord)]
    assert sum(row["played_ms"] for row in rows(again.database, "SELECT * FROM sessions")) == sum(played)
    again.database.close()


def test_records_that_the_log_had_no_room_for_survive_a_restore(box: Lived, tmp_path: Path) -> None:
    made = back_up(box.settings, tmp_path, silent)
    box.watch(2, 60_000)
    wanted = records(box.database)
    box.database.close()
    log = box.folder / "records.log"
    log.write_bytes(log.read_bytes()[:-100])
    restore(box.settings, made.file, silent)
    again = start(box.folder, later_boot())
    assert records(again.database) == wanted
    again.database.close()


def test_a_backup_that_is_damaged_anywhere_is_refused_and_changes_nothing(box: Lived, tmp_path: Path) -> None:
    made = back_up(box.settings, tmp_path, silent)
    box.database.close()
    before = {file.name: file.read_bytes() for file in box.folder.iterdir() if file.is_file()}
    whole = made.file.read_bytes()
    bad = tmp_path / "bad.zip"
    for at in (0, 40, len(whole) // 3, len(whole) // 2, len(whole) - 30, len(whole) - 400):
        bad.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        try:
            restore(box.settings, bad, silent)
        except BackupError:
            continue
        pytest.fail(f"byte {at} went unseen")
    for size in (0, 100, len(whole) // 2, len(whole) - 1):
        bad.write_bytes(whole[:size])
        with pytest.raises(BackupError):
            restore(box.settings, bad, silent)
    assert {file.name: file.read_bytes() for file in box.folder.iterdir() if file.is_file()} == before


def test_another_stations_backup_is_refused(box: Lived, tmp_path: Path) -> None:
    made = back_up(box.settings, tmp_path, silent)
    box.database.close()
    other = enrolled(tmp_path / "other")
    with other.database.writing() as tables:
        tables.execute("UPDATE box SET number = '11010200002'")
    other.database.close()
    with pytest.raises(BackupError, match="不能恢复到本机"):
        restore(other.settings, made.file, silent)


def test_a_damaged_database_is_not_backed_up(box: Lived, tmp_path: Path) -> None:
    box.database.close()
    with (box.folder / "zhanxue.db").open("r+b") as out:
        out.seek(6 * 4096)
        out.write(bytes(4096 * 3))
    with pytest.raises(BackupError):
        back_up(box.settings, tmp_path / "b.zip", silent)
    assert not list(tmp_path.glob("b.zip*"))


def test_a_stick_that_is_not_there_gets_no_backup_in_its_place(box: Lived, tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    with pytest.raises(BackupError, match="请插好U盘"):
        back_up(box.settings, stick, silent)
    assert not stick.exists()


def test_an_empty_folder_has_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="没有"):
        back_up(Settings(tmp_path), tmp_path / "b.zip", silent)


def test_a_backup_from_a_newer_version_is_refused(box: Lived, tmp_path: Path) -> None:
    made = back_up(box.settings, tmp_path, silent)
    box.database.close()
    newer = tmp_path / "newer.zip"
    with zipfile.ZipFile(made.file) as packed, zipfile.ZipFile(newer, "w") as out:
        manifest = json.loads(packed.read("manifest.json"))
        manifest["steps"].append("9999_later")
        for name in manifest["sha256"]:
            out.writestr(name, packed.read(name))
        out.writestr("manifest.json", json.dumps(manifest))
    with pytest.raises(BackupError, match="更新的版本"):
        restore(box.settings, newer, silent)


def test_what_had_no_record_yet_is_counted_and_said(box: Lived, tmp_path: Path) -> None:
    with box.database.writing() as tables:
        group_id = begin_group(tables, "tv-1", Plan("free"), Now(BOOT, MonotonicMs(1)))
        check_in(tables, group_id, 7, Via.CARD, Now(BOOT, MonotonicMs(2)))
        begin_group(tables, "tv-2", Plan("free"), Now(BOOT, MonotonicMs(3)))  # nobody came: nothing is lost
        tables.execute(
            "INSERT INTO offline (boot_id, registered_ms, kind, title, place, day, begins, minutes, due)"
            " VALUES (?, 5, '讲座', '防火', '村委会', '2026-11-20', '19:00', 60, 1)",
            [BOOT],
        )
    made = back_up(box.settings, tmp_path, silent)
    box.database.close()
    told = restore(box.settings, made.file, silent)
    assert (told.given_up_groups, told.given_up_offline) == (1, 1)
    again = start(box.folder, later_boot())
    words = rows(again.database, "SELECT words FROM notices")[0]["words"]
    assert "1 场集体学习" in words and "1 条线下学习" in words
    again.database.close()
