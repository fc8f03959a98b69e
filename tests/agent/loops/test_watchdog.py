"""The watchdog is fed only while everything turns."""

import logging
import threading
import time

import pytest

from agent.loops.loop import Loop
from agent.loops.watchdog import Watchdog
from agent.stores.disk.database import Database


class Manager:
    """Counts its meals."""

    fed = 0

    def feed(self) -> None:
        self.fed += 1


def test_it_is_fed_while_all_turn(database: Database) -> None:
    manager = Manager()
    watchdog = Watchdog(database, {"a": lambda: True}, manager.feed, 20.0)
    assert [watchdog.handle_one_look(), watchdog.handle_one_look()] == [20.0, 20.0]
    assert manager.fed == 2


def test_a_loop_that_hangs_lets_it_lapse(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    release, inside = threading.Event(), threading.Event()
    now_s = 0.0
    loop, manager = Loop("closing", turn_s_max=60.0, now_s=lambda: now_s), Manager()

    def turn() -> float:
        inside.set()
        release.wait(30)
        return 60.0

    loop.start(turn)
    assert inside.wait(5)
    watchdog = Watchdog(database, {loop.name: lambda: loop.is_alive}, manager.feed, 1.0)
    now_s = 59.0
    watchdog.handle_one_look()
    assert manager.fed == 1
    now_s = 61.0
    with caplog.at_level(logging.ERROR):
        watchdog.handle_one_look()
    assert manager.fed == 1
    assert "no sign of life from closing" in caplog.text
    release.set()
    loop.stop()


def test_a_long_turn_that_asks_whether_to_stop_is_alive() -> None:
    go_on, asked = threading.Semaphore(0), threading.Semaphore(0)
    now_s = 0.0
    loop = Loop("shelf", turn_s_max=60.0, now_s=lambda: now_s)

    def turn() -> float:
        while not loop.stopping:
            asked.release()
            go_on.acquire(timeout=30)
        return 60.0

    loop.start(turn)
    assert asked.acquire(timeout=5)
    now_s = 61.0
    assert not loop.is_alive
    go_on.release()
    assert asked.acquire(timeout=5)
    assert loop.is_alive
    loop.ask_to_stop()
    go_on.release()
    loop.stop()
    assert not loop.is_alive


def test_a_loop_that_waits_for_its_next_turn_is_alive_until_that_is_overdue() -> None:
    turned = threading.Semaphore(0)
    now_s = 0.0
    loop = Loop("sync", turn_s_max=60.0, now_s=lambda: now_s)

    def turn() -> float:
        turned.release()
        return 3_600.0

    loop.start(turn)
    assert turned.acquire(timeout=5)
    now_s = 3_599.0
    until_s = time.monotonic() + 5
    while not loop.is_alive and time.monotonic() < until_s:
        time.sleep(0.001)  # the turn has just returned
    assert loop.is_alive
    now_s = 2 * 3_600.0 + 60.0
    assert not loop.is_alive
    loop.stop()


def test_a_database_that_cannot_be_written_lets_it_lapse(database: Database) -> None:
    manager = Manager()
    watchdog = Watchdog(database, {}, manager.feed, 1.0)
    looking = threading.Thread(target=watchdog.handle_one_look)
    with database.writing():
        looking.start()
        looking.join(0.2)
        assert manager.fed == 0
    looking.join(5)
    assert manager.fed == 1
