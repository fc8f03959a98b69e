"""A key makes way for another; cut off at any point, the next start ends it."""

from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.api.enrolment import enrol_box
from agent.clients.box_keys import BoxKeys
from agent.clients.municipal import MunicipalClient
from agent.clients.signing import Signer
from agent.errors import ApiError
from agent.loops.rotation import finish, rotate
from agent.loops.signer import signer_of
from agent.loops.sync import IDLE_S, Sync
from agent.records.report import Report
from agent.settings import Settings
from agent.stores.box import change_key, read_box
from agent.stores.delivery.epochs import current
from agent.stores.delivery.outbox import waiting
from agent.stores.disk.database import Database
from agent.stores.sessions.session_log import add_report
from tests.agent.television import Play, report
from tests.fakes.fake_city import ACCOUNT, CODE, STATION, Answer, FakeCity, said
from tests.fakes.fake_clock import FakeClock


class Box:
    """One box that is enrolled, started anew as often as a test wants."""

    def __init__(self, database: Database, city: FakeCity, clock: FakeClock, settings: Settings) -> None:
        self.database, self.city, self.clock, self.settings = database, city, clock, settings
        self.client = MunicipalClient(city.url, clock, connect_s=1.0, read_s=1.0)
        self.start()
        self.enrol()

    def start(self) -> None:
        """What a start of the agent reads anew."""
        self.keys = BoxKeys(self.settings.key_file)
        self.sync = Sync(
            self.database, self.client, self.clock, self.keys, self.settings, lambda *_: 0.0, lambda: None
        )

    def enrol(self, code: str = CODE) -> None:
        enrol_box(self.database, self.client, self.clock, self.keys, ACCOUNT, code)

    def rotate(self) -> str:
        return rotate(self.database, self.client, self.clock, self.keys)

    @property
    def key_id(self) -> str | None:
        with self.database.reading() as tables:
            return read_box(tables).key_id

    def delivers(self, number: int = 1) -> bool:
        """Whether what is studied now reaches the platform."""
        play = Play(f"p{number}", "5.1", number * 3_600_000)
        play.watch(30_000)
        play.leave()
        with self.database.writing() as tables:
            add_report(tables, Report.model_validate(report(number, play)))
        turns = [self.sync.handle_one_run() for _ in range(3)]
        with self.database.reading() as tables:
            return waiting(tables) == 0 and IDLE_S in turns


@pytest.fixture
def box(mirrored: Database, city: FakeCity, clock: FakeClock, settings: Settings) -> Iterator[Box]:
    held = Box(mirrored, city, clock, settings)
    yield held
    held.client.close()


def test_from_the_rotation_on_the_new_key_signs_and_the_old_file_is_gone(box: Box) -> None:
    assert box.rotate() == "key-2"
    assert box.city.replaced == {"key-1": "key-2"}
    box.start()
    assert box.delivers()
    assert box.key_id == "key-2"
    [kept] = box.settings.data_folder.glob("station.key*")
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_key_can_be_changed_again_and_again(box: Box) -> None:
    assert [box.rotate() for _ in range(3)] == ["key-2", "key-3", "key-4"]
    assert box.delivers()


def _made(box: Box) -> None:
    box.keys.begin()


def _asked(box: Box) -> None:
    """The platform has taken the key; the answer was lost."""
    made = box.keys.begin()
    signer = signer_of(box.database, box.clock, box.keys)
    assert signer is not None
    box.client.name_key(made.key, signer)


def _confirmed(box: Box) -> None:
    _asked(box)
    made = box.keys.next
    assert made is not None
    box.keys.confirm(made, "key-2")


def _noted(box: Box) -> None:
    _confirmed(box)
    with box.database.writing() as tables:
        change_key(tables, "key-2")


@pytest.mark.parametrize("until", [_made, _asked, _confirmed, _noted])
@pytest.mark.parametrize("again", [False, True])
def test_cut_off_at_any_point_the_next_start_ends_it(
    box: Box, until: Callable[[Box], None], again: bool
) -> None:
    until(box)
    box.start()
    if again:
        assert box.rotate() == "key-2"
    assert box.delivers()
    assert box.key_id == "key-2"
    assert box.keys.next is None
    assert box.city.replaced == {"key-1": "key-2"}


