"""What the benchmarks say about processor time and memory."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bench.processor import measure, resident_mb


@contextmanager
def running(*command: str) -> Iterator[None]:
    child = subprocess.Popen(command)
    try:
        yield
    finally:
        child.kill()
        child.wait()


def test_a_busy_descendant_counts_under_its_name_and_an_idle_one_costs_nothing() -> None:
    with running("sh", "-c", "while :; do :; done"), running("sleep", "60"):
        cores = measure(0.3)

    assert 0.05 < cores["sh"] < 1.2
    assert cores["sleep"] == 0


def test_the_time_a_process_had_used_before_does_not_count() -> None:
    work = "i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done"
    with running("sh", "-c", f"{work}; exec sleep 60"):
        _wait_for("sleep")

        assert measure(0.2)["sleep"] == 0


def test_memory_of_a_descendant() -> None:
    with running("sleep", "60"):
        _wait_for("sleep")

        assert 0.1 < resident_mb()["sleep"] < 20


def test_memory_of_several_processes_of_one_name_is_added_up() -> None:
    with running("sleep", "60"):
        _wait_for("sleep")
        one = resident_mb()["sleep"]
        with running("sleep", "60"):
            _wait_for("sleep")

            assert resident_mb()["sleep"] > 1.5 * one


def test_threads_that_end_meanwhile_do_not_end_the_measuring() -> None:
    coming_and_going = "import threading\nwhile True: threading.Thread(target=int).start()"
    with running(sys.executable, "-c", coming_and_going):
        for _ in range(200):
            measure(0.001)


def _wait_for(name: str) -> None:
    while name not in measure(0.05):
        pass
