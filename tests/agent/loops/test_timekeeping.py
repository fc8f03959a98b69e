"""The box's clock: taken from the kernel where a daemon keeps it, raised for TLS, never set back."""

import logging
from datetime import UTC, datetime

import pytest

from agent.clock import BUILT_ON
from agent.kernel_time import Disciplined
from agent.loops.timekeeping import LOOK_EVERY_S, Timekeeping
from agent.stores.dates.anchors import add_anchor
from agent.stores.dates.moments import anchors_of
from agent.stores.disk.database import Database
from agent.stores.sessions.closing import begin_boot
from study.anchor import Anchor, AnchorSource, to_utc_ms
from study.units import BootId, Milliseconds
from tests.fakes.fake_clock import NOVEMBER_UTC_MS, FakeClock
from tests.fakes.fake_kernel_time import FakeKernelTime

YEAR = 365 * 24 * 3_600_000
BUILT = to_utc_ms(BUILT_ON)


class Box:
    """A box whose system clock can be set, or not."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        self.database = database
        self.clock = clock
        self.kernel = FakeKernelTime()
        self.settings: list[int] = []
        self.allowed = True
        self.kicks = 0
        self.timekeeping = Timekeeping(database, clock, self.kernel, self.set_clock, self.kick)
        self.boots(clock.boot)

    def boots(self, boot: str) -> None:
        if boot != self.clock.boot:
            self.clock.reboot(boot)
        with self.database.writing() as tables:
            begin_boot(tables, BootId(boot))

    def set_clock(self, utc_ms: int) -> None:
        if not self.allowed:
            raise PermissionError(1, "Operation not permitted")
        self.settings.append(utc_ms)
        self.clock.wall_ms = utc_ms

    def kick(self) -> None:
        self.kicks += 1

    def hears(self, source: AnchorSource, utc_ms: int) -> None:
        anchor = Anchor(self.clock.boot, self.clock.mono_ms(), utc_ms, Milliseconds(20), source)
        with self.database.writing() as tables:
            assert add_anchor(tables, anchor)

    @property
    def anchors(self) -> list[Anchor]:
        with self.database.reading() as tables:
            return anchors_of(tables, self.clock.boot)


@pytest.fixture
def box(database: Database, clock: FakeClock) -> Box:
    return Box(database, clock)


def test_a_clock_in_1970_is_raised_to_when_the_program_was_built(box: Box) -> None:
    box.clock.wall_ms = 60_000
    assert box.timekeeping.handle_one_look() == LOOK_EVERY_S
    assert (box.settings, box.kicks) == ([BUILT], 1)
    box.timekeeping.handle_one_look()
    assert len(box.settings) == 1


def test_a_clock_is_raised_to_the_last_telling_of_an_earlier_boot(box: Box) -> None:
    box.hears(AnchorSource.PLATFORM, BUILT + 2 * YEAR)
    box.boots("next")
    box.clock.wall_ms = 0
    assert box.timekeeping.raise_clock()
    assert box.settings == [BUILT + 2 * YEAR]


def test_in_its_own_boot_a_telling_has_grown_with_the_time_that_passed(box: Box) -> None:
    box.hears(AnchorSource.PLATFORM, BUILT + YEAR)
    box.clock.pass_ms(90_000)
    box.clock.wall_ms = 0
    assert box.timekeeping.raise_clock()
    assert box.settings == [BUILT + YEAR + 90_000]


def test_a_receipt_on_a_stick_raises_the_clock(box: Box) -> None:
    box.clock.wall_ms = 0
    box.hears(AnchorSource.USB, BUILT + YEAR)
    assert box.timekeeping.raise_clock()
    assert box.settings == [BUILT + YEAR]


def test_a_clock_is_never_set_back(box: Box) -> None:
    box.hears(AnchorSource.PLATFORM, BUILT + YEAR)
    box.clock.wall_ms = BUILT + 40 * YEAR
    assert not box.timekeeping.raise_clock()
    assert box.settings == []


def test_a_clock_that_was_once_told_wrong_raises_nothing_after_it_was_put_right(box: Box) -> None:
    box.hears(AnchorSource.PLATFORM, BUILT + 9 * YEAR)
    box.boots("next")
    box.hears(AnchorSource.PLATFORM, BUILT + YEAR)
    box.clock.wall_ms = 0
    box.timekeeping.raise_clock()
    assert box.settings == [BUILT + YEAR]


def test_what_a_person_mistyped_is_forgotten_with_the_boot(box: Box) -> None:
    box.hears(AnchorSource.PHONE, BUILT + 9 * YEAR)
    box.boots("next")
    box.clock.wall_ms = 0
    box.timekeeping.raise_clock()
    assert box.settings == [BUILT]


def test_without_the_right_it_is_told_once_in_the_log_and_on_the_screen(
    box: Box, caplog: pytest.LogCaptureFixture
) -> None:
    box.clock.wall_ms, box.allowed = 0, False
    with caplog.at_level(logging.WARNING):
        box.timekeeping.handle_one_look()
        box.timekeeping.handle_one_look()
    assert len(caplog.records) == 1
    assert "时钟" in box.timekeeping.warning
    assert box.kicks == 0
    box.clock.wall_ms = NOVEMBER_UTC_MS
    box.timekeeping.handle_one_look()
    assert box.timekeeping.warning == ""


def test_without_the_setting_the_clock_stays_as_it_is(database: Database, clock: FakeClock) -> None:
    clock.wall_ms = 0
    assert not Timekeeping(database, clock, None, None, lambda: None).raise_clock()
    assert clock.wall_ms == 0


def test_a_kernel_clock_that_a_daemon_keeps_becomes_an_anchor_once(box: Box) -> None:
    box.timekeeping.handle_one_look()
    assert box.anchors == []
    box.kernel.told = Disciplined(NOVEMBER_UTC_MS, Milliseconds(7))
    box.timekeeping.handle_one_look()
    box.timekeeping.handle_one_look()
    [anchor] = box.anchors
    assert (anchor.utc_ms, anchor.error_ms, anchor.source) == (NOVEMBER_UTC_MS, 7, AnchorSource.NTP)


def test_the_platform_is_believed_before_ntp(box: Box) -> None:
    box.hears(AnchorSource.PLATFORM, NOVEMBER_UTC_MS)
    box.clock.pass_ms(3_600_000)
    box.kernel.told = Disciplined(NOVEMBER_UTC_MS + YEAR, Milliseconds(7))
    box.timekeeping.handle_one_look()
    assert len(box.anchors) == 1


@pytest.mark.parametrize("utc_ms", [0, BUILT - YEAR, to_utc_ms(datetime(2300, 1, 1, tzinfo=UTC))])
def test_an_ntp_that_tells_what_cannot_be_is_not_believed(box: Box, utc_ms: int) -> None:
    box.kernel.told = Disciplined(utc_ms, Milliseconds(7))
    box.timekeeping.handle_one_look()
    assert box.anchors == []


def test_an_ntp_behind_the_last_telling_of_the_platform_is_not_believed(box: Box) -> None:
    box.hears(AnchorSource.PLATFORM, BUILT + 2 * YEAR)
    box.boots("next")
    box.kernel.told = Disciplined(BUILT + YEAR, Milliseconds(7))
    box.timekeeping.handle_one_look()
    assert box.anchors == []
