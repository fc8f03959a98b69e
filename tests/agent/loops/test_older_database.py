"""A data folder that was copied back: nothing is lost, nothing counts twice, and the platform is alarmed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.api.enrolment import enrol_box
from agent.clients.box_keys import BoxKeys
from agent.clients.municipal import MunicipalClient
from agent.loops.sync import IDLE_S, Sync
from agent.records.delta import delta_of
from agent.records.report import Report
from agent.settings import Settings
from agent.stores.courses.catalogue import apply_delta
from agent.stores.delivery.epochs import all_epochs
from agent.stores.delivery.outbox import refusals, waiting
from agent.stores.disk.database import Database
from agent.stores.sessions.hours import month_hours
from agent.stores.sessions.session_list import last_sessions
from agent.stores.sessions.session_log import add_report
from municipal.database import select
from municipal.stores.alarms import all_alarms
from municipal.tables import records
from tests.agent.television import Play, report
from tests.fakes.fake_city import FakeCity
from tests.fakes.fake_clock import FakeClock
from tests.municipal.city import CODE, City, running_city

HOUR_MS = 3_600_000


class Box:
    """A box of the real platform whose data folder can be put back to what it was."""

    def __init__(self, folder: Path, city: City, courses: FakeCity) -> None:
        self._folder = folder
        self._clock = FakeClock()
        self._settings = Settings(folder, city.url, retry_min_s=1.0, spread_s=0.0)
        self._client = MunicipalClient(city.url, self._clock)
        self._reports = 0
        self.database = Database(self._settings.database_file)
        self._open()
        with self.database.writing() as tables:
            rows = {"courses": courses.courses, "channels": courses.channels}
            apply_delta(tables, delta_of({"revision": 1, "since": 0, "full": True, "removed": [], **rows}, 0))
        enrol_box(self.database, self._client, self._clock, self._keys, "v1", CODE)
        self.deliver()

    def _open(self) -> None:
        self._keys = BoxKeys(self._settings.key_file)
        self._sync = Sync(
            self.database, self._client, self._clock, self._keys, self._settings, lambda *_: 0.0, lambda: None
        )

    def close(self) -> None:
        self._client.close()
        self.database.close()

    def study(self, *lengths_ms: int, at_ms: int | None = None) -> None:
        """A session each, hours apart, or one at `at_ms`."""
        for ms in lengths_ms:
            self._reports += 1
            play = Play(f"p{self._reports}", "5.1", self._reports * HOUR_MS if at_ms is None else at_ms)
            play.watch(ms)
            play.leave()
            told = report(1, play, run_id=f"run-{self._reports}")
            with self.database.writing() as tables:
                add_report(tables, Report.model_validate(told))

    def deliver(self) -> None:
        """Until nothing waits."""
        for _ in range(30):
            if self._sync.handle_one_run() == IDLE_S:
                break
        with self.database.reading() as tables:
            assert waiting(tables) == 0

    def copy_to(self, folder: Path) -> None:
        self.database.close()
        shutil.copytree(self._folder, folder)
        self.database = Database(self._settings.database_file)
        self._open()

    def copy_back(self, folder: Path) -> None:
        self.database.close()
        shutil.rmtree(self._folder)
        shutil.copytree(folder, self._folder)
        self.database = Database(self._settings.database_file)
        self._open()

    def shown_ms(self) -> list[int]:
        """What each of the box's sessions counts that is not refused, by its own list."""
        with self.database.reading() as tables:
            entries = last_sessions(tables, 100)
        return sorted(entry["effective_ms"] for entry in entries if entry["state"] == "delivered")

    def month_ms(self) -> int:
        with self.database.reading() as tables:
            return month_hours(tables, "2026-11")["effective_ms"]


def counted_ms(city: City) -> list[int]:
    with city.database.reading() as connection:
        rows = connection.execute(select(records.c.effective_ms).where(records.c.stands & records.c.counted))
        return sorted(rows.scalars())


def alarms(city: City) -> set[str]:
    with city.database.reading() as connection:
        return {alarm.code for alarm in all_alarms(connection)}


@pytest.fixture
def real(tmp_path: Path) -> Iterator[City]:
    (tmp_path / "city").mkdir()
    with running_city(tmp_path / "city") as held:
        yield held


