"""How long a search takes while somebody types, beside a plain SQLite LIKE over the same titles."""

import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote

from agent.search.folding import fold
from agent.search.readings import Readings
from agent.search.spelling import DIGITS
from agent.stores.disk.database import Database
from bench.agent import NOBODY, television
from bench.box import Box
from bench.processor import used_s
from bench.result import FOLDER, Target, write_result
from bench.titles import ARTICLES, COURSES, article_titles, course_titles, producers
from study.search_api import SEARCH

ROUNDS = 5
LIMIT_MS = 50
NAMED = {"fjc": "发酵床养猪", "zwly": "政务礼仪", "352": "发酵床养猪"}
"""What the issue asks for, and what has to be found."""
NAMED_TIMES = 12
"""In every round, so that a p95 of each means something."""
TYPED = (
    *("fjcyz", "zwly", "xgzpjs", "dpgl", "ylbx", "sjaqsy", "5g", "wps", "zgnydx", "cgbchfz"),
    *("35299", "9959", "94975", "2026", "54", "3254262482649264"),
    *("fajiaochuangyangzhu", "zhengwuliyi", "xigua", "yiliao", "shipinanquan", "wuciren"),
    *("西瓜栽培", "养老", "政务礼仪", "银发课堂", "农业大学"),
)
REPORT_EVERY = 10
"""Searches: meanwhile a film plays, and its reports are taken."""
READY_WITHIN_S = 60.0
_PEER = "SELECT rowid FROM titles WHERE {0} LIKE ? ORDER BY instr({0}, ?) <> 1, rowid LIMIT 20"


Times = dict[str, list[tuple[str, float]]]
"""Ours and the peer's: what was typed, and milliseconds."""


def keystrokes() -> list[str]:
    """Everything that stands in the field while these are typed."""
    begun = (typed[:end] for typed in TYPED for end in range(1, len(typed) + 1))
    return list(dict.fromkeys((*NAMED, *begun)))


def fill(file: Path) -> None:
    """A box's database with all courses and articles."""
    draw = random.Random("fill")  # noqa: S311  the same at every run
    titles, makers = list(course_titles()), producers()
    database = Database(file)
    with database.writing() as tables:
        tables.conn.executemany(
            "INSERT INTO courses VALUES (?, ?, ?, '实用技术', '', '', '', ?, 0)",
            ((str(n), title, draw.choice(makers), n) for n, title in enumerate(titles, start=1)),
        )
        tables.conn.executemany(
            "INSERT INTO episodes VALUES (? || '.1', ?, 1, '', 1800000, '/media/' || ?, '', 0, 0)",
            ((str(n),) * 3 for n in range(1, len(titles) + 1)),
        )
        tables.conn.executemany(
            "INSERT INTO articles VALUES"
            " (?, ?, ?, '实用技术', '', '2026-11-01', '', 0, NULL, NULL, NULL, NULL, 1, 0)",
            ((f"{n:06}", title, draw.choice(makers)) for n, title in enumerate(article_titles(), start=1)),
        )
        tables.execute("INSERT INTO mirror VALUES (1, 1)")
    database.close()


class Peer:
    """One table, one reading a character, and LIKE: what is written in an afternoon."""

    def __init__(self, file: Path) -> None:
        self._line = sqlite3.connect(file)
        self._line.execute("CREATE TABLE titles (title TEXT, initials TEXT, digits TEXT, producer TEXT)")
        self._line.executemany("INSERT INTO titles VALUES (?, ?, ?, '')", self._rows())
        self._line.commit()

    def search(self, typed: str) -> list[int]:
        column = "digits" if typed.isdigit() else "initials" if typed.isascii() else "title"
        sql = _PEER.format(column)
        return [row[0] for row in self._line.execute(sql, [f"%{typed}%", typed])]

    def close(self) -> None:
        self._line.close()

    def _rows(self) -> Iterator[tuple[str, str, str]]:
        readings = Readings()
        titles = [fold(title) for title in chain(course_titles(), article_titles())]
        readings.learn("".join(titles))
        first = {sign: min(read)[:1] for read, sign in readings.sets}
        for title in titles:
            initials = "".join(first.get(sign, sign) for sign in readings.signs(title))
            yield title, initials, initials.translate(DIGITS)


