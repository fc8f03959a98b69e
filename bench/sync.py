"""Records from box to platform over loopback, beside Kolibri pushing session logs to a second Kolibri."""

import os
import random
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from agent.clock import BootClock
from bench.box import Box
from bench.city import ACCOUNT, CODE, City
from bench.evening import Television
from bench.kolibri import VERSION, Kolibri, install
from bench.line import Line, Passed, passed
from bench.result import FOLDER, Target, write_result
from bench.years import copy_sessions, kept_sessions
from demo.house import free_port
from study.city_api import RECORDS
from study.local_api import STATUS
from study.units import HOUR_MS
from study.wire import RECORDS_MAX

ROUNDS = 3
COUNT = 10_000
FEW = 10
OTHER_CHUNK = 500
"""A full synchronisation of Kolibri's takes larger chunks than its ordinary one; told beside it."""
CUTS, CUT_AFTER_BYTES = 100, 3_000
WITHIN_S = 240
SOON = ("--retry-min-s", "1", "--retry-max-s", "2", "--shelf-gb", "0")
AT_ONCE = ("--retry-min-s", "0.05", "--retry-max-s", "0.1", "--shelf-gb", "0")


@contextmanager
def house(folder: Path, *settings: str) -> Iterator[tuple[Box, City, Line]]:
    """A box that is enrolled, with COUNT sessions to deliver; its platform; and the line, not open yet."""
    city = City(folder / "city")
    line = Line(free_port(), city.port)
    box = Box(folder / "box", f"http://127.0.0.1:{line.port}", *settings)
    copy_sessions(kept_sessions(FOLDER / "years", COUNT, waiting=None), box.database)
    try:
        city.start()
        with line.open():
            box.enrol(ACCOUNT, CODE)
        yield box, city, line
    finally:
        box.stop()
        city.stop()


