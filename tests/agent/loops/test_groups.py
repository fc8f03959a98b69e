"""The loop of group studies: ends what nobody ended, names who was there, records, waits for keys."""

from collections.abc import Iterator
from stat import S_IMODE

import pytest

from agent.api.enrolment import enrol_box
from agent.clients.box_keys import BoxKeys
from agent.clients.municipal import MunicipalClient
from agent.clients.pseudonym_key import PseudonymKey
from agent.errors import RosterKeyError
from agent.loops.groups import LOOK_EVERY_S, WAIT_S, GroupKeeping
from agent.records.person import Person
from agent.settings import Settings
from agent.stores.disk.database import Database
from agent.stores.groups.silence import SILENT_MS
from agent.stores.roster.roster import Roster
from study.group.card import CardNumber
from study.group.pseudonym import pseudonym
from tests.agent.stores.groups.evening import SECOND, Evening
from tests.fakes.fake_city import ACCOUNT, CODE, FakeCity, said
from tests.fakes.fake_clock import FakeClock

CARDS = [CardNumber(f"11070100{n:02}") for n in range(3)]


class Box:
    """A box with three people in its roster, whose turns are run by the test."""

    def __init__(self, database: Database, city: FakeCity, clock: FakeClock, settings: Settings) -> None:
        self.database, self.city, self.clock, self.settings = database, city, clock, settings
        self.client = MunicipalClient(city.url, clock, connect_s=1.0, read_s=1.0)
        self.keys = BoxKeys(settings.key_file)
        self.roster = Roster(database, settings.roster_key_file)
        self.roster.take([Person(f"李秀芳{n}", card) for n, card in enumerate(CARDS)])
        self.recorded = 0
        self.keeping = self._new_keeping()
        self.evening = Evening(database, clock.boot)

    def _new_keeping(self) -> GroupKeeping:
        return GroupKeeping(
            *(self.database, self.client, self.clock, self.keys),
            PseudonymKey(self.settings.pseudonym_key_file),
            *(self.roster, self.settings, lambda _, most: most),
            when_recorded=self._note,
        )

    def begins_again(self) -> None:
        """As another run of the agent."""
        self.roster = Roster(self.database, self.settings.roster_key_file)
        self.keeping = self._new_keeping()

    def damage(self, member_id: int) -> bytes:
        """One bit of a row falls over; what it was."""
        with self.database.reading() as tables:
            query = "SELECT sealed FROM roster WHERE member_id = ?"
            whole = bytes(tables.execute(query, [member_id]).fetchone()[0])
        self.put_row(member_id, whole[:-1] + bytes([whole[-1] ^ 1]))
        return whole

    def put_row(self, member_id: int, data: bytes) -> None:
        with self.database.writing() as tables:
            tables.execute(
                "UPDATE roster SET sealed = ?, change = (SELECT max(change) + 1 FROM roster)"
                " WHERE member_id = ?",
                [data, member_id],
            )

    def _note(self) -> None:
        self.recorded += 1

    def enrol(self) -> None:
        enrol_box(self.database, self.client, self.clock, self.keys, ACCOUNT, CODE)

    def studies(self, *members: int) -> None:
        begin = self.clock.mono_ms() // SECOND
        self.evening.begins(begin)
        self.evening.comes(begin + 1, *members)
        self.evening.plays(begin + 2, begin + 62)
        self.evening.ends(begin + 70)
        self.clock.pass_ms(80 * SECOND)

    def names(self) -> list[str]:
        with self.database.reading() as tables:
            return [row[0] for row in tables.execute("SELECT pseudonym FROM group_pseudonyms ORDER BY 1")]


@pytest.fixture
def box(mirrored: Database, city: FakeCity, clock: FakeClock, settings: Settings) -> Iterator[Box]:
    held = Box(mirrored, city, clock, settings)
    yield held
    held.client.close()


def test_one_look_asks_for_the_key_names_and_records(box: Box) -> None:
    box.enrol()
    box.studies(1, 2)
    assert box.keeping.handle_one_look() == LOOK_EVERY_S
    assert box.recorded == 1
    assert box.names() == sorted(pseudonym(box.city.pseudonym_key, card) for card in CARDS[:2])
    assert S_IMODE(box.settings.pseudonym_key_file.stat().st_mode) == 0o600
    calls = box.city.calls.count("POST /v1/pseudonym-key")
    box.keeping.handle_one_look()
    assert (box.recorded, box.city.calls.count("POST /v1/pseudonym-key"), calls) == (1, 1, 1)


