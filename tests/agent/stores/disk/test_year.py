"""A box that is offline for a year at a hundred sessions a day: bounded, and no slower at its end."""

import time
from pathlib import Path
from statistics import quantiles

from agent.stores.delivery.outbox import waiting
from tests.agent.stores.lived import COURSES, Lived, enrolled, later_boot, start
from tests.agent.television import Play

DAYS, A_DAY = 365, 100
DATABASE_BYTES_MAX = 32_000_000
LOG_BYTES_MAX = 8_000_000
GROWTH_MAX = 1.5
START_S_MAX = 1.5


def one_day(box: Lived, first: int) -> None:
    """A hundred sessions of three stretches each, all opened and left."""
    with box.database.writing() as tables:
        for n in range(first, first + A_DAY):
            play = Play(
                f"{n * 0x9E3779B97F4A7C15 % (1 << 64):016x}", f"{COURSES[n % 4]}.1", box.clock.mono_ms()
            )
            for _ in range(3):
                play.watch(300_000)
                play.pause(5_000)
            play.leave()
            box.take(tables, play)
            box.clock.pass_ms(1_700_000)


def report_s(box: Lived, play_id: str) -> float:
    """The time of a report while a course plays, when nothing else is in its way."""
    play, took = Play(play_id, "5.1", box.clock.mono_ms()), []
    play.watch(5_000)
    for _ in range(200):
        play.go_on(5_000)
        before = time.perf_counter()
        with box.database.writing() as tables:
            box.take(tables, play)
        took.append(time.perf_counter() - before)
    box.clock.pass_ms(2_000_000)
    return quantiles(took, n=20)[0]


def test_a_year_offline(tmp_path: Path) -> None:
    box = enrolled(tmp_path / "box")
    one_day(box, 0)
    at_first_s = report_s(box, "a" * 16)
    for day in range(1, DAYS):
        one_day(box, day * A_DAY)
    at_last_s = report_s(box, "b" * 16)
    box.database.close()
    database_bytes = box.settings.database_file.stat().st_size
    log_bytes = (box.folder / "records.log").stat().st_size
    before = time.perf_counter()
    again = start(box.folder, later_boot())
    start_s = time.perf_counter() - before
    with again.database.reading() as tables:
        assert waiting(tables) >= DAYS * A_DAY
    assert database_bytes <= DATABASE_BYTES_MAX
    assert log_bytes <= LOG_BYTES_MAX
    assert at_last_s <= GROWTH_MAX * at_first_s
    assert start_s <= START_S_MAX
    again.database.close()
