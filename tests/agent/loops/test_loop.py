"""A loop outlives its faults, wakes when kicked and ends when asked."""

import logging
import threading

import pytest

from agent.loops.loop import Loop
from agent.loops.network import Network


def test_a_kick_brings_the_next_turn_and_a_fault_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    turns = threading.Semaphore(0)
    loop = Loop("test")

    def turn() -> float:
        turns.release()
        raise RuntimeError("broken")

    with caplog.at_level(logging.CRITICAL):
        loop.start(turn)
        for _ in range(3):
            assert turns.acquire(timeout=5)
            loop.kick()
        loop.stop()
    assert loop.stopping


def test_a_loop_that_never_began_can_be_stopped() -> None:
    Loop("test").stop()


def test_only_a_change_of_routes_is_told() -> None:
    seen = iter([("a",), ("a",), ("a", "b"), ("a", "b")])
    told: list[bool] = []
    network = Network(lambda: next(seen), lambda: told.append(True))
    counts = []
    for _ in range(3):
        network.handle_one_look()
        counts.append(len(told))
    assert counts == [0, 1, 1]