def test_before_enrolment_it_waits_and_nothing_is_lost(box: Box) -> None:
    box.studies(1)
    box.keeping.handle_one_look()
    assert (box.recorded, box.names()) == (0, [])
    box.enrol()
    box.keeping.handle_one_look()
    assert (box.recorded, len(box.names())) == (1, 1)


@pytest.mark.parametrize("status", [401, 404, 503])
def test_a_city_that_does_not_tell_the_key_is_asked_again_later(box: Box, status: int) -> None:
    box.enrol()
    box.studies(1)
    box.city.key_faults += [said(status, "not_now")] * 2
    tries = []
    for _ in range(4):
        assert box.keeping.handle_one_look() == LOOK_EVERY_S
        tries.append(box.city.calls.count("POST /v1/pseudonym-key"))
        box.clock.pass_ms(600)
    assert (tries, box.recorded) == ([1, 1, 2, 2], 0)
    box.clock.pass_ms(2 * SECOND)
    box.keeping.handle_one_look()
    assert box.recorded == 1


def test_a_key_that_is_torn_is_asked_for_again(box: Box) -> None:
    box.enrol()
    box.keeping.handle_one_look()
    box.settings.pseudonym_key_file.write_bytes(b"k" * 7)
    box.studies(1)
    box.keeping.handle_one_look()
    assert box.names() == [pseudonym(box.city.pseudonym_key, CARDS[0])]


def test_without_the_rosters_key_it_waits_instead_of_saying_that_nobody_was_there(box: Box) -> None:
    box.enrol()
    box.studies(1)
    key = box.settings.roster_key_file.read_bytes()
    box.settings.roster_key_file.unlink()
    box.roster.__init__(box.database, box.settings.roster_key_file)  # type: ignore[misc]
    with pytest.raises(RosterKeyError):
        box.roster.members()
    assert box.keeping.handle_one_look() == LOOK_EVERY_S
    box.clock.pass_ms(int(WAIT_S * 1000))
    assert box.recorded == 0
    box.settings.roster_key_file.write_bytes(key)
    box.keeping.handle_one_look()
    assert (box.recorded, len(box.names())) == (1, 1)


@pytest.mark.parametrize("is_key_away", [False, True])
def test_who_could_not_be_read_enters_the_record_once_the_row_opens_again(
    box: Box, is_key_away: bool
) -> None:
    box.enrol()
    whole = box.damage(2)
    box.studies(1, 2)
    box.keeping.handle_one_look()
    assert (box.recorded, len(box.names())) == (1, 1)
    key_file = box.settings.roster_key_file
    key = key_file.read_bytes()
    if is_key_away:
        key_file.unlink()
        box.begins_again()
        box.keeping.handle_one_look()
    box.put_row(2, whole)
    if is_key_away:
        key_file.write_bytes(key)
    box.keeping.handle_one_look()
    assert (box.recorded, len(box.names())) == (2, 2)
    box.keeping.handle_one_look()
    assert box.recorded == 2


def test_who_has_a_name_by_now_keeps_it_when_they_are_erased(box: Box) -> None:
    box.enrol()
    begin = box.clock.mono_ms() // SECOND
    box.evening.begins(begin)
    box.evening.comes(begin + 1, 1, 2)
    box.keeping.handle_one_look()
    box.roster.erase(1)
    box.evening.plays(begin + 2, begin + 62)
    box.evening.ends(begin + 70)
    box.keeping.handle_one_look()
    assert len(box.evening.records()[-1].attendees) == 2


def test_one_look_ends_what_nobody_went_on_with(box: Box) -> None:
    box.enrol()
    begin = box.clock.mono_ms() // SECOND
    box.evening.begins(begin)
    box.evening.comes(begin + 1, 1)
    box.evening.plays(begin + 2, begin + 62, leaves=True)
    box.clock.pass_ms(62 * SECOND + SILENT_MS - 1_000)
    box.keeping.handle_one_look()
    assert box.recorded == 0
    box.clock.pass_ms(1_000)
    box.keeping.handle_one_look()
    assert box.recorded == 1
    [record] = box.evening.records()
    assert record.ended.ms == (begin + 62) * SECOND


def test_names_and_numbers_are_in_no_log(box: Box, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    box.enrol()
    box.studies(1, 2, 3)
    box.keeping.handle_one_look()
    assert "recorded" in caplog.text
    assert not any(secret in caplog.text for secret in ("秀芳", *CARDS, *box.names()))
