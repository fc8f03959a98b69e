"""A platform that does not know the reading of articles gets every hour all the same."""

from collections.abc import Iterator

import pytest

from agent.api.enrolment import enrol_box
from agent.clients.box_keys import BoxKeys
from agent.clients.municipal import MunicipalClient
from agent.loops.sync import IDLE_S, Sync
from agent.records.report import Report
from agent.settings import Settings
from agent.stores.delivery.outbox import refusals, waiting
from agent.stores.disk.database import Database
from agent.stores.sessions.session_log import add_report
from study.record import StudyRecord
from study.rules import Kind
from study.wire import Run, WireError, decode
from tests.agent.television import Play, report
from tests.fakes.fake_city import ACCOUNT, CODE, FakeCity
from tests.fakes.fake_clock import FakeClock


def decode_as_before(data: bytes) -> Run:
    run = decode(data)
    if any(isinstance(record, StudyRecord) and record.kind is Kind.ARTICLE for record in run.records):
        raise WireError("'article' is not a valid Kind")
    return run


@pytest.fixture
def sync(
    mirrored: Database,
    city: FakeCity,
    clock: FakeClock,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Sync]:
    monkeypatch.setattr("tests.fakes.fake_city.decode", decode_as_before)
    client = MunicipalClient(city.url, clock)
    keys = BoxKeys(settings.key_file)
    enrol_box(mirrored, client, clock, keys, ACCOUNT, CODE)
    yield Sync(mirrored, client, clock, keys, settings, lambda _, ceiling: ceiling, lambda: None)
    client.close()


def test_only_the_readings_are_refused_and_the_hours_between_them_are_delivered(
    sync: Sync, mirrored: Database, city: FakeCity, clock: FakeClock
) -> None:
    for number in range(9):
        is_read = number % 3 == 1
        play = Play(f"p{number}", f"article:{number}" if is_read else "5.1", number * 3_600_000)
        play.kind = "article" if is_read else "vod"
        play.watch(30_000)
        play.leave()
        with mirrored.writing() as tables:
            add_report(tables, Report.model_validate(report(number + 1, play)))
    for _ in range(60):
        wait_s = sync.handle_one_run()
        if wait_s == IDLE_S:
            break
        clock.pass_ms(int(wait_s * 1000) + 1)
    with mirrored.reading() as tables:
        assert waiting(tables) == 0
        assert [refusal.code for refusal in refusals(tables)] == ["not_a_run"] * 3
    held = [record for record in city.held.values() if isinstance(record, StudyRecord)]
    assert sum(record.effective_ms for record in held) == 6 * 30_000
