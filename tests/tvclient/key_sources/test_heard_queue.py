import threading

from tvclient.key_sources.heard_queue import LIMIT, HeardQueue
from tvclient.remote.key_signal import KeySignal, Phase, Standby

PRESS = KeySignal("/dev/input/event3", "evdev:KEY_OK", Phase.DOWN)
STANDBY = Standby("/dev/cec0")


def test_all_comes_out_in_order_with_one_wake() -> None:
    woken: list[int] = []
    queue = HeardQueue(lambda: woken.append(1))
    queue.put(PRESS)
    queue.put(STANDBY)
    assert len(woken) == 1
    assert queue.take() == ([PRESS, STANDBY], False)
    queue.put(PRESS)
    assert len(woken) == 2


def test_it_does_not_grow_while_nobody_looks_and_says_what_it_lost() -> None:
    woken: list[int] = []
    queue = HeardQueue(lambda: woken.append(1))
    for _ in range(100 * LIMIT):
        queue.put(PRESS)
    waiting, lost = queue.take()
    assert lost and len(waiting) <= LIMIT and len(woken) == 1
    queue.put(PRESS)
    assert queue.take() == ([PRESS], False) and len(woken) == 2


def test_standby_is_never_lost() -> None:
    for place in (0, LIMIT, LIMIT + 5):
        queue = HeardQueue(lambda: None)
        for number in range(2 * LIMIT):
            queue.put(STANDBY if number == place else PRESS)
        assert STANDBY in queue.take()[0]


def test_putting_from_another_thread() -> None:
    queue = HeardQueue(lambda: None)
    thread = threading.Thread(target=lambda: [queue.put(PRESS) for _ in range(100)])
    thread.start()
    thread.join()
    assert queue.take() == ([PRESS] * 100, False)
