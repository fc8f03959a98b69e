"""Processor time of everything a benchmark has started."""

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")

GONE = (FileNotFoundError, ProcessLookupError)
"""Processes and threads end while they are looked at."""

Cores = dict[str, float]
"""Processor seconds per second of every program by its name; a program's several processes are one."""


def measure(seconds: float, meanwhile: Callable[[float], None] = time.sleep) -> Cores:
    """Cores in use by this process's descendants while `meanwhile(seconds)` runs; its own do not count."""
    before, began = _used_s(), time.monotonic()
    meanwhile(seconds)
    after, passed_s = _used_s(), time.monotonic() - began
    cores: Cores = defaultdict(float)
    for process, (name, used_s) in after.items():
        cores[name] += (used_s - before.get(process, ("", 0.0))[1]) / passed_s
    return dict(cores)


def resident_mb() -> dict[str, float]:
    """Memory of this process's descendants that lies in RAM by name, in MB of 1 000 000 bytes."""
    used: dict[str, float] = defaultdict(float)
    for pid, name in _descendants(os.getpid()):
        with suppress(*GONE):
            used[name] += resident_bytes(pid) / 1e6
    return dict(used)


def resident_bytes(pid: int) -> int:
    """Memory of one process that lies in RAM, what it shares with others included."""
    return int((PROC / str(pid) / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def used_s(pid: int) -> float:
    """Processor seconds of one process since its start, its ended children included."""
    fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


def _used_s() -> dict[int, tuple[str, float]]:
    """Name and processor seconds by process, those of its ended children included."""
    used = {}
    for pid, name in _descendants(os.getpid()):
        with suppress(*GONE):
            used[pid] = name, used_s(pid)
    return used


def _descendants(pid: int) -> Iterator[tuple[int, str]]:
    for child in _children(pid):
        with suppress(*GONE):
            name = (PROC / str(child) / "comm").read_text().strip()
            yield child, name
            yield from _descendants(child)


def _children(pid: int) -> Iterator[int]:
    """Those of each of its threads."""
    threads: list[Path] = []
    with suppress(*GONE):
        threads += (PROC / str(pid) / "task").iterdir()
    for thread in threads:
        with suppress(*GONE):
            yield from map(int, (thread / "children").read_text().split())
