"""A disk with its cache: what a power cut leaves of the files at any moment of a recording."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from tests.torture.disk_record import Cut, Effect, FolderSynced, Made, Removed, Renamed, Synced, Written

SECTOR = 512

Files = dict[str, bytes]
"""Content by name."""


@dataclass(slots=True)
class _File:
    on_disk: bytes = b""
    cached: list[Written | Cut] = field(default_factory=list)


_Kept = Callable[[_File], list[Written | Cut]]
"""Which of a file's cached writes reached the disk."""


@dataclass(frozen=True, slots=True)
class Remains:
    """One thing a power cut can leave."""

    how: str
    files: Files


class Disk:
    """Follows a recording; `remains` tells what a cut right now can leave.

    A name is safe once its folder was synced, bytes once their file was: nothing more is taken for
    granted. What was not synced may be kept, dropped, cut off within the last write at any sector,
    replaced by zeros, or kept in any selection of sectors (disks write in an order of their own).
    """

    def __init__(self, before: Files) -> None:
        """What lay there when the recording began is on the disk."""
        self._files = {number: _File(before[name]) for number, name in enumerate(sorted(before))}
        self._names = {name: number for number, name in enumerate(sorted(before))}
        self._renaming: list[Made | Renamed | Removed] = []

    def take(self, effect: Effect) -> None:
        """One more call of the recording has ended."""
        match effect:
            case Made(file=number):
                self._files[number] = _File()
                self._renaming.append(effect)
            case Renamed() | Removed():
                self._renaming.append(effect)
            case Written(file=number) | Cut(file=number):
                self._files[number].cached.append(effect)
            case Synced(file=number):
                file = self._files[number]
                file.on_disk, file.cached = _after(file.on_disk, file.cached), []
            case FolderSynced(folder=folder):
                # Names move between folders together: all of them are safe from the first to the last here.
                last = max((n for n, e in enumerate(self._renaming) if _in(e, folder)), default=-1)
                self._names = _named(self._names, self._renaming[: last + 1])
                self._renaming = self._renaming[last + 1 :]

    def remains(self, chance: random.Random, torn: int, subsets: int) -> Iterator[Remains]:
        """What can be left, the two extremes first; the last write torn at so many sectors at most."""
        yield Remains("dropped", self._left(self._names, lambda _: []))
        if not self._renaming and not any(file.cached for file in self._files.values()):
            return
        names = _named(self._names, self._renaming)
        yield Remains("kept", self._left(names, lambda file: file.cached))
        if self._renaming:
            yield Remains("names only", self._left(names, lambda _: []))
        yield Remains("zeros", self._left(names, lambda file: [_zeros(effect) for effect in file.cached]))
        yield from self._torn(names, chance, torn)
        for number in range(subsets):
            kept = _named(self._names, self._renaming[: chance.randint(0, len(self._renaming))])
            left = self._left(kept, lambda file: list(_some(file.cached, chance)))
            yield Remains(f"subset {number}", left)

    def _torn(self, names: dict[str, int], chance: random.Random, most: int) -> Iterator[Remains]:
        """The last write of each file cut off at a sector, from either end."""
        for number, torn in self._files.items():
            if not torn.cached or not isinstance(last := torn.cached[-1], Written):
                continue
            edges = range(SECTOR - last.offset % SECTOR, len(last.data), SECTOR)
            for at in chance.sample(edges, min(most, len(edges))):
                first = Written(number, last.offset, last.data[:at])
                second = Written(number, last.offset + at, last.data[at:])
                for how, part in (("front", first), ("back", second)):
                    effects = [*torn.cached[:-1], part]
                    left = self._left(names, lambda f, t=torn, e=effects: e if f is t else f.cached)
                    yield Remains(f"torn {how} {at}", left)

    def _left(self, names: dict[str, int], kept: _Kept) -> Files:
        found = {}
        for name, number in names.items():
            file = self._files[number]
            found[name] = _after(file.on_disk, kept(file))
        return found


def put(files: Files, folder: Path, to: Path) -> None:
    """Write what is left of `folder` into the empty folder `to`."""
    for name, data in files.items():
        path = to / Path(name).relative_to(folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _after(before: bytes, effects: list[Written | Cut]) -> bytes:
    if not effects:
        return before
    held = bytearray(before)
    for effect in effects:
        end = effect.size if isinstance(effect, Cut) else effect.offset + len(effect.data)
        if len(held) < end:
            held.extend(bytes(end - len(held)))
        if isinstance(effect, Cut):
            del held[effect.size :]
        else:
            held[effect.offset : end] = effect.data
    return bytes(held)


def _named(names: dict[str, int], effects: list[Made | Renamed | Removed]) -> dict[str, int]:
    found = dict(names)
    for effect in effects:
        match effect:
            case Made(name, file):
                found[name] = file
            case Renamed(name, to):
                found[to] = found.pop(name)
            case Removed(name):
                found.pop(name, None)
    return found


def _in(effect: Made | Renamed | Removed, folder: str) -> bool:
    names = (effect.name, effect.to) if isinstance(effect, Renamed) else (effect.name,)
    return any(name.rpartition("/")[0] == folder for name in names)


def _zeros(effect: Written | Cut) -> Written | Cut:
    return effect if isinstance(effect, Cut) else Written(effect.file, effect.offset, bytes(len(effect.data)))


def _some(effects: list[Written | Cut], chance: random.Random) -> Iterator[Written | Cut]:
    for effect in effects:
        if isinstance(effect, Cut):
            if chance.random() < 0.5:
                yield effect
            continue
        edges = [0, *range(SECTOR - effect.offset % SECTOR, len(effect.data), SECTOR), len(effect.data)]
        for start, end in pairwise(edges):
            if chance.random() < 0.5:
                yield Written(effect.file, effect.offset + start, effect.data[start:end])
