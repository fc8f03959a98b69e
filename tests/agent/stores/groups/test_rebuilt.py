"""Group studies when the box's database is lost, damaged, or an older copy of it comes back."""

from pathlib import Path

import pytest

from agent.clients.signing import box_key
from agent.stores.disk.database import Database
from agent.stores.groups.group_log import open_group, present
from agent.stores.rescue.backup import back_up, restore
from tests.agent.stores.groups.evening import SCREEN, Evening
from tests.agent.stores.lived import Lived, cut_off, enrolled, later_boot, start


@pytest.fixture
def box(tmp_path: Path) -> Lived:
    return enrolled(tmp_path / "box")


def evening_in(database: Database, boot: str = "boot-1") -> Evening:
    return Evening(database, boot)


def studied(box: Lived) -> Evening:
    """One evening, recorded: courses of an hour, of which more than twelve minutes must be seen."""
    evening = evening_in(box.database)
    evening.begins(10)
    evening.comes(12, 1, 2)
    evening.plays(20, 1_820)
    evening.ends(1_900)
    assert len(evening.records()) == 1
    return evening


def test_from_the_second_log_alone_its_record_comes_back_and_is_not_made_again(box: Lived) -> None:
    wanted = studied(box).records()
    box.database.close()
    (box.folder / "zhanxue.db").unlink()
    again = start(box.folder, later_boot())
    assert evening_in(again.database, "boot-2").records() == wanted
    again.database.close()


def test_with_damaged_numbers_it_is_not_recorded_twice(box: Lived, tmp_path: Path) -> None:
    wanted = studied(box).records()
    folder = cut_off(box, tmp_path / "cut")
    box.database.close()
    database = Database(folder / "zhanxue.db")
    with database.writing() as tables:
        # As an older page would have it: ended, not recorded yet.
        tables.execute("UPDATE groups SET seq = NULL, epoch_no = NULL")
    database.close()
    (folder / "last-end").write_text("damaged boot-1")
    again = start(folder, later_boot())
    assert evening_in(again.database, "boot-2").records() == wanted
    again.database.close()


def test_one_that_was_going_on_goes_on_in_the_rebuilt_database(box: Lived, tmp_path: Path) -> None:
    evening = evening_in(box.database)
    evening.begins(10)
    evening.comes(12, 1, 2)
    evening.plays(20, 1_820)
    folder = cut_off(box, tmp_path / "cut")
    box.database.close()
    (folder / "last-end").write_text("damaged boot-1")
    again = start(folder, later_boot())
    with again.database.reading() as tables:
        group = open_group(tables, SCREEN)
        assert group is not None
        assert present(tables, group["group_id"]) == [2, 1]
    later = evening_in(again.database, "boot-2")
    later.group_id = group["group_id"]
    later.plays(100, 1_000, "6.1")
    later.ends(1_100)
    # The first session's record is of an earlier epoch: it is told without its number.
    [record] = later.records()
    assert [part.session > 0 for part in record.parts] == [False, True]
    assert later.people() == {1: 2_700, 2: 2_700}
    again.database.close()


def test_an_older_copy_that_comes_back_records_nothing_that_the_box_has_recorded_since(
    box: Lived, tmp_path: Path
) -> None:
    box_key(box.settings.key_file)
    evening = evening_in(box.database)
    evening.begins(10)
    evening.comes(12, 1, 2)
    evening.plays(20, 1_820)
    copy = back_up(box.settings, tmp_path, lambda *_: None)
    evening.ends(1_900)
    wanted = evening.records()
    assert len(wanted) == 1
    box.database.close()
    restore(box.settings, copy.file, lambda *_: None)
    again = start(box.folder, later_boot())
    assert evening_in(again.database, "boot-2").records() == wanted
    with again.database.reading() as tables:
        assert open_group(tables, SCREEN) is None
    again.database.close()
