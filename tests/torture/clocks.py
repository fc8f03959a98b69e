"""Boots with wrong, jumping and missing clocks, with the real agent in namespaces of its own."""

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from study.anchor import from_utc_ms
from study.month import month_of
from tests.agent.television import Play, report
from tests.journeys.machine import Boot, WallClock, why_no_machine
from tests.torture.power_cut import fast_folder
from tests.torture.result import PartResult
from tests.torture.town import ITEMS, Box, City, town

Tell = Callable[[str], None]
YEAR_MS = 366 * 86_400_000
DAY_MS = 86_400_000
OFF_MS_MAX = 2_000
"""How far a session that the platform dated may stand from when it really was."""


class Evening:
    """A box that boots again and again, and when its sessions really were."""

    def __init__(self, folder: Path, city: City, seed: int) -> None:
        self._folder, self._city = folder, city
        self._chance = random.Random(seed)
        self._wall = WallClock(folder / "wall")
        self._box = Box(folder / "box", city.url)
        self._played = 0
        self.jumps = 0
        self.boots = 0
        self.true_utc_ms: dict[tuple[str, int], int] = {}

    def boot_once(self, *, network: bool) -> None:
        """One boot, watching while the wall clock jumps."""
        self.boots += 1
        self._box.city_url = self._city.url if network else "http://127.0.0.1:9"
        self._jump()
        boot = Boot(self._folder, self._box.words, self._wall)
        self._box.program = boot.agent
        try:
            self._box.start()
            if self.boots == 1:
                self._box.enrol()
            for _ in range(self._chance.randint(1, 3)):
                self._watch(boot)
                self._jump()
            if network:
                self._box.wait_until_delivered(60)
        finally:
            if self._chance.random() < 0.5:
                self._box.program.kill()
            else:
                self._box.program.stop()

    def faults(self) -> list[str]:
        """Sessions that are missing, double, or elsewhere on the calendar than they were."""
        rows = self._city.query("SELECT boot, opened_ms, started_at_ms, month FROM records WHERE stands")
        held = {(boot, opened_ms): (at, month) for boot, opened_ms, at, month in rows}
        faults = [f"{len(rows) - len(held)} stand more than once"] if len(rows) > len(held) else []
        for place, true_ms in self.true_utc_ms.items():
            at, month = held.pop(place, (None, ""))
            if month == "":
                faults.append(f"{place} is lost")
            elif at is not None and abs(at - true_ms) > OFF_MS_MAX:
                faults.append(f"{place} was at {from_utc_ms(true_ms)}, is dated {from_utc_ms(at)}")
            elif month is not None and month != month_of(from_utc_ms(true_ms)):
                faults.append(f"{place} was at {from_utc_ms(true_ms)}, stands in month {month}")
        return faults + [f"{place}, which nobody watched" for place in held]

    def _watch(self, boot: Boot) -> None:
        self._played += 1
        play = Play(f"p{self._played}", self._chance.choice(ITEMS), boot.mono_ms() - 30_000)
        play.watch(self._chance.randint(5_000, 25_000))
        play.leave()
        true_utc_ms = time.time_ns() // 1_000_000 - (boot.mono_ms() - play.opened_ms)
        self.true_utc_ms[boot.boot_id, play.opened_ms] = true_utc_ms
        told = report(1, play, run_id=play.play_id, terminal=f"tv-{self._played}", boot=boot.boot_id)
        while not self._box.report(told):
            time.sleep(0.1)

    def _jump(self) -> None:
        self.jumps += 1
        now_ms = time.time_ns() // 1_000_000
        far = self._chance.choice((YEAR_MS, -YEAR_MS, 40 * DAY_MS, -40 * DAY_MS, 3_600_000, 70 * YEAR_MS))
        at = self._chance.choice((0, 0, now_ms + far, now_ms + self._chance.randint(-YEAR_MS, YEAR_MS)))
        self._wall.jump_to(max(0, at))


def torture(*, short: bool, tell: Tell, seed: int = 1) -> PartResult:
    """Every third boot or so has a network; the last one always has."""
    result = PartResult("clocks", "时钟乱跳")
    if why := why_no_machine():
        result.figures["跳过"] = why
        return result
    boots = 3 if short else 30
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(dir=fast_folder()) as scratch, town(Path(scratch)) as city:
        evening = Evening(Path(scratch), city, seed)
        for number in range(1, boots + 1):
            evening.boot_once(network=number in (1, boots) or chance.random() < 0.3)
            if number % 5 == 0:
                tell(f"时钟：{number}/{boots} 次开机，{evening.jumps} 次跳变")
        result.faults = evening.faults()
    result.tried = {"开机": evening.boots, "时钟跳变": evening.jumps, "学习": len(evening.true_utc_ms)}
    result.misdated = sum("is dated" in fault or "stands in" in fault for fault in result.faults)
    result.doubled = sum("more than once" in fault for fault in result.faults)
    return result
