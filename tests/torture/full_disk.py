"""A full disk and one that cannot be written, under the real agent, while reports come and records leave."""

import random
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from demo.programs import Program
from tests.torture.account import Account, compare_records
from tests.torture.power_cut import fast_folder
from tests.torture.result import PartResult
from tests.torture.small_disk import SmallDisk, can_mount, small_disk
from tests.torture.town import Box, City, TownError, town
from tests.torture.viewer import Viewer

Tell = Callable[[str], None]
_DISK_BYTES = 40_000_000
_EXIT_S = 20.0


class Cramped:
    """A box on a disk that others fill; what was acknowledged is held in `viewer`."""

    def __init__(self, disk: SmallDisk, city: City, seed: int) -> None:
        self.disk, self.city = disk, city
        self.chance = random.Random(seed)
        self.box = Box(disk.folder / "box", city.url, log=disk.folder.with_suffix(".log"))
        self.viewer = Viewer(self.box)
        self.refused = 0
        self._not_taken: list[dict[str, object]] = []
        self._filler = disk.folder / "filler"

    def watch_until_full(self, most: int) -> None:
        """Sessions until one is not taken; that one is told again later."""
        for _ in range(most):
            told = self.viewer.session(self._some_ms())
            if not self.box.report(told):
                self.refused += 1
                self._not_taken.append(told)
                return

    def tell_again(self) -> None:
        """What was not acknowledged while the disk was full."""
        for told in self._not_taken:
            while not self.box.report(told):
                time.sleep(0.1)
        self._not_taken = []

    def fill(self, left_bytes: int = 0) -> None:
        """Somebody else takes all the room but so much."""
        with suppress(OSError), self._filler.open("ab", buffering=0) as out:
            for size in (1 << 16, 1 << 12, 1 << 9, 1):
                with suppress(OSError):
                    while True:
                        out.write(bytes(size))
        if left_bytes:
            with self._filler.open("r+b") as out:
                out.truncate(max(0, self._filler.stat().st_size - left_bytes))

    def clear(self) -> None:
        self._filler.unlink(missing_ok=True)

    def _some_ms(self) -> int:
        return 5_000 + 1_000 * len(self.viewer.played_ms) + self.chance.randrange(1_000)


def while_reports_come(at: Cramped) -> None:
    """Full between two reports, again and again; the platform cannot be reached."""
    at.city.kill()
    for _ in range(6):
        at.fill(at.chance.choice((0, 0, 4_096, 40_000, 300_000)))
        at.watch_until_full(40)
        at.clear()
        at.tell_again()


def while_records_leave(at: Cramped) -> None:
    """Full while what waits is being delivered."""
    at.city.kill()
    for _ in range(30):
        at.watch_until_full(1)
    at.fill()
    at.city.revive()
    time.sleep(3)
    at.clear()


def killed_and_started_full(at: Cramped) -> None:
    """The power goes on a full disk, and comes back on a full disk."""
    at.watch_until_full(10)
    at.fill()
    at.watch_until_full(20)
    at.box.program.kill()
    at.fill()
    at.box.start()
    at.watch_until_full(20)
    at.clear()
    at.tell_again()


def read_only(at: Cramped) -> None:
    """The disk can only be read at the start: a sentence instead of an agent, and nothing is lost."""
    at.watch_until_full(10)
    at.box.program.kill()
    at.disk.read_only(True)
    try:
        _must_end(at.box.program)
    finally:
        at.disk.read_only(False)
    at.box.start()
    at.watch_until_full(10)


CASES: dict[str, Callable[[Cramped], None]] = {
    "上报时写满": while_reports_come,
    "上传时写满": while_records_leave,
    "写满后断电再启动": killed_and_started_full,
    "只读磁盘": read_only,
}


def torture(*, short: bool, tell: Tell, seed: int = 1) -> PartResult:
    """Each case; in the whole form with several seeds."""
    result = PartResult("full_disk", "磁盘写满")
    if not can_mount():
        result.figures["跳过"] = "不能挂载小文件系统"
        return result
    names = ["写满后断电再启动"] if short else list(CASES) * 3
    with ThreadPoolExecutor(2) as pool:
        cases = [(name, seed + number) for number, name in enumerate(names)]
        for name, refused, faults in pool.map(lambda case: (case[0], *_one_case(*case)), cases):
            result.tried[name] = result.tried.get(name, 0) + 1
            result.tried["未收下的上报"] = result.tried.get("未收下的上报", 0) + refused
            result.faults += [f"{name}: {fault}" for fault in faults]
            tell(f"磁盘：{name}，{refused} 次上报未收下，{len(faults)} 处不符")
    return result


def _one_case(name: str, seed: int) -> tuple[int, list[str]]:
    with tempfile.TemporaryDirectory(dir=fast_folder()) as scratch:
        folder = Path(scratch)
        with town(folder) as city, small_disk(folder / "disk", _DISK_BYTES) as disk:
            at = Cramped(disk, city, seed)
            try:
                at.box.start()
                at.box.enrol()
                CASES[name](at)
                at.clear()
                at.tell_again()
                city.start()
                at.box.wait_until_delivered(60)
            except TownError as error:
                return at.refused, [f"seed {seed}: {error}"]
            finally:
                at.box.program.stop()
            account = Account()
            compare_records(at.box, city, account)
            held = [row[0] for row in city.query("SELECT played_ms FROM records WHERE stands")]
    if sorted(held) != sorted(at.viewer.played_ms):
        account.faults.append(f"{sorted(at.viewer.played_ms)} were watched, {sorted(held)} are held")
    return at.refused, [f"seed {seed}: {fault}" for fault in account.faults]


def _must_end(program: Program) -> None:
    program.start()
    until = time.monotonic() + _EXIT_S
    while program.running:
        if time.monotonic() > until:
            raise TownError("the agent runs on a disk that cannot be written")
        time.sleep(0.1)
    if "Traceback" in program.last_words():
        raise TownError(program.last_words())