def ask(box: Box, typed: str) -> dict[str, Any]:
    found: dict[str, Any] = box.ask(f"{SEARCH}?typed={quote(typed)}")
    return found


def ready(box: Box) -> float:
    """Seconds until the catalogue is looked through."""
    began = time.monotonic()
    while not ask(box, "f")["ready"]:
        if time.monotonic() - began > READY_WITHIN_S:
            raise RuntimeError("the agent's search index is not ready")
        time.sleep(0.02)
    return time.monotonic() - began


def measure(box: Box, peer: Peer, turn: int) -> Times:
    """Milliseconds for every keystroke, ours over HTTP with its tiles, the peer's in this process."""
    took: Times = {"ours": [], "like": []}
    typed = [*keystrokes(), *list(NAMED) * NAMED_TIMES]
    random.Random(turn).shuffle(typed)  # noqa: S311  the same at every run
    reports = television(f"search-{turn}").reports()
    for n, one in enumerate(typed):
        if n % REPORT_EVERY == 0:
            box.report(next(reports))
        for whose, search in (("ours", lambda text: ask(box, text)), ("like", peer.search)):
            began = time.perf_counter()
            search(one)
            took[whose].append((one, (time.perf_counter() - began) * 1000))
    return took


def check_found(box: Box) -> None:
    """A search that is fast and finds something else is none."""
    for typed, title in NAMED.items():
        titles = [result["tile"]["title"] for result in ask(box, typed)["results"]]
        if title not in titles:
            raise RuntimeError(f"{typed} does not find {title} but {titles[:5]}")


def p95(values: Iterable[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def run_rounds(folder: Path) -> tuple[Times, dict[str, float]]:
    box = Box(folder / "box", NOBODY)
    fill(box.database)
    peer = Peer(folder / "peer.db")
    told = {"start_s": box.start()}
    try:
        told["ready_s"] = ready(box)
        check_found(box)
        before = used_s(box.pid)
        rounds = [measure(box, peer, turn) for turn in range(1, ROUNDS + 1)]
        told["processor_ms_a_search"] = (
            (used_s(box.pid) - before) * 1000 / sum(len(one["ours"]) for one in rounds)
        )
        told["rss_mb"] = box.resident_mb()
    finally:
        box.stop()
        peer.close()
    return {whose: [*chain.from_iterable(one[whose] for one in rounds)] for whose in ("ours", "like")}, told


def main() -> None:
    load_before = os.getloadavg()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as name:
        times, told = run_rounds(Path(name))
    pooled = {whose: [ms for _, ms in ones] for whose, ones in times.items()}
    by_typed: dict[str, dict[str, list[float]]] = {"ours": {}, "like": {}}
    for whose, ones in times.items():
        for typed, ms in ones:
            by_typed[whose].setdefault(typed, []).append(ms)
    targets = [Target("search_ms", p95(pooled["ours"]), LIMIT_MS, "less")]
    targets += [
        Target(f"search_{typed}_ms", p95(by_typed["ours"][typed]), LIMIT_MS, "less") for typed in NAMED
    ]
    medians = {
        typed: {whose: round(statistics.median(by_typed[whose][typed]), 2) for whose in by_typed}
        for typed in by_typed["ours"]
    }
    raw: dict[str, Any] = {
        "courses": COURSES,
        "articles": ARTICLES,
        **told,
        "p50_ms": {whose: statistics.median(values) for whose, values in pooled.items()},
        "p95_ms": {whose: p95(values) for whose, values in pooled.items()},
        "peer": "one process, no HTTP, no tiles, one reading a character, one way of typing",
        "median_ms": medians,
    }
    write_result("search", ROUNDS, load_before, targets, raw)


if __name__ == "__main__":
    main()
