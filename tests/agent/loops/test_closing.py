"""The closing loop: looks, closes what is silent, and wakes the delivery."""

from agent.loops.closing import LOOK_EVERY_S, Closing
from agent.records.report import Report
from agent.settings import Settings
from agent.stores.delivery.outbox import waiting
from agent.stores.disk.database import Database
from agent.stores.sessions.session_log import add_report
from tests.agent.television import Play, report
from tests.fakes.fake_clock import FakeClock


def test_one_look_after_a_reboot_closes_what_was_open(
    mirrored: Database, clock: FakeClock, settings: Settings
) -> None:
    told: list[bool] = []
    play = Play("p1", "5.1", clock.mono_ms())
    play.watch(25_000)
    with mirrored.writing() as tables:
        add_report(tables, Report.model_validate(report(1, play)))
    clock.pass_ms(40_000)
    closing = Closing(mirrored, clock, settings, lambda: told.append(True))
    assert closing.handle_one_look() == LOOK_EVERY_S
    assert told == []
    clock.reboot("boot-2")
    Closing(mirrored, clock, settings, lambda: told.append(True)).handle_one_look()
    assert told == [True]
    with mirrored.reading() as tables:
        assert waiting(tables) == 1