def wait(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + WITHIN_S
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError(f"within {WITHIN_S} s not: {what}")
        time.sleep(0.1)


def waiting(box: Box) -> int:
    return int(box.ask(STATUS)["waiting"])


def held(city: City) -> int:
    """Study records that the platform holds."""
    connection = sqlite3.connect(f"file:{city.database}?mode=ro", uri=True)
    [[count]] = connection.execute("SELECT count(*) FROM records WHERE record_kind = 'study'").fetchall()
    connection.close()
    return int(count)


def measure_push(folder: Path) -> dict[str, Passed]:
    """Everything that waits, then ten more that were watched while the line was down."""
    with house(folder, *SOON) as (box, city, line):
        line.forget()
        with line.open():
            box.start()
            wait(lambda: waiting(box) == 0, "all delivered")
            whole, all_calls = passed(line.carried(RECORDS)), passed(line.connections)
        clock = BootClock()
        draw = random.Random(folder.name)  # noqa: S311
        evening = Television(clock.boot, draw, clock.mono_ms() + HOUR_MS, "few")
        for report in islice(evening.sessions(FEW), FEW):
            box.report(report)
        wait(lambda: waiting(box) == FEW, "ten wait")
        line.forget()
        with line.open():
            wait(lambda: waiting(box) == 0, "ten delivered")
            few = passed(line.carried(RECORDS))
        check_all_there(city, COUNT + FEW)
    return {"whole": whole, "whole_with_other_calls": all_calls, "few": few}


def measure_cut(folder: Path, whole_bytes: int) -> int:
    """How many runs travelled more than once when the line was cut half-way through."""
    with house(folder, *SOON) as (box, city, line):
        line.forget()
        line.cut_once_after(whole_bytes // 2)
        with line.open():
            box.start()
            wait(lambda: waiting(box) == 0, "all delivered after a cut")
        if line.cuts != 1:
            raise RuntimeError("the line was not cut")
        check_all_there(city, COUNT)
        sent = sum(path == RECORDS for one in line.connections for _, path in one.requests)
    return sent - needed_requests(box)


def needed_requests(box: Box) -> int:
    connection = sqlite3.connect(box.database)
    [[records]] = connection.execute("SELECT count(*) FROM records").fetchall()
    connection.close()
    return -(-int(records) // RECORDS_MAX)


def measure_interrupts(folder: Path) -> float:
    """By how many kB of 1000 bytes the box's database has grown after CUTS uploads that were cut."""
    with house(folder, *AT_ONCE) as (box, _, line):
        before = box.database.stat().st_size
        line.forget()
        line.cut_each_after(CUT_AFTER_BYTES)
        with line.open():
            box.start()
            wait(lambda: line.cuts >= CUTS, f"{CUTS} cuts")
        box.stop()
        if passed(line.carried(RECORDS)).requests < CUTS:
            raise RuntimeError("other calls were cut than those with records")
        return (box.database.stat().st_size - before) / 1000


def check_all_there(city: City, count: int) -> None:
    if held(city) != count:
        raise RuntimeError(f"the platform holds {held(city)} of {count} records")


class Peers:
    """Two Kolibris that hold the same facility."""

    def __init__(self, folder: Path) -> None:
        environment = FOLDER / "env"
        install(environment)
        self._box = Kolibri(environment, folder / "kolibri-box")
        self._city = Kolibri(environment, folder / "kolibri-city")
        self._box.provision()
        with self._box.serving() as port:
            self._city.pull_from(port)
        self._pushed = 0

    def push(self, count: int, chunk_size: int | None = None) -> Passed:
        """Make session logs on the one and push them to the other."""
        self._box.make_logs(count)
        line = Line(free_port(), self._city.port)
        with self._city.serving(), line.open():
            self._box.push_to(line.port, chunk_size)
        self._pushed += count
        if self._city.count_logs() != self._pushed:
            raise RuntimeError("Kolibri has lost session logs on the way")
        return passed(line.connections)


def peers(folder: Path) -> Peers | None:
    try:
        return Peers(folder)
    except (OSError, subprocess.CalledProcessError, RuntimeError) as error:
        print(f"Kolibri {VERSION} cannot be run here, so nothing is said about it: {error}", flush=True)
        return None


def run_rounds(folder: Path) -> tuple[dict[str, list[Any]], Passed | None]:
    """Everybody once a round, one after the other; the peer's other chunk size once at the end."""
    kolibri = peers(folder)
    measured: dict[str, list[Any]] = {"push": [], "kolibri": [], "resent": [], "growth_kb": []}
    for turn in range(1, ROUNDS + 1):
        measured["push"].append(pushed := measure_push(folder / f"push-{turn}"))
        if kolibri is not None:
            measured["kolibri"].append(kolibri.push(COUNT))
        whole_bytes = pushed["whole"].bytes
        measured["resent"].append(measure_cut(folder / f"cut-{turn}", whole_bytes))
        measured["growth_kb"].append(measure_interrupts(folder / f"interrupts-{turn}"))
        for name, ones in measured.items():
            print(f"round {turn} {name:10} {ones[-1] if ones else '-'}", flush=True)
    return measured, None if kolibri is None else kolibri.push(COUNT, OTHER_CHUNK)


def targets_of(measured: dict[str, list[Any]]) -> list[Target]:
    """Medians over the rounds, but the worst of what must never happen; no ratio without the peer."""

    def median(part: str, field: str) -> float:
        return float(statistics.median(getattr(one[part], field) for one in measured["push"]))

    targets = [
        Target("bytes_per_record", median("whole", "bytes") / COUNT, 30, "less"),
        Target("requests_10", max(one["few"].requests for one in measured["push"]), 1, "less"),
        Target("bytes_10", max(one["few"].bytes for one in measured["push"]), 2000, "less"),
        Target("resent_batches", max(measured["resent"]), 1, "less"),
        Target("growth_interrupts_kb", max(measured["growth_kb"]), 64, "less"),
    ]
    if not measured["kolibri"]:
        return targets
    theirs_s = statistics.median(one.seconds for one in measured["kolibri"])
    ratio = theirs_s / median("whole", "seconds")
    return [Target("records_vs_kolibri", ratio, 20, "more"), *targets]


def main() -> None:
    load_before = os.getloadavg()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as name:
        measured, other = run_rounds(Path(name))
    raw = {
        "records": COUNT,
        "kolibri": [asdict(one) for one in measured["kolibri"]],
        "kolibri_in_chunks_of_500": None if other is None else asdict(other),
        "ours": [{name: asdict(one) for name, one in ones.items()} for ones in measured["push"]],
        "ours_per_s": [COUNT / ones["whole"].seconds for ones in measured["push"]],
        "kolibri_per_s": [COUNT / one.seconds for one in measured["kolibri"]],
        "resent_batches": measured["resent"],
        "growth_interrupts_kb": measured["growth_kb"],
    }
    write_result("sync", ROUNDS, load_before, targets_of(measured), raw)


if __name__ == "__main__":
    main()
