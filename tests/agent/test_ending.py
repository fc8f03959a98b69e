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
