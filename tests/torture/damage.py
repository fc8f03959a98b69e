"""Damaged files: pages of garbage, logs cut short or gone, a lost database, under the real agent."""

import os
import random
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.torture.power_cut import fast_folder
from tests.torture.result import PartResult
from tests.torture.town import Box, TownError, town
from tests.torture.viewer import Viewer

Tell = Callable[[str], None]
PAGE = 4096
Damage = Callable[[Path, random.Random], None]


def page_of_garbage(folder: Path, chance: random.Random) -> None:
    _overwrite(folder / "zhanxue.db", chance, 1)


def many_pages_of_garbage(folder: Path, chance: random.Random) -> None:
    _overwrite(folder / "zhanxue.db", chance, 12)


def first_page_gone(folder: Path, chance: random.Random) -> None:
    with (folder / "zhanxue.db").open("r+b") as out:
        out.write(chance.randbytes(PAGE))


def database_cut_short(folder: Path, chance: random.Random) -> None:
    size = (folder / "zhanxue.db").stat().st_size
    os.truncate(folder / "zhanxue.db", chance.randrange(size))


def database_gone(folder: Path, chance: random.Random) -> None:
    for name in ("zhanxue.db", "zhanxue.db-wal", "zhanxue.db-shm"):
        (folder / name).unlink(missing_ok=True)


def database_empty(folder: Path, chance: random.Random) -> None:
    os.truncate(folder / "zhanxue.db", 0)


def wal_cut_short(folder: Path, chance: random.Random) -> None:
    wal = folder / "zhanxue.db-wal"
    os.truncate(wal, chance.randrange(max(1, wal.stat().st_size)))


def wal_gone(folder: Path, chance: random.Random) -> None:
    (folder / "zhanxue.db-wal").unlink()


def wal_of_garbage(folder: Path, chance: random.Random) -> None:
    _overwrite(folder / "zhanxue.db-wal", chance, 3)


def record_log_of_garbage(folder: Path, chance: random.Random) -> None:
    _overwrite(folder / "records.log", chance, 1)


def record_log_gone(folder: Path, chance: random.Random) -> None:
    (folder / "records.log").unlink()


DAMAGES: dict[str, Damage] = {
    "一页乱码": page_of_garbage,
    "多页乱码": many_pages_of_garbage,
    "首页损坏": first_page_gone,
    "数据库截断": database_cut_short,
    "数据库丢失": database_gone,
    "数据库清空": database_empty,
    "WAL 截断": wal_cut_short,
    "WAL 丢失": wal_gone,
    "WAL 乱码": wal_of_garbage,
    "备用记录乱码": record_log_of_garbage,
    "备用记录丢失": record_log_gone,
}
_SHORT = ("多页乱码", "WAL 截断")


def torture(*, short: bool, tell: Tell, seed: int = 1) -> PartResult:
    """Every damage, in the whole form with several seeds."""
    result = PartResult("damage", "文件损坏")
    cases = [(name, seed) for name in _SHORT] if short else [(n, seed + k) for k in range(2) for n in DAMAGES]
    with ThreadPoolExecutor(2 if short else 3) as pool:
        for name, faults in pool.map(lambda case: (case[0], _one_damage(*case)), cases):
            tell(f"损坏：{name}，{len(faults)} 处不符")
            result.tried[name] = result.tried.get(name, 0) + 1
            result.faults += [f"{name}: {fault}" for fault in faults]
            result.doubled += sum("more than once" in fault for fault in faults)
    return result


def _one_damage(name: str, seed: int) -> list[str]:
    chance = random.Random(f"{name} {seed}")
    with tempfile.TemporaryDirectory(dir=fast_folder()) as scratch, town(Path(scratch)) as city:
        box = Box(Path(scratch) / "box", city.url)
        viewer = Viewer(box)
        try:
            box.start()
            box.enrol()
            _watch(viewer, 12, chance)
            box.wait_until_delivered(30)
            city.kill()
            _watch(viewer, 12, chance)
            box.program.kill()
            DAMAGES[name](box.folder, chance)
            shutil.copytree(box.folder, Path(scratch) / "damaged")
            city.revive()
            box.start()
            _watch(viewer, 3, chance)
            box.wait_until_delivered(30)
        except TownError as error:
            return [f"seed {seed}: {error}"]
        finally:
            box.program.stop()
        held = city.query("SELECT played_ms, count(*) FROM records WHERE stands GROUP BY played_ms")
    return [f"seed {seed}: {fault}" for fault in _compared(viewer.played_ms, dict(held))]


def _watch(viewer: Viewer, sessions: int, chance: random.Random) -> None:
    for _ in range(sessions):
        # Each of another length, so that it is known again wherever it stands.
        viewer.watch(5_000 + 1_000 * len(viewer.played_ms) + chance.randrange(1_000))


def _compared(watched: list[int], held: dict[int, int]) -> list[str]:
    """Every closed session stands at the platform, once."""
    faults = [f"session {watched.index(ms) + 1} of {ms} ms is lost" for ms in watched if ms not in held]
    faults += [f"session of {ms} ms stands more than once" for ms, count in held.items() if count > 1]
    return faults + [f"{ms} ms, that nobody watched" for ms in held if ms not in watched]


def _overwrite(file: Path, chance: random.Random, pages: int) -> None:
    size = file.stat().st_size
    with file.open("r+b") as out:
        for _ in range(pages):
            out.seek(PAGE * chance.randrange(max(1, size // PAGE)))
            out.write(chance.randbytes(min(PAGE, size)))
