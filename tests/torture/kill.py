"""SIGKILL of agent, television and platform at random moments, under traffic."""

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from demo.programs import Program
from tests.torture.account import Account, compare_plays, compare_records, held_by, told_by
from tests.torture.power_cut import fast_folder
from tests.torture.result import PartResult
from tests.torture.television import KEPT
from tests.torture.town import Box, City, town, wait_until

Tell = Callable[[str], None]
SILENT_S = 7
WEIGHTS = {"电视": 5, "本机代理": 5, "平台": 2}


class Household:
    """One station whose programs are killed."""

    def __init__(self, folder: Path, city: City, seed: int) -> None:
        self._folder, self._city, self._seed = folder, city, seed
        self._chance = random.Random(seed)
        self.box = Box(folder / "box", city.url)
        (self.box.folder / "settings.toml").write_text(f"silent_after_ms = {SILENT_S * 1000}\n")
        self.truth = folder / "truth"
        self.truth.touch()
        self.kills: Counter[str] = Counter()
        self._television = self._new_television()

    def start(self) -> None:
        self.box.start()
        self.box.enrol()
        self._television.start()

    def kill_one(self) -> None:
        """Something is killed in the midst of whatever it does, even of its start, and started again."""
        time.sleep(self._chance.uniform(0.05, 1.3))
        name = self._chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        self.kills[name] += 1
        match name:
            case "电视":
                self._television.kill()
                self._television = self._new_television()
                self._television.start()
            case "本机代理":
                self.box.program.kill()
                time.sleep(self._chance.choice((0, 0, 0.5)))
                self.box.program.start()
            case _:
                self._city.program.kill()
                time.sleep(self._chance.choice((0, 0, 0.5)))
                self._city.program.start()

    def settle(self) -> Account:
        """Let everything arrive that is still under way, and draw the account."""
        self._city.start()
        self.box.start()
        self._television.stop()
        last = self._new_television(KEPT)
        last.start()
        unsent = self._folder / "tv" / "unsent"
        wait_until(lambda: not list(unsent.glob("*.json")), last)
        last.stop()
        wait_until(lambda: not self.box.query("SELECT 1 FROM plays WHERE open"), self.box.program)
        self.box.wait_until_delivered(60)
        self.box.program.stop()
        account = Account()
        compare_plays(told_by(self.truth), held_by(self.box), account)
        compare_records(self.box, self._city, account)
        return account

    def stop(self) -> None:
        self._television.kill()
        self.box.program.stop()

    def _new_television(self, seed: str = "") -> Program:
        self._seed += 1000
        own = [self.box.url, str(self.box.folder / "token"), str(self._folder / "tv"), str(self.truth)]
        words = [sys.executable, "-m", "tests.torture.television", *own, seed or str(self._seed)]
        return Program("电视", words, self._folder / "tv.log")


def torture(*, short: bool, tell: Tell, seed: int = 1) -> PartResult:
    """Three households side by side; in the short form one."""
    result = PartResult("kill", "随时强杀进程")
    kills, houses = (10, 1) if short else (170, 3)
    with ThreadPoolExecutor(houses) as pool:
        runs = [pool.submit(_one_household, kills, seed + n, tell) for n in range(houses)]
        for counted, account, plays in (run.result() for run in runs):
            for name, count in counted.items():
                result.tried[f"强杀{name}"] = result.tried.get(f"强杀{name}", 0) + count
            result.figures["观看次数"] = int(result.figures.get("观看次数", 0)) + plays
            result.lost_ms = max(result.lost_ms, account.lost_ms)
            result.doubled += account.doubled
            result.misdated += account.misdated
            result.faults += account.faults
    return result


def _one_household(kills: int, seed: int, tell: Tell) -> tuple[Counter[str], Account, int]:
    with tempfile.TemporaryDirectory(dir=fast_folder()) as scratch, town(Path(scratch)) as city:
        household = Household(Path(scratch), city, seed)
        try:
            household.start()
            for number in range(kills):
                household.kill_one()
                if number % 10 == 9:
                    tell(f"强杀：第 {seed} 户 {number + 1}/{kills}")
            return household.kills, household.settle(), len(told_by(household.truth))
        finally:
            household.stop()