def test_a_key_that_the_platform_may_have_taken_is_never_dropped(box: Box) -> None:
    _asked(box)
    box.city.key_faults = [said(404, "no_such_door")] * 2
    with pytest.raises(ApiError):
        box.rotate()
    assert box.delivers()
    assert box.key_id == "key-2"


def test_a_key_that_the_platform_surely_has_not_taken_is_given_up(box: Box) -> None:
    box.city.key_faults = [said(400, "bad_key")]
    with pytest.raises(ApiError):
        box.rotate()
    assert box.keys.next is None
    assert box.delivers()
    assert box.key_id == "key-1"


def test_without_a_network_the_old_key_goes_on_and_the_change_waits(box: Box) -> None:
    away = MunicipalClient("http://127.0.0.1:9", box.clock)
    with pytest.raises(ApiError) as caught:
        rotate(box.database, away, box.clock, box.keys)
    away.close()
    assert (caught.value.status, caught.value.code) == (503, "no_network")
    assert box.key_id == "key-1"
    assert box.delivers()
    assert box.key_id == "key-2"


def test_a_run_under_way_while_the_key_changes_is_only_signed_anew(box: Box) -> None:
    def change_and_turn_away() -> Answer:
        box.rotate()
        return said(401, "key_replaced")

    box.city.faults = [change_and_turn_away]
    box.client, spare = MunicipalClient(box.city.url, box.clock), box.client
    assert box.delivers()
    spare.close()


def test_a_box_that_was_struck_off_is_told_so_and_enrols_again_as_the_same_station(box: Box) -> None:
    assert box.delivers(1)
    with box.database.reading() as tables:
        epoch = current(tables).epoch
    box.city.struck_off.add("key-1")
    with pytest.raises(ApiError) as caught:
        box.rotate()
    assert (caught.value.status, caught.value.code) == (403, "key_refused")
    assert not box.delivers(2)
    box.enrol()
    box.sync.network_changed()
    assert box.delivers(3)
    with box.database.reading() as tables:
        assert current(tables).epoch == epoch
    assert len(box.city.held) == 4
    assert "key-1" not in (box.key_id or "")


def test_a_box_whose_key_holds_is_not_enrolled_again(box: Box) -> None:
    with pytest.raises(ApiError) as caught:
        box.enrol()
    assert (caught.value.status, caught.value.code) == (409, "already")
    assert box.keys.next is None


def test_a_wrong_code_leaves_a_struck_off_box_as_it_was(box: Box) -> None:
    box.city.struck_off.add("key-1")
    with pytest.raises(ApiError) as caught:
        box.enrol("0000")
    assert (caught.value.status, caught.value.code) == (403, "wrong_code")
    box.enrol()
    assert box.delivers()


def test_a_box_does_not_change_its_station(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    box.city.struck_off.add("key-1")
    monkeypatch.setitem(STATION, "number", "110101002")
    with pytest.raises(ApiError) as caught:
        box.enrol()
    assert (caught.value.status, caught.value.code) == (409, "other_station")
    assert box.key_id == "key-1"


def test_a_box_that_is_nobodys_has_no_key_to_change(
    mirrored: Database, city: FakeCity, clock: FakeClock, settings: Settings
) -> None:
    client = MunicipalClient(city.url, clock)
    with pytest.raises(ApiError) as caught:
        rotate(mirrored, client, clock, BoxKeys(settings.key_file))
    client.close()
    assert (caught.value.status, caught.value.code) == (409, "not_enrolled")


def test_the_delivery_does_not_end_a_change_that_the_operator_is_at(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Thread] = []
    name_key = box.client.name_key

    def meanwhile(key: Ed25519PrivateKey, signer: Signer) -> str:
        asked.append(Thread(target=finish, args=(box.database, box.client, box.clock, box.keys)))
        if len(asked) == 1:
            asked[0].start()
            asked[0].join(0.2)
        return name_key(key, signer)

    monkeypatch.setattr(box.client, "name_key", meanwhile)
    assert box.rotate() == "key-2"
    asked[0].join()
    assert len(asked) == 1
    assert box.keys.next is None
    assert box.delivers()