@pytest.fixture
def box(tmp_path: Path, real: City, city: FakeCity) -> Iterator[Box]:
    (tmp_path / "box").mkdir()
    held = Box(tmp_path / "box", real, city)
    yield held
    held.close()


def test_what_is_studied_after_copying_back_is_issued_again_in_a_new_epoch(
    box: Box, real: City, tmp_path: Path
) -> None:
    box.study(31_000, 32_000)
    box.deliver()
    box.copy_to(tmp_path / "copy")
    box.study(33_000, 34_000)
    box.deliver()
    box.copy_back(tmp_path / "copy")
    box.study(35_000, 36_000)
    box.deliver()
    assert counted_ms(real) == [31_000, 32_000, 33_000, 34_000, 35_000, 36_000]
    assert box.shown_ms() == [31_000, 32_000, 35_000, 36_000]
    assert "other_content" in alarms(real)
    with box.database.reading() as tables:
        assert len(all_epochs(tables)) == 2
        assert refusals(tables) == ()


def test_numbers_that_ran_further_than_the_copy_count_where_they_are(
    box: Box, real: City, tmp_path: Path
) -> None:
    box.copy_to(tmp_path / "copy")
    box.study(33_000)
    box.deliver()
    box.copy_back(tmp_path / "copy")
    box.study(35_000, 36_000, 37_000)
    box.deliver()
    assert counted_ms(real) == [33_000, 35_000, 36_000, 37_000]


def test_a_mark_beyond_the_last_number_is_enough(box: Box, real: City, tmp_path: Path) -> None:
    box.study(31_000)
    box.copy_to(tmp_path / "copy")
    box.deliver()
    box.study(32_000, 33_000)
    box.deliver()
    box.copy_back(tmp_path / "copy")
    # What the copy still has waiting is the same as what the platform holds.
    box.deliver()
    with box.database.reading() as tables:
        assert len(all_epochs(tables)) == 2
    box.study(34_000)
    box.deliver()
    assert counted_ms(real) == [31_000, 32_000, 33_000, 34_000]
    assert alarms(real) == set()


def test_of_a_session_that_went_on_only_the_last_record_goes_again(
    box: Box, real: City, tmp_path: Path
) -> None:
    box.copy_to(tmp_path / "copy")
    box.study(33_000, 34_000)
    box.deliver()
    box.copy_back(tmp_path / "copy")
    box.study(25_000, at_ms=HOUR_MS)
    box.study(26_000, at_ms=HOUR_MS + 60_000)
    box.deliver()
    assert counted_ms(real) == [33_000, 34_000, 51_000]


def test_a_number_that_another_session_has_taken_is_not_replaced(
    box: Box, real: City, tmp_path: Path
) -> None:
    box.copy_to(tmp_path / "copy")
    box.study(33_000)
    box.deliver()
    box.copy_back(tmp_path / "copy")
    # Its first record has the number that is taken; the one that replaces it has a free one.
    box.study(25_000, at_ms=50 * HOUR_MS)
    box.study(26_000, at_ms=50 * HOUR_MS + 60_000)
    box.deliver()
    assert counted_ms(real) == [33_000, 51_000]


def test_a_session_that_the_platform_holds_in_part_never_counts_twice(
    box: Box, real: City, tmp_path: Path
) -> None:
    box.study(25_000, at_ms=HOUR_MS)
    box.copy_to(tmp_path / "copy")
    box.study(33_000, 34_000)
    box.deliver()
    box.copy_back(tmp_path / "copy")
    box.study(26_000, at_ms=HOUR_MS + 60_000)
    box.deliver()
    assert counted_ms(real) == [25_000, 33_000, 34_000]
    with box.database.reading() as tables:
        assert [refusal.code for refusal in refusals(tables)] == ["other_content"]


def test_the_copy_may_come_back_twice(box: Box, real: City, tmp_path: Path) -> None:
    box.copy_to(tmp_path / "copy")
    for length_ms in (33_000, 34_000, 35_000):
        box.study(length_ms)
        box.deliver()
        box.copy_back(tmp_path / "copy")
    box.study(36_000)
    box.deliver()
    assert counted_ms(real) == [33_000, 34_000, 35_000, 36_000]
