"""Conservation: whatever the line and the platform do, each watched millisecond arrives once."""

import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from agent.clock import BootClock
from tests.agent.television import Play, report
from tests.torture.account import Account, compare_records
from tests.torture.power_cut import fast_folder
from tests.torture.proxy import Plan, Proxy
from tests.torture.result import PartResult
from tests.torture.town import ITEMS, Box, City, town

Tell = Callable[[str], None]
ARRIVES_WITHIN_S = 90.0


def torture(*, short: bool, tell: Tell, seed: int = 1) -> PartResult:
    """Many seeds, three at a time; a seed repeats the same fates."""
    result = PartResult("conservation", "坏线路与守恒")
    seeds = range(seed, seed + (1 if short else 12))
    with ThreadPoolExecutor(1 if short else 3) as pool:
        runs = [pool.submit(_one_seed, number, 15 if short else 80, tell) for number in seeds]
        for plan, account, watched_ms in (run.result() for run in runs):
            for fate, count in plan.tried.items():
                result.tried[fate] = result.tried.get(fate, 0) + count
            result.figures["守恒毫秒"] = int(result.figures.get("守恒毫秒", 0)) + watched_ms
            result.doubled += account.doubled
            result.misdated += account.misdated
            result.faults += account.faults
    result.figures["种子"] = f"{seeds.start}–{seeds.stop - 1}"
    return result


def _one_seed(seed: int, plays: int, tell: Tell) -> tuple[Plan, Account, int]:
    with tempfile.TemporaryDirectory(dir=fast_folder()) as scratch, town(Path(scratch)) as city:
        plan = Plan(seed)
        with Proxy(city.port, plan, city.kill) as proxy, _kept_up(city):
            box = Box(Path(scratch) / "box", proxy.url)
            try:
                account, watched_ms = _delivered(box, city, plan, proxy, plays, seed)
            finally:
                box.program.stop()
    tell(f"守恒：种子 {seed}，{sum(plan.tried.values())} 次往来，{len(account.faults)} 处不符")
    account.faults = [f"seed {seed}: {fault}" for fault in account.faults]
    return plan, account, watched_ms


def _delivered(box: Box, city: City, plan: Plan, proxy: Proxy, plays: int, seed: int) -> tuple[Account, int]:
    share, plan.share = plan.share, 0.0
    box.start()
    box.enrol()
    plan.share = share
    watched_ms = _watch(box, plays, random.Random(seed))
    time.sleep(2)
    plan.heal()
    proxy.wait_for_late()
    box.wait_until_delivered(ARRIVES_WITHIN_S)
    account = Account()
    box.program.stop()
    compare_records(box, city, account)
    [[held_ms]] = city.query("SELECT coalesce(sum(played_ms), 0) FROM records WHERE stands")
    if held_ms != watched_ms:
        account.faults.append(f"{watched_ms} ms were watched, the platform holds {held_ms}")
    return account, watched_ms


def _watch(box: Box, plays: int, chance: random.Random) -> int:
    """A crowded evening: short plays one after another, some gone on with, told twice or out of order."""
    clock = BootClock()
    now_ms = clock.mono_ms() - plays * 40_000
    watched_ms, seq, told = 0, 0, {}
    for number in range(plays):
        play = Play(f"p{number}", chance.choice(ITEMS), now_ms)
        for _ in range(chance.randint(1, 3)):
            play.watch(chance.randint(1, 9_000))
            seq += 1
            earlier, told = told, report(seq, play, boot=clock.boot)
            _tell(box, earlier if chance.random() < 0.1 and earlier else told)
        play.leave()
        now_ms = play.now_ms + chance.randint(1, 4_000)
        watched_ms += sum(i["end_ms"] - i["start_ms"] for i in play.intervals)
        seq += 1
        told = report(seq, play, boot=clock.boot)
        _tell(box, told)
        time.sleep(chance.uniform(0, 0.25))
    return watched_ms


def _tell(box: Box, told: dict[str, object]) -> None:
    while not box.report(told):
        time.sleep(0.1)


@contextmanager
def _kept_up(city: City) -> Iterator[None]:
    """The platform is started again whenever it was killed."""
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(0.1):
            city.revive()

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
