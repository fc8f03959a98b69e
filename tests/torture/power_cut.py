"""Power cuts: everything that a cut at any moment of a box's life can leave is started again."""

import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from copy import deepcopy
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from agent.errors import AgentError
from tests.fakes.fake_clock import FakeClock
from tests.torture.box import start_box
from tests.torture.disk import Disk, Remains, put
from tests.torture.disk_record import Effect, Marked, recorded
from tests.torture.promise import Promise, shortfall
from tests.torture.result import PartResult

AFTER_BOOT = "boot-after"
Tell = Callable[[str], None]


@dataclass(slots=True)
class Tally:
    """What became of the cut points of one stretch of a recording."""

    cuts: int = 0
    states: int = 0
    lost_ms: int = 0
    how: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.cuts += other.cuts
        self.states += other.states
        self.lost_ms = max(self.lost_ms, other.lost_ms)
        self.how += other.how
        self.faults += other.faults


@dataclass(frozen=True, slots=True)
class Most:
    """How much of all that is possible is tried."""

    step: int = 1
    """Every how-manieth cut point."""
    torn: int = 1
    """At how many sectors the last write of a file is torn."""
    subsets: int = 1
    """Random selections of sectors."""
    pieces: int = 40
    """In how many pieces, side by side, a recording is tried."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The cut points from `first` up to `end` of a recording, with what was promised before them."""

    effects: list[Effect]
    folder: Path
    before: dict[str, bytes]
    """What lay in the folder when the recording began."""
    promised: Promise
    first: int
    end: int
    most: Most
    seed: int


def fast_folder() -> Path:
    """Memory, where there is any: the cuts are the recording's, so nothing here needs a real disk."""
    memory = Path("/dev/shm")  # noqa: S108  a folder of its own is made below it
    return memory if memory.is_dir() else Path(tempfile.gettempdir())


def record_life(folder: Path, seed: int, steps: int) -> list[Effect]:
    """One recorded life of a box in the new folder `folder / "box"`."""
    box, marks = folder / "box", folder / "marks"
    box.mkdir()
    words = [sys.executable, "-m", "tests.torture.life", str(box), str(marks), str(seed), str(steps)]
    return recorded(words, box, marks, folder / "trace")


def try_cuts(stretch: Stretch) -> Tally:
    """Start a box again from each thing that a cut in the stretch can leave."""
    tally, seen = Tally(), set[tuple[object, ...]]()
    with tempfile.TemporaryDirectory(dir=fast_folder()) as scratch:
        for point, left, promise in _remains(stretch):
            tally.cuts += left.how == "dropped"
            same = (promise.marks, *((name, len(data), hash(data)) for name, data in left.files.items()))
            if same in seen:
                continue
            seen.add(same)
            tally.states += 1
            tally.how[left.how.split()[0]] += 1
            lost_ms, faults = _started_again(left, promise, stretch.folder, Path(scratch))
            tally.lost_ms = max(tally.lost_ms, lost_ms)
            tally.faults += [f"cut {point}, {left.how}: {fault}" for fault in faults]
    return tally


def _remains(stretch: Stretch) -> Iterator[tuple[int, Remains, Promise]]:
    disk, promise = Disk(stretch.before), deepcopy(stretch.promised)
    for point, effect in enumerate(stretch.effects[: stretch.end]):
        if isinstance(effect, Marked):
            promise.hear(effect.text)
        else:
            disk.take(effect)
        if point >= stretch.first and point % stretch.most.step == 0:
            chance = random.Random(stretch.seed * 1_000_003 + point)
            for left in disk.remains(chance, stretch.most.torn, stretch.most.subsets):
                yield point, left, promise


def _started_again(
    left: Remains, promise: Promise, folder: Path, scratch: Path
) -> tuple[int, tuple[str, ...]]:
    to = scratch / "box"
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir()
    put(left.files, folder, to)
    try:
        box = start_box(to, FakeClock(AFTER_BOOT))
    except AgentError as error:
        return 0, (f"does not start: {error}",)
    try:
        found = shortfall(box, promise)
    finally:
        box.database.close()
    return found.lost_ms, found.faults


def all_cuts(stretches: list[Stretch], what: str, tell: Tell) -> Tally:
    """Several stretches on all processors."""
    total = Tally()
    with ProcessPoolExecutor() as pool:
        for number, tally in enumerate(pool.map(try_cuts, stretches)):
            total.add(tally)
            tell(f"{what} {number + 1}/{len(stretches)}：{total.cuts} 个断电点，{total.states} 种残留")
    return total


def stretches_of(effects: list[Effect], folder: Path, seed: int, most: Most) -> list[Stretch]:
    """A recording in pieces of equal length."""
    edges = [round(n * len(effects) / most.pieces) for n in range(most.pieces + 1)]
    return [Stretch(effects, folder, {}, Promise(), first, end, most, seed) for first, end in pairwise(edges)]


def second_cuts(life: Stretch, count: int, most: Most, scratch: Path) -> Iterator[Stretch]:
    """Recordings of the start after `count` of the cuts in a life, to be cut once more."""
    every = max(1, life.end // count)
    for point, left, promise in _remains(replace(life, most=Most(step=every))):
        if left.how.split()[0] not in ("kept", "subset"):
            continue
        work = scratch / f"{point}-{left.how.split()[0]}"
        box, marks = work / "box", work / "marks"
        box.mkdir(parents=True)
        put(left.files, life.folder, box)
        before = {str(path): path.read_bytes() for path in box.rglob("*") if path.is_file()}
        words = [sys.executable, "-m", "tests.torture.recovery", str(box), str(marks)]
        effects = recorded(words, box, marks, work / "trace")
        yield Stretch(effects, box, before, deepcopy(promise), 0, len(effects), most, life.seed + point)


def torture(*, short: bool, tell: Tell, seed: int = 1) -> PartResult:
    """Short: a sample of one life. Whole: a life with everything a cut can leave, and a longer one."""
    result = PartResult("power_cut", "断电逐点重放")
    lives = [(10, Most(step=9, torn=1, subsets=1, pieces=8))]
    if not short:
        lives = [(12, Most(torn=99, subsets=2)), (130, Most(step=5))]
    first, second = Tally(), Tally()
    with tempfile.TemporaryDirectory(dir=fast_folder()) as scratch:
        for number, (steps, most) in enumerate(lives):
            folder = Path(scratch) / str(number)
            folder.mkdir()
            effects = record_life(folder, seed + number, steps)
            stretches = stretches_of(effects, folder / "box", seed + number, most)
            first.add(all_cuts(stretches, "断电", tell))
        life = Stretch(effects, folder / "box", {}, Promise(), 0, len(effects), Most(), seed)
        again = list(second_cuts(life, 1 if short else 14, Most(step=7 if short else 2), Path(scratch)))
        second.add(all_cuts(again, "恢复时再断电", tell))
    result.tried = {"断电点": first.cuts, "断电残留": first.states}
    result.tried |= {"恢复中的断电点": second.cuts, "恢复中的残留": second.states}
    result.lost_ms = max(first.lost_ms, second.lost_ms)
    result.figures = {f"残留：{how}": count for how, count in (first.how + second.how).items()}
    result.faults = first.faults + second.faults
    return result
