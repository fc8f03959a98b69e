"""A run ends for the first who asks, and a signal may come at any moment."""

import os
import signal
import threading

from agent.ending import DAMAGED, STOPPED, Ending
from agent.errors import DamagedDatabaseError, NoAnswerError, UnusableDatabaseError


def test_only_a_damaged_database_ends_the_run_and_the_first_to_ask_is_heard() -> None:
    ending = Ending()
    for error in (NoAnswerError("x"), UnusableDatabaseError("x"), DamagedDatabaseError("x")):
        ending.heard(error)
    ending._signalled(signal.SIGTERM, None)
    assert (ending.wait(), ending.wait()) == (DAMAGED, STOPPED)


def test_signals_that_come_in_the_midst_of_waiting_hang_nothing() -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    ending = Ending()
    ending.on_signals()
    try:
        for _ in range(300):
            sending = threading.Thread(target=os.kill, args=(os.getpid(), signal.SIGTERM))
            sending.start()
            assert ending.wait() == STOPPED
            sending.join()
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])


def test_a_signal_that_another_thread_takes_ends_the_wait() -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    ending, over = Ending(), threading.Event()
    ending.on_signals()

    def take_it() -> None:
        over.wait(0.2)  # the main thread waits by then
        signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
        over.wait(10)

    other = threading.Thread(target=take_it)
    other.start()
    try:
        assert ending.wait() == STOPPED
        assert other.is_alive()
    finally:
        over.set()
        other.join()
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])
