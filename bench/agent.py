"""What a report costs and what years of sessions weigh, beside plain sqlite3 writing the same rows."""

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from agent.clock import BootClock
from agent.records.report import Report
from agent.stores.disk.database import Database
from agent.stores.disk.log_filling import LogFilling
from agent.stores.disk.record_log import RecordLog
from agent.stores.rescue.opening import log_file
from agent.stores.sessions.session_log import add_report
from bench.box import Box
from bench.city import ACCOUNT, CODE, City
from bench.evening import Television
from bench.plain import Plain, rows_of, writes_of
from bench.processor import used_s
from bench.result import FOLDER, Target, write_result
from bench.years import copy_sessions, kept_sessions
from study.local_api import HOME, RECORD
from study.units import HOUR_MS

ROUNDS = 3
FEW, MANY = 1_000, 1_000_000
BLOCK, BLOCKS = 300, 6
HTTP_REPORTS = 500
NOBODY = "http://127.0.0.1:9"
SETTLED_S, IDLE_S = 12.0, 35.0

T = TypeVar("T")


def television(run: str) -> Television:
    """A television of this boot that begins where the clock stands."""
    clock = BootClock()
    draw = random.Random(run)  # noqa: S311  the same at every run
    return Television(clock.boot, draw, clock.mono_ms() + HOUR_MS, run)


def per_second(things: list[T], work: Callable[[T], object]) -> float:
    began = time.perf_counter()
    for thing in things:
        work(thing)
    return len(things) / (time.perf_counter() - began)


def taking(database: Database) -> Callable[[Report], None]:
    """The agent's own way of taking a report in, one durable transaction."""

    def take(report: Report) -> None:
        with database.writing() as tables:
            add_report(tables, report)

    return take


@contextmanager
def opened(files: Iterable[Path]) -> Iterator[list[Database]]:
    """As the agent's own process opens them, with the second log."""
    databases = [Database(file, LogFilling(RecordLog(log_file(file)))) for file in files]
    try:
        yield databases
    finally:
        for database in databases:
            database.close()


def measure_store(folder: Path, few: Path, turn: int) -> dict[str, float]:
    """Reports a second into the real store and, block by block beside it, the same rows by plain sqlite3."""
    files = [folder / name / "zhanxue.db" for name in ("told", "store", "plain")]
    for file in files:
        file.parent.mkdir()
        copy_sessions(few, file)
    reports = list(islice(television(f"store-{turn}").reports(), BLOCK * BLOCKS))
    rates: dict[str, list[float]] = {"store": [], "plain": []}
    with opened(files[:2]) as (told, store):
        writes = writes_of(told, reports)
        plain = Plain(files[2], store)
        for first in range(0, len(reports), BLOCK):
            rates["store"].append(per_second(reports[first : first + BLOCK], taking(store)))
            rates["plain"].append(per_second(writes[first : first + BLOCK], plain.write))
        plain.close()
    if rows_of(files[1]) != rows_of(files[2]):
        raise RuntimeError("plain sqlite3 did not write the same rows")
    ratio = statistics.median(
        ours / peers for ours, peers in zip(rates["store"], rates["plain"], strict=True)
    )
    statements = statistics.mean(map(len, writes))
    return {name: statistics.median(ones) for name, ones in rates.items()} | {
        "ratio": ratio,
        "writing_statements": statements,
    }


def measure_growth(folder: Path, kept: list[Path], turn: int) -> dict[str, float]:
    """What a report costs where many sessions are stored, over what it costs where few are.

    `reports` are those of every five seconds; `sessions` open, watch and leave in one report.
    """
    files = [folder / str(number) / "zhanxue.db" for number in range(len(kept))]
    for one, file in zip(kept, files, strict=True):
        file.parent.mkdir()
        copy_sessions(one, file)
    growth: dict[str, list[float]] = {"reports": [], "sessions": []}
    of = television(f"growth-{turn}")
    with opened(files) as (few, many):
        for _ in range(BLOCKS + 1):
            for kind, reports in (("reports", of.reports()), ("sessions", of.sessions(BLOCK))):
                told = list(islice(reports, BLOCK))
                rates = [per_second(told, taking(database)) for database in (few, many)]
                growth[kind].append(rates[0] / rates[1])
    # The first block finds nothing of the large file in memory.
    return {kind: statistics.median(ones[1:]) for kind, ones in growth.items()}


