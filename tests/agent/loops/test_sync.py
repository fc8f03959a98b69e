"""Delivery to a city on a socket, whatever goes wrong on the way."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from agent.api.enrolment import enrol_box
from agent.clients.box_keys import BoxKeys
from agent.clients.municipal import MunicipalClient
from agent.loops.sync import IDLE_S, Sync
from agent.records.report import Report
from agent.records.slot import offset_s
from agent.settings import Settings
from agent.stores.delivery.epochs import current, take_seq
from agent.stores.delivery.outbox import put_record, read_delivery, record_at, refusals, settle, waiting
from agent.stores.disk.database import Database
from agent.stores.sessions.rejoining import emptied
from agent.stores.sessions.session_log import add_report
from study.health import Health
from study.record import Record, Refusal, StudyRecord, chain_start, chained
from study.units import Seq, StationNumber
from study.wire import decode
from tests.agent.television import Play, report
from tests.fakes.fake_city import ACCOUNT, CODE, STATION, Answer, FakeCity, said
from tests.fakes.fake_clock import FakeClock


@pytest.fixture
def client(city: FakeCity, clock: FakeClock) -> Iterator[MunicipalClient]:
    held = MunicipalClient(city.url, clock, connect_s=0.3, read_s=0.3)
    yield held
    held.close()


@pytest.fixture
def sync(mirrored: Database, client: MunicipalClient, clock: FakeClock, settings: Settings) -> Sync:
    keys = BoxKeys(settings.key_file)
    enrol_box(mirrored, client, clock, keys, ACCOUNT, CODE)
    return Sync(mirrored, client, clock, keys, settings, lambda _, ceiling: ceiling, lambda: None)


def study(database: Database, count: int, first: int = 0) -> None:
    for number in range(first, first + count):
        play = Play(f"p{number}", "5.1", number * 3_600_000)
        play.watch(30_000)
        play.leave()
        with database.writing() as tables:
            add_report(tables, Report.model_validate(report(number + 1, play)))


def left(database: Database) -> int:
    with database.reading() as tables:
        return waiting(tables)


def studied(city: FakeCity) -> list[int]:
    return [record.seq for record in city.held.values() if isinstance(record, StudyRecord)]


def studied_ms(record: Record) -> int:
    return record.played_ms if isinstance(record, StudyRecord) else -1


def run_until_idle(sync: Sync, clock: FakeClock) -> list[float]:
    waits: list[float] = []
    for _ in range(50):
        wait_s = sync.handle_one_run()
        if wait_s == IDLE_S:
            return waits
        waits.append(wait_s)
        clock.pass_ms(int(wait_s * 1000) + 1)
    raise AssertionError("never idle")


def test_everything_is_delivered_and_then_the_loop_rests(
    sync: Sync, mirrored: Database, city: FakeCity, clock: FakeClock
) -> None:
    study(mirrored, 10)
    assert run_until_idle(sync, clock) == [0.0]
    assert len(studied(city)) == 10
    assert left(mirrored) == 0
    assert len(city.bodies) == 1
    assert len(city.bodies[0]) < 2_000


@pytest.mark.parametrize(
    "fault",
    [
        lambda: said(500, "internal"),
        lambda: said(503, "busy"),
        lambda: said(429, "slow_down", Retry_After="1"),
        lambda: said(401, "bad_signature"),
        lambda: said(403, "unknown_key"),
        lambda: said(408, "timeout"),
        lambda: (200, {}, b"<html>please log in</html>"),
        lambda: (200, {}, b'{"ok": true}'),
        lambda: (404, {}, b"nginx"),
        lambda: (302, {"Location": "/portal"}, b""),
        lambda: None,
    ],
)
def test_after_any_passing_fault_the_same_bytes_go_again_and_count_once(
    sync: Sync, mirrored: Database, city: FakeCity, clock: FakeClock, fault: Callable[[], Answer | None]
) -> None:
    city.faults = [fault, fault]
    study(mirrored, 3)
    waits = run_until_idle(sync, clock)
    assert [wait > 0 for wait in waits] == [True, True, False]
    assert len(set(city.bodies)) == 1
    assert not any("portal" in call for call in city.calls)
    assert studied(city) == [2, 3, 4]
    assert left(mirrored) == 0


def test_waits_double_and_a_new_record_does_not_shorten_them(
    sync: Sync, mirrored: Database, city: FakeCity, clock: FakeClock
) -> None:
    city.faults = [lambda: said(503, "busy")] * 3
    study(mirrored, 1)
    waits = []
    for _ in range(3):
        waits.append(sync.handle_one_run())
        study(mirrored, 1, first=len(waits))
        assert sync.handle_one_run() == pytest.approx(waits[-1], abs=0.01)
        clock.pass_ms(int(waits[-1] * 1000) + 1)
    assert waits == [1.0, 2.0, 4.0]


def test_a_changed_network_shortens_the_wait_but_not_what_the_platform_asked_for(
    sync: Sync, mirrored: Database, city: FakeCity, clock: FakeClock
) -> None:
    city.faults = [lambda: said(503, "busy"), lambda: said(503, "busy", Retry_After="60")]
    study(mirrored, 1)
    assert sync.handle_one_run() == 1.0
    sync.network_changed()
    assert sync.handle_one_run() == 62.0
    sync.network_changed()
    assert sync.handle_one_run() == pytest.approx(62.0, abs=0.1)
    assert len(city.bodies) == 2


def test_a_timeout_halves_the_batch(
    sync: Sync, mirrored: Database, city: FakeCity, clock: FakeClock, client: MunicipalClient
) -> None:
    def slow() -> Answer | None:
        city.server_pause.wait(1.0)
        return said(503, "late")

    city.faults = [slow]
    study(mirrored, 7)
    run_until_idle(sync, clock)
    city.server_pause.set()
    assert len(city.held) == 8
    assert len(city.bodies) == 3


def test_a_record_refused_by_name_is_kept_and_the_rest_delivered(
    sync: Sync, mirrored: Database, city: FakeCity, clock: FakeClock
) -> None:
    city.refuse = lambda record: Refusal(Seq(3), "bad_facts", "不对") if record.seq == 3 else None
    study(mirrored, 3)
    run_until_idle(sync, clock)
    with mirrored.reading() as tables:
        assert refusals(tables) == (Refusal(Seq(3), "bad_facts", "不对"),)
        assert waiting(tables) == 0
    assert studied(city) == [2, 4]


def test_a_run_refused_as_a_whole_is_taken_apart_until_the_culprit_is_found(
    sync: Sync, mirrored: Database, city: FakeCity, clock: FakeClock
) -> None:
    from_here: list[Callable[[], Answer | None]] = [lambda: said(422, "poison", "毒")] * 3
    city.faults = from_here
    study(mirrored, 3)
    run_until_idle(sync, clock)
    with mirrored.reading() as tables:
        assert refusals(tables) == (Refusal(Seq(1), "poison", "毒"),)
    # Its number carries nothing, so that the platform's mark and the chain go on over it.
    assert [studied_ms(city.held[seq]) for seq in (1, 2, 3, 4)] == [0, 30_000, 30_000, 30_000]
    with mirrored.reading() as tables:
        assert current(tables).high_water == 4


def test_what_a_restored_platform_has_lost_is_delivered_again(
    sync: Sync, mirrored: Database, city: FakeCity, clock: FakeClock
) -> None:
    study(mirrored, 5)
    run_until_idle(sync, clock)
    held = dict(city.held)
    for lost in (4, 5, 6):
        del city.held[lost]
    study(mirrored, 1, first=5)
    run_until_idle(sync, clock)
    assert {seq: city.held[seq] for seq in held} == held
    assert sorted(city.held) == [1, 2, 3, 4, 5, 6, 7]
    again = decode(city.bodies[-1])
    start = chain_start(again.station, again.epoch)
    assert again.before == chained(start, [city.held[seq] for seq in (1, 2, 3)])
    assert left(mirrored) == 0


def test_a_platform_whose_mark_never_moves_is_not_flooded(
    sync: Sync, mirrored: Database, city: FakeCity, clock: FakeClock
) -> None:
    study(mirrored, 1)
    city.faults = [lambda: said(422, "poison", "毒")] * 3
    run_until_idle(sync, clock)
    study(mirrored, 2, first=1)
    run_until_idle(sync, clock)
    assert sorted(city.held) == [2, 3, 4]
    assert len(city.bodies) == 5


def test_what_went_ahead_by_usb_and_was_lost_there_is_missed_when_the_mark_stays_below_it(
    sync: Sync, mirrored: Database, city: FakeCity, clock: FakeClock
) -> None:
    study(mirrored, 2)
    with mirrored.writing() as tables:
        # A receipt says so; since then the platform was restored from an older copy.
        settle(tables, current(tables).number, 3, 3, [], None)
    run_until_idle(sync, clock)
    assert sorted(city.held) == [1, 2, 3]


def test_a_boot_without_an_anchor_asks_the_time_first(
    sync: Sync, mirrored: Database, city: FakeCity, clock: FakeClock
) -> None:
    run_until_idle(sync, clock)
    clock.reboot("boot-2")
    study(mirrored, 1)
    run_until_idle(sync, clock)
    assert "GET /v1/health" in city.calls
    assert [type(record).__name__ for record in city.held.values()] == [
        "AnchorRecord",
        "StudyRecord",
        "AnchorRecord",
    ]


def test_nobody_there_is_told_in_words(
    sync: Sync, mirrored: Database, clock: FakeClock, settings: Settings
) -> None:
    study(mirrored, 1)
    client = MunicipalClient("http://127.0.0.1:9", clock)
    keys = BoxKeys(settings.key_file)
    alone = Sync(mirrored, client, clock, keys, settings, lambda _, ceiling: ceiling, lambda: None)
    assert alone.handle_one_run() == 1.0
    client.close()
    with mirrored.reading() as tables:
        held = read_delivery(tables)
    assert (held.online, held.failures) == (False, 1)
    assert "连不上市平台" in held.words


def sizes(city: FakeCity) -> list[int]:
    return [len(decode(body).records) for body in city.bodies]


def test_an_interrupted_upload_sends_at_most_one_batch_again(
    sync: Sync,
    mirrored: Database,
    city: FakeCity,
    clock: FakeClock,
    client: MunicipalClient,
    settings: Settings,
) -> None:
    study(mirrored, 450)
    assert sync.handle_one_run() == 0.0
    city.faults = [lambda: None]
    sync.handle_one_run()
    # The agent starts anew: what was under way is in the database.
    keys = BoxKeys(settings.key_file)
    again = Sync(mirrored, client, clock, keys, settings, lambda _, ceiling: ceiling, lambda: None)
    run_until_idle(again, clock)
    assert sizes(city) == [200, 200, 200, 51]
    assert city.bodies[1] == city.bodies[2]
    assert len(set(city.bodies)) == 3
    assert len(studied(city)) == 450


def test_a_batch_halves_at_each_time_out_and_doubles_with_each_delivery(
    sync: Sync, mirrored: Database, city: FakeCity, clock: FakeClock
) -> None:
    def slow() -> Answer | None:
        city.server_pause.wait(1.6)
        return said(503, "late")

    study(mirrored, 31)
    city.faults = [slow, slow]
    run_until_idle(sync, clock)
    city.server_pause.set()
    assert sizes(city) == [32, 16, 8, 16, 8]
    with mirrored.reading() as tables:
        assert read_delivery(tables).batch == 64


@pytest.fixture
def spread(mirrored: Database, client: MunicipalClient, clock: FakeClock, settings: Settings) -> Sync:
    """The sync of a box among thousands."""
    keys = BoxKeys(settings.key_file)
    enrol_box(mirrored, client, clock, keys, ACCOUNT, CODE)
    wide = replace(settings, spread_s=60.0)
    return Sync(mirrored, client, clock, keys, wide, lambda _, ceiling: ceiling, lambda: None)


SLOT_S = offset_s(StationNumber(STATION["number"]), 60.0)


def test_after_a_class_each_station_delivers_in_its_slot_and_then_all_of_it(
    spread: Sync, mirrored: Database, city: FakeCity, clock: FakeClock
) -> None:
    study(mirrored, 250)
    assert spread.handle_one_run() == pytest.approx(SLOT_S, abs=0.01)
    clock.pass_ms(1_000)
    # Another record, and its kick, do not move the slot.
    study(mirrored, 1, first=250)
    assert spread.handle_one_run() == pytest.approx(SLOT_S - 1, abs=0.01)
    assert city.bodies == []
    clock.pass_ms(60_000)
    assert run_until_idle(spread, clock) == [0.0, 0.0]
    study(mirrored, 1, first=251)
    assert spread.handle_one_run() == pytest.approx(SLOT_S, abs=0.01)


def test_a_street_that_has_its_network_back_does_not_come_as_one(
    spread: Sync, mirrored: Database, city: FakeCity, clock: FakeClock
) -> None:
    city.faults = [lambda: said(503, "busy")]
    study(mirrored, 1)
    clock.pass_ms(int(1000 * spread.handle_one_run()) + 1)
    assert spread.handle_one_run() == 1.0
    spread.network_changed()
    assert spread.handle_one_run() == pytest.approx(SLOT_S, abs=0.01)


def test_the_box_tells_how_it_is_and_how_many_records_wait_behind_this_run(
    mirrored: Database, city: FakeCity, clock: FakeClock, client: MunicipalClient, settings: Settings
) -> None:
    keys = BoxKeys(settings.key_file)
    enrol_box(mirrored, client, clock, keys, ACCOUNT, CODE)
    health = Health("0.1.0", 5_120, 0, "platform", 1)
    telling = Sync(
        mirrored, client, clock, keys, settings, lambda *_: 0.0, lambda: None, health=lambda: health
    )
    study(mirrored, 250)
    run_until_idle(telling, clock)
    assert [told["Zhanxue-Backlog"] for told in city.told] == ["51", "0"]
    assert city.told[0]["Zhanxue-Health"] == (
        'version="0.1.0", free_mb=5120, refused=0, clock="platform", warnings=1'
    )


def test_a_session_that_goes_on_after_its_record_was_refused_still_replaces_its_first(
    sync: Sync, mirrored: Database, city: FakeCity, clock: FakeClock
) -> None:
    plays = [Play(f"p{n}", "5.1", n * 100_000) for n in range(3)]
    for number, play in enumerate(plays):
        play.watch(30_000)
        play.leave()
        with mirrored.writing() as tables:
            add_report(tables, Report.model_validate(report(number + 1, play)))
        city.faults = [lambda: said(422, "poison", "毒")] if number == 1 else []
        run_until_idle(sync, clock)
    held = [record for record in city.held.values() if isinstance(record, StudyRecord)]
    assert [(record.played_ms, record.replaces) for record in held] == [(30_000, None), (0, 2), (90_000, 2)]


def test_what_empties_a_joined_session_is_tried_until_the_platform_takes_it(
    sync: Sync, mirrored: Database, city: FakeCity, clock: FakeClock
) -> None:
    study(mirrored, 1)
    run_until_idle(sync, clock)
    with mirrored.writing() as tables:
        counted = record_at(tables, 1, Seq(2))
        assert isinstance(counted, StudyRecord)
        put_record(tables, replace(emptied(counted), seq=take_seq(tables)), 1)
    refused_thrice: list[Callable[[], Answer | None]] = [lambda: said(422, "poison", "毒")] * 3
    city.faults = refused_thrice
    waits = run_until_idle(sync, clock)
    assert [wait > 0 for wait in waits] == [False, True, True, False]
    last = city.held[3]
    assert isinstance(last, StudyRecord)
    assert (last.played_ms, last.replaces) == (0, 2)
