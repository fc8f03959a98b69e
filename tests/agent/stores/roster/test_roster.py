"""The roster is kept, found and forgotten, and nobody reads it from the disk."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.errors import RosterError, RosterKeyError
from agent.records.person import Person
from agent.settings import Settings
from agent.stores.disk.database import Database
from agent.stores.rescue.backup import back_up, restore
from agent.stores.rescue.rebuilding import rebuild, take_place
from agent.stores.roster import members as members_module
from agent.stores.roster.members import read_members
from agent.stores.roster.roster import Roster, Taken
from study.group.card import CardNumber

LI = Person("李秀芳", CardNumber("79927398713"))
CHEN = Person("陈静", CardNumber("4539578763621486"))
WANG = Person("王小明", CardNumber("10000008713"))
UNKNOWN = CardNumber("18000000000")


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "roster.key"


@pytest.fixture
def roster(database: Database, key_file: Path) -> Roster:
    return Roster(database, key_file)


def names(roster: Roster) -> list[str]:
    return [member.name for member in roster.members().by_id.values()]


def on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def sealed_rows(database: Database) -> dict[int, bytes | None]:
    with database.reading() as tables:
        return dict(tables.execute("SELECT member_id, sealed FROM roster").fetchall())


def test_an_empty_roster_needs_no_key(roster: Roster, key_file: Path) -> None:
    assert names(roster) == []
    assert roster.with_card(LI.card) is None
    assert not key_file.exists()


def test_the_same_number_is_the_same_person(roster: Roster) -> None:
    assert roster.take([LI, CHEN]) == Taken(new=2, changed=0, same=0)
    before = roster.members().by_id
    assert roster.take([Person("李秀方", LI.card), CHEN, WANG]) == Taken(new=1, changed=1, same=1)
    assert names(roster) == ["李秀方", "陈静", "王小明"]
    assert list(roster.members().by_id)[:2] == list(before)
    assert roster.take([]) == Taken(0, 0, 0)


def test_whoever_is_on_no_later_list_stays(roster: Roster) -> None:
    roster.take([LI])
    roster.take([CHEN])
    assert names(roster) == ["李秀芳", "陈静"]


def test_found_by_the_last_digits_and_by_the_whole_number(roster: Roster) -> None:
    roster.take([LI, CHEN, WANG])
    assert [member.name for member in roster.ending("398713")] == ["李秀芳"]
    assert [member.name for member in roster.ending("8713")] == ["李秀芳", "王小明"]
    assert roster.ending("") == roster.ending("999999") == []
    found = roster.with_card(CHEN.card)
    assert found is not None and (found.name, found.is_visitor) == ("陈静", False)
    assert repr(found) == "Member(member_id=2)"


def test_a_visitor_is_kept_once_and_gets_a_name_with_a_later_list(roster: Roster) -> None:
    visitor = roster.visitor(UNKNOWN)
    assert visitor.is_visitor and roster.visitor(UNKNOWN) == visitor
    assert roster.take([Person("赵六", UNKNOWN)]) == Taken(0, 1, 0)
    found = roster.visitor(UNKNOWN)
    assert (found.member_id, found.name) == (visitor.member_id, "赵六")


def test_nothing_on_the_disk_says_who_it_is(roster: Roster, key_file: Path, tmp_path: Path) -> None:
    roster.take([LI, CHEN])
    roster.visitor(UNKNOWN)
    held = on_disk(tmp_path)
    for secret in (LI.name, LI.card, LI.card[-6:], CHEN.name, CHEN.card, UNKNOWN):
        assert secret.encode() not in held
        assert secret.encode("utf-16-le") not in held
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_key_that_root_has_made_is_the_service_s(roster: Roster, key_file: Path) -> None:
    os.chown(key_file.parent, 12_345, 12_346)
    roster.take([LI, CHEN])
    roster.erase(1)
    held = key_file.stat()
    assert (held.st_uid, held.st_gid, stat.S_IMODE(held.st_mode)) == (12_345, 12_346, 0o600)


def test_rows_of_one_length_and_no_two_alike(roster: Roster, database: Database) -> None:
    roster.take([LI, CHEN, Person(LI.name, WANG.card)])
    rows = [row for row in sealed_rows(database).values() if row is not None]
    assert len({len(row) for row in rows}) == 1 and len(set(rows)) == 3


def test_a_row_opens_in_its_own_place_only(roster: Roster, database: Database, key_file: Path) -> None:
    roster.take([LI, CHEN, WANG])
    with database.writing() as tables:
        tables.execute(
            "UPDATE roster SET sealed = (SELECT sealed FROM roster WHERE member_id = 2) WHERE member_id = 1"
        )
    found = Roster(database, key_file).members()
    assert (list(found.by_id), found.unreadable) == ([2, 3], frozenset([1]))


@pytest.mark.parametrize("harm", [b"", b"\x01", b"\x02" + b"0" * 99, b"\x01" + b"0" * 200])
def test_a_row_that_does_not_open_is_counted_and_the_others_are_there(
    roster: Roster, database: Database, harm: bytes
) -> None:
    roster.take([LI, CHEN])
    with database.writing() as tables:
        tables.execute("UPDATE roster SET sealed = ?, change = 99 WHERE member_id = 1", [harm])
    assert (names(roster), roster.members().unreadable) == (["陈静"], frozenset([1]))
    assert roster.take([LI]) == Taken(1, 0, 0)
    assert names(roster) == ["陈静", "李秀芳"]


def test_only_what_has_changed_is_opened(roster: Roster, monkeypatch: pytest.MonkeyPatch) -> None:
    roster.take([LI, CHEN])
    roster.members()
    looked: list[int] = []
    opened = members_module.opened

    def counted(keys: list[bytes], member_id: int, data: bytes) -> tuple[str, str] | None:
        looked.append(member_id)
        return opened(keys, member_id, data)

    monkeypatch.setattr(members_module, "opened", counted)
    assert roster.members() is roster.members()
    roster.visitor(UNKNOWN)
    roster.members()
    assert looked == [3]


def test_a_change_by_another_is_seen(roster: Roster, database: Database, key_file: Path) -> None:
    roster.take([LI])
    assert names(roster) == ["李秀芳"]
    other = Roster(database, key_file)
    other.take([Person("李芳", LI.card)])
    assert names(roster) == ["李芳"]
    other.take([CHEN])
    other.erase(1)
    assert names(roster) == ["陈静"]


def test_what_was_undone_is_not_seen(roster: Roster) -> None:
    def broken_off() -> Iterator[Person]:
        yield WANG
        raise KeyboardInterrupt

    roster.take([LI])
    with pytest.raises(KeyboardInterrupt):
        roster.take(broken_off())
    assert names(roster) == ["李秀芳"]
    roster.take([CHEN])
    assert names(roster) == ["李秀芳", "陈静"]


@pytest.mark.parametrize(
    "harm", [None, b"", b"short\n", b"g" * 64 + b"\n", bytes(range(256)), b"0" * 64 + b"\n"]
)
def test_without_its_key_the_roster_says_so_and_is_left_alone(
    roster: Roster, database: Database, key_file: Path, harm: bytes | None
) -> None:
    roster.take([LI, CHEN])
    kept = key_file.read_bytes()
    if harm is None:
        key_file.unlink()
    else:
        key_file.write_bytes(harm)
    lost = Roster(database, key_file)
    for use in (
        lost.members,
        lambda: lost.with_card(LI.card),
        lambda: lost.take([WANG]),
        lambda: lost.visitor(UNKNOWN),
        lambda: lost.export(1),
    ):
        with pytest.raises(RosterKeyError, match="备份") as told:
            use()
        assert not told.value.again
    key_file.write_bytes(kept)
    assert names(lost) == ["李秀芳", "陈静"]


def test_begun_anew_without_the_key_nobody_has_another_s_number(
    roster: Roster, database: Database, key_file: Path
) -> None:
    roster.take([LI, CHEN])
    key_file.unlink()
    lost = Roster(database, key_file)
    assert lost.take([LI, WANG], anew=True) == Taken(2, 0, 0)
    assert [(m.member_id, m.name) for m in lost.members().by_id.values()] == [(3, "李秀芳"), (4, "王小明")]
    assert lost.members().unreadable == frozenset()


def test_anew_gives_up_nobody_who_can_be_opened(roster: Roster) -> None:
    roster.take([LI])
    assert roster.take([LI], anew=True) == Taken(0, 0, 1)


def test_whoever_is_erased_is_gone_for_good(roster: Roster, database: Database, key_file: Path) -> None:
    roster.take([LI, CHEN])
    before, old_key = sealed_rows(database), key_file.read_bytes()
    database.fold()
    roster.erase(1)
    assert names(roster) == ["陈静"]
    held = on_disk(key_file.parent)
    for row in before.values():
        assert row is not None and row[1:] not in held
    assert old_key.strip() not in held
    assert sealed_rows(database)[1] is None
    for use in (roster.erase, roster.export):
        with pytest.raises(RosterError, match="没有编号 1"):
            use(1)
    # An id is never another's, and the same card begins anew.
    assert roster.take([LI]) == Taken(1, 0, 0)
    assert list(roster.members().by_id) == [2, 3]
    assert names(Roster(database, key_file)) == ["陈静", "李秀芳"]


def test_an_erasure_cut_off_before_the_old_key_goes_is_ended_by_the_next_change(
    roster: Roster, database: Database, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster.take([LI, CHEN])
    old_key = key_file.read_bytes()

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cutting:
        cutting.setattr("agent.stores.roster.roster.earlier_key_file", cut)
        cutting.setattr(Database, "fold", cut)
        with pytest.raises(KeyboardInterrupt):
            roster.erase(1)
    key_file.write_bytes(key_file.read_bytes() + old_key)
    again = Roster(database, key_file)
    assert names(again) == ["陈静"]
    again.take([WANG])
    assert old_key not in key_file.read_bytes()
    assert names(Roster(database, key_file)) == ["陈静", "王小明"]


def test_an_erasure_that_is_undone_leaves_everybody(
    roster: Roster, database: Database, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster.take([LI, CHEN])

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cutting:
        cutting.setattr("agent.stores.roster.roster._sealed_rows", cut)
        with pytest.raises(KeyboardInterrupt):
            roster.erase(1)
    assert names(Roster(database, key_file)) == ["李秀芳", "陈静"]
    roster.take([WANG])
    roster.erase(1)
    assert names(Roster(database, key_file)) == ["陈静", "王小明"]


def test_whoever_cannot_be_opened_can_be_erased(roster: Roster, database: Database, key_file: Path) -> None:
    roster.take([LI, CHEN])
    key_file.unlink()
    lost = Roster(database, key_file)
    lost.erase(1)
    lost.erase(2)
    assert lost.members().by_id == {}


def test_what_is_held_about_somebody_is_handed_out(roster: Roster) -> None:
    roster.take([LI])
    assert roster.export(1) == {"member_id": 1, "name": LI.name, "card": LI.card, "is_visitor": False}
    with pytest.raises(RosterError, match="没有编号 7"):
        roster.export(7)


def test_a_rebuilt_database_has_the_roster(roster: Roster, database: Database, key_file: Path) -> None:
    roster.take([LI, CHEN, WANG])
    roster.erase(2)
    database.close()
    file = database.file
    rebuild(file, file, file.with_name("records.log"), lambda found: "")
    take_place(file)
    rebuilt = Database(file)
    again = Roster(rebuilt, key_file)
    assert names(again) == ["李秀芳", "王小明"]
    again.take([CHEN])
    assert list(again.members().by_id) == [1, 3, 4]
    rebuilt.close()


def test_a_backup_brings_the_roster_to_a_fresh_box_and_back(
    roster: Roster, database: Database, key_file: Path, tmp_path: Path
) -> None:
    roster.take([LI, CHEN])
    stick = tmp_path / "stick"
    stick.mkdir()
    done = back_up(Settings(tmp_path), stick, lambda *_: None)
    old_key = key_file.read_bytes()
    roster.erase(1)
    database.close()
    for folder in (tmp_path, tmp_path / "fresh"):
        folder.mkdir(exist_ok=True)
        box = Settings(folder)
        restore(box, done.file, lambda *_: None)
        assert stat.S_IMODE(box.roster_key_file.stat().st_mode) == 0o600
        restored = Database(box.database_file)
        again = Roster(restored, box.roster_key_file)
        assert names(again) == ["李秀芳", "陈静"]
        assert box.roster_key_file.read_bytes() == old_key
        again.erase(1)
        assert not (folder / "roster.key.before-restore").exists()
        restored.close()


def test_a_look_from_outside(roster: Roster, database: Database, key_file: Path) -> None:
    roster.take([LI])
    with database.reading() as tables:
        assert [member.name for member in read_members(tables, key_file).by_id.values()] == ["李秀芳"]