def measure_box(folder: Path, turn: int) -> dict[str, float]:
    """The real process on many sessions, offline as in the field: start, memory, rest, reports over HTTP.

    The start that is measured follows upon an end in good order; the one after a power cut looks over
    every page first.
    """
    box = Box(folder / "box", NOBODY)
    box.start()
    box.stop()
    try:
        found = {"start_s": box.start()}
        found["start_processor_s"] = used_s(box.pid)
        for page in (HOME, RECORD):
            found[f"{page.rpartition('/')[2]}_s"] = 1 / per_second([page], box.ask)
        reports = list(islice(television(f"http-{turn}").reports(), HTTP_REPORTS))
        found["http_reports_per_s"] = per_second(reports, box.report)
        found["rss_mb"] = box.resident_mb()
        found["idle_core"] = idle_core(box)
    finally:
        box.kill()
    found["start_after_power_cut_s"] = box.start()
    box.stop()
    return found


def measure_online_rest(folder: Path) -> float:
    """The box of a running platform, with nothing to send."""
    city = City(folder / "city")
    box = Box(folder / "online", city.url)
    try:
        city.start()
        box.enrol(ACCOUNT, CODE)
        box.start()
        return idle_core(box)
    finally:
        box.stop()
        city.stop()


def idle_core(box: Box) -> float:
    """Processor seconds a second while nobody asks anything."""
    time.sleep(SETTLED_S)
    before, began = used_s(box.pid), time.monotonic()
    time.sleep(IDLE_S)
    return (used_s(box.pid) - before) / (time.monotonic() - began)


def run_rounds() -> dict[str, list[dict[str, float]]]:
    few, many = (kept_sessions(FOLDER / "years", count) for count in (FEW, MANY))
    measured: dict[str, list[dict[str, float]]] = {"store": [], "growth": [], "box": [], "online": []}
    for turn in range(1, ROUNDS + 1):
        with tempfile.TemporaryDirectory(dir=FOLDER) as name:
            folder = Path(name)
            (folder / "box").mkdir()
            copy_sessions(many, folder / "box" / "zhanxue.db")
            measured["store"].append(measure_store(folder, few, turn))
            measured["growth"].append(measure_growth(folder, [few, many], turn))
            measured["box"].append(measure_box(folder, turn))
            measured["online"].append({"idle_core": measure_online_rest(folder)})
        for name, ones in measured.items():
            print(
                f"round {turn} {name:8}",
                {key: round(value, 4) for key, value in ones[-1].items()},
                flush=True,
            )
    return measured


def targets_of(measured: dict[str, list[dict[str, float]]]) -> list[Target]:
    """Medians over the rounds; of the two ways to be at rest the dearer one."""

    def median(part: str, name: str) -> float:
        return statistics.median(one[name] for one in measured[part])

    idle = max(median("box", "idle_core"), median("online", "idle_core"))
    return [
        Target("reports_vs_sqlite", median("store", "ratio"), 0.5, "more"),
        Target("rss_mb_1e6", median("box", "rss_mb"), 90, "less"),
        Target("start_s_1e6", median("box", "start_s"), 1.5, "less"),
        Target("idle_core", idle, 0.005, "less"),
        Target("report_cost_growth", median("growth", "reports"), 1.3, "less"),
    ]


def main() -> None:
    load_before = os.getloadavg()
    measured = run_rounds()
    raw: dict[str, Any] = {
        "sessions": {"few": FEW, "many": MANY},
        "reports_a_block": BLOCK,
        "idle_measured_s": IDLE_S,
        "runs": measured,
    }
    write_result("agent", ROUNDS, load_before, targets_of(measured), raw)


if __name__ == "__main__":
    main()
