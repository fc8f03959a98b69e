"""Work leaves the drawing thread and its result comes back to it."""

import logging
import queue
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from tvclient.background import Background
from tvclient.errors import AgentAway, TvError

WAIT_S = 5


@pytest.fixture
def turns() -> "queue.Queue[Callable[[], None]]":
    return queue.Queue()


@pytest.fixture
def background(turns: "queue.Queue[Callable[[], None]]") -> Iterator[Background]:
    made = Background(turns.put)
    made.begin()
    yield made
    made.stop()


def test_the_result_waits_for_the_drawing_thread_s_turn(
    background: Background, turns: "queue.Queue[Callable[[], None]]"
) -> None:
    got: list[int] = []
    background.run(lambda: 42, got.append)
    turn = turns.get(timeout=WAIT_S)
    assert got == []
    turn()
    assert got == [42]


def test_an_expected_error_goes_to_failed(
    background: Background, turns: "queue.Queue[Callable[[], None]]"
) -> None:
    def fail() -> int:
        raise AgentAway("不在")

    errors: list[TvError] = []
    background.run(fail, lambda _: None, errors.append)
    turns.get(timeout=WAIT_S)()
    assert [error.words for error in errors] == ["不在"] and errors[0].again


def test_a_defect_is_logged_told_in_words_and_the_pool_goes_on(
    background: Background,
    turns: "queue.Queue[Callable[[], None]]",
    caplog: pytest.LogCaptureFixture,
) -> None:
    errors: list[TvError] = []
    with caplog.at_level(logging.ERROR):
        background.run(lambda: 1 // 0, lambda _: None, errors.append)
        turns.get(timeout=WAIT_S)()
    assert "ZeroDivisionError" in caplog.text and "再试一次" in errors[0].words
    got: list[int] = []
    background.run(lambda: 1, got.append)
    turns.get(timeout=WAIT_S)()
    assert got == [1]


def test_nothing_is_delivered_after_stop(turns: "queue.Queue[Callable[[], None]]") -> None:
    background = Background(turns.put)
    background.begin()
    got: list[int] = []
    background.run(lambda: 1, got.append)
    turn = turns.get(timeout=WAIT_S)
    background.stop()
    turn()
    background.run(lambda: 2, got.append)
    assert got == [] and turns.empty()


def test_nothing_runs_before_the_beginning(turns: "queue.Queue[Callable[[], None]]") -> None:
    background = Background(turns.put)
    got: list[int] = []
    done: list[int] = []
    for number in (1, 2):
        background.run(partial(done.append, number), lambda _none, number=number: got.append(number))
    with pytest.raises(queue.Empty):
        turns.get(timeout=0.1)
    assert done == []

    background.begin()

    for _number in (1, 2):
        turns.get(timeout=WAIT_S)()
    assert sorted(done) == sorted(got) == [1, 2]
    background.stop()


def test_what_never_began_can_be_stopped(turns: "queue.Queue[Callable[[], None]]") -> None:
    background = Background(turns.put)
    background.run(lambda: 1, lambda _one: None)
    background.stop()
    assert turns.empty()
