"""A box that is offline for long at a hundred sessions a day: bounded, and no slower at its end."""

import os
from pathlib import Path

from agent.stores.delivery.outbox import waiting
from tests.agent.stores.lived import COURSES, Lived, enrolled, later_boot, start
from tests.agent.television import Play

DAYS, A_DAY = int(os.environ.get("ZHANXUE_DAYS", "30")), 100
"""A whole year is asked for by the environment."""
DATABASE_BYTES_A_SESSION_MAX = 700
LOG_BYTES_A_SESSION_MAX = 180
FIRST_BYTES = 400_000
"""Schema, catalogue and what is kept free, whatever was watched."""
GROWTH_MAX = 1.2


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


def report_steps(box: Lived, play_id: str) -> int:
    """What twenty reports of a course that plays cost, in steps of SQLite's virtual machine."""
    play, steps = Play(play_id, "5.1", box.clock.mono_ms()), 0
    play.watch(5_000)

    def count() -> None:
        nonlocal steps
        steps += 1

    for _ in range(20):
        play.go_on(5_000)
        with box.database.writing() as tables:
            tables.conn.set_progress_handler(count, 1)
            box.take(tables, play)
    tables.conn.set_progress_handler(None, 0)
    box.clock.pass_ms(2_000_000)
    return steps


def test_long_offline(tmp_path: Path) -> None:
    box = enrolled(tmp_path / "box")
    one_day(box, 0)
    at_first = report_steps(box, "a" * 16)
    for day in range(1, DAYS):
        one_day(box, day * A_DAY)
    at_last = report_steps(box, "b" * 16)
    box.database.close()
    database_bytes = box.settings.database_file.stat().st_size
    log_bytes = (box.folder / "records.log").stat().st_size
    again = start(box.folder, later_boot())
    with again.database.reading() as tables:
        assert waiting(tables) >= DAYS * A_DAY
    assert database_bytes <= FIRST_BYTES + DATABASE_BYTES_A_SESSION_MAX * DAYS * A_DAY
    assert log_bytes <= LOG_BYTES_A_SESSION_MAX * DAYS * A_DAY
    assert 0 < at_last <= GROWTH_MAX * at_first
    again.database.close()
