"""A day's twenty sessions over a line of 16 kbit/s that is late by two seconds and cut every twenty."""

import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.torture.account import Account, compare_records
from tests.torture.power_cut import fast_folder
from tests.torture.proxy import Plan, Proxy
from tests.torture.result import PartResult
from tests.torture.slow_line import Shape, SlowLine
from tests.torture.town import Box, town
from tests.torture.viewer import Viewer

Tell = Callable[[str], None]
SESSIONS = 20
ARRIVES_WITHIN_S = 300.0


@dataclass(frozen=True, slots=True)
class Day:
    """A box's folder after a day without the city, and what was watched."""

    folder: Path
    played_ms: list[int]


def torture(*, short: bool, tell: Tell, seed: int = 1) -> PartResult:
    """The line is cut at several moments of the day's upload; in the short form it is less late."""
    result = PartResult("thin_line", "细线路")
    shapes = [Shape(first_cut_s=first_s) for first_s in (3.0, 6.0, 9.0, 12.0)]
    if short:
        shapes = [Shape(latency_s=0.3, cut_every_s=4.0, first_cut_s=1.0)]
    with tempfile.TemporaryDirectory(dir=fast_folder()) as scratch:
        day = _a_day_alone(Path(scratch))
        for number, shape in enumerate(shapes):
            folder = Path(scratch) / str(number)
            folder.mkdir()
            _one_line(folder, day, shape, Plan(seed, share=0.0), result)
            tell(f"细线路：{SESSIONS} 次学习，第一次断线在 {shape.first_cut_s:g} s，{result.figures}")
    return result


def _one_line(folder: Path, day: Day, shape: Shape, counted: Plan, result: PartResult) -> None:
    with town(folder) as city, Proxy(city.port, counted) as counter, SlowLine(counter.port, shape) as line:
        shutil.copytree(day.folder, folder / "box")
        Box(folder / "box", city.url).enrol()
        box = Box(folder / "box", line.url, options=("--spread-s", "0", "--retry-min-s", "1"))
        began = time.monotonic()
        try:
            box.start()
            box.wait_until_delivered(ARRIVES_WITHIN_S)
            took_s = time.monotonic() - began
        finally:
            box.program.stop()
        account = Account()
        compare_records(box, city, account)
        held = [row[0] for row in city.query("SELECT played_ms FROM records WHERE stands")]
    if sorted(held) != sorted(day.played_ms):
        account.faults.append(f"{sum(day.played_ms)} ms were watched, the platform holds {sum(held)}")
    result.tried["断线"] = result.tried.get("断线", 0) + line.traffic.cuts
    result.doubled += account.doubled
    result.misdated += account.misdated
    result.faults += account.faults
    figures = {
        "上行字节": line.traffic.up_bytes,
        "下行字节": line.traffic.down_bytes,
        "请求": sum(counted.tried.values()),
        "连接": line.traffic.connections,
        "用时秒": round(took_s, 1),
    }
    result.figures = {name: max(value, result.figures.get(name, 0)) for name, value in figures.items()}


def _a_day_alone(folder: Path) -> Day:
    box = Box(folder / "day", "http://127.0.0.1:9")
    box.start()
    viewer = Viewer(box)
    for number in range(SESSIONS):
        viewer.watch(7_000 + 13 * number)
    box.program.stop()
    return Day(box.folder, viewer.played_ms)
