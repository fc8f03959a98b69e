"""What a real process did to the files of one folder, recorded system call by system call.

SQLite's own layer for this (a VFS written in Python with apsw) sees only SQLite, and only an SQLite that
apsw brought along: Python's sqlite3, over which the store code runs, is another library. `strace` sees the
unmodified program instead: database, write-ahead log, record log, ballast, copies and renames in one
order, together with the marks by which the program tells what it has acknowledged.
"""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_CALLS = (
    "open,openat,creat,close,dup,dup2,dup3,read,write,pwrite64,pwritev,writev,lseek,ftruncate,truncate,"
    "fallocate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,rmdir,link,linkat,symlink,"
    "copy_file_range,sendfile,sync_file_range"
)
_LINE = re.compile(r"^(\d+) +(.*)$")
_RESUMED = re.compile(r"^<\.\.\. (\w+) resumed>(.*)$")
_CALL = re.compile(r"^(\w+)\((.*)\) += (-?\d+)", re.DOTALL)
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_UNTRACED = frozenset(("pwritev", "writev", "copy_file_range", "sendfile", "link", "linkat", "symlink"))


class RecordError(Exception):
    """The recording holds a call of which this module does not know what it does to a disk."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new name for a new, empty file."""

    name: str
    file: int


@dataclass(frozen=True, slots=True)
class Renamed:
    name: str
    to: str


@dataclass(frozen=True, slots=True)
class Removed:
    name: str


@dataclass(frozen=True, slots=True)
class Written:
    file: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """The file now has this size."""

    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """Everything written to the file so far is on the disk."""

    file: int


@dataclass(frozen=True, slots=True)
class FolderSynced:
    """The names in the folder are on the disk."""

    folder: str


@dataclass(frozen=True, slots=True)
class Marked:
    """The program says where it is."""

    text: str


Effect = Made | Renamed | Removed | Written | Cut | Synced | FolderSynced | Marked


@dataclass(slots=True)
class _Handle:
    file: int | None
    """None for a folder."""
    name: str
    position: int = 0
    append: bool = False


@dataclass(slots=True)
class _Reading:
    """Follows handles and names while a recording is read."""

    root: str
    marks: str
    names: dict[str, int]
    sizes: dict[int, int]
    handles: dict[int, _Handle] = field(default_factory=dict)

    def effects(self, call: str, arguments: str, result: int) -> Iterator[Effect]:
        if result < 0:
            return
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(arguments)]
        match call:
            case "open" | "openat" | "creat":
                yield from self._opened(texts[0].decode(), arguments, result)
            case "rename" | "renameat" | "renameat2":
                yield from self._renamed(texts[0].decode(), texts[1].decode())
            case "unlink" | "unlinkat":
                name = texts[0].decode()
                if self.names.pop(name, None) is not None:
                    yield Removed(name)
            case "mkdir" | "rmdir":
                return
            case "truncate":
                raise RecordError(f"{call} of a path")
            case _:
                yield from self._on_handle(call, arguments, result, texts)

    def _opened(self, name: str, arguments: str, fd: int) -> Iterator[Effect]:
        self.handles.pop(fd, None)
        if name == self.marks:
            self.handles[fd] = _Handle(-1, name, append=True)
            return
        if not name.startswith(self.root) or "O_DIRECTORY" in arguments:
            if name.startswith(self.root):
                self.handles[fd] = _Handle(None, name)
            return
        if Path(name) == Path(self.root) or (name not in self.names and "O_CREAT" not in arguments):
            self.handles[fd] = _Handle(None, name)
            return
        if name not in self.names:
            file = len(self.sizes)
            self.names[name], self.sizes[file] = file, 0
            yield Made(name, file)
        file = self.names[name]
        self.handles[fd] = _Handle(file, name, append="O_APPEND" in arguments)
        if "O_TRUNC" in arguments and self.sizes[file]:
            self.sizes[file] = 0
            yield Cut(file, 0)

    def _renamed(self, name: str, to: str) -> Iterator[Effect]:
        if name in self.names:
            self.names[to] = self.names.pop(name)
            yield Renamed(name, to)

    def _on_handle(self, call: str, arguments: str, result: int, texts: list[bytes]) -> Iterator[Effect]:
        handle = self.handles.get(int(re.match(r"-?\d+", arguments)[0]))  # type: ignore[index]
        if call == "close":
            self.handles.pop(int(re.match(r"\d+", arguments)[0]), None)  # type: ignore[index]
        if handle is None or call in ("close", "sync_file_range"):
            return
        if call in ("dup", "dup2", "dup3") or call in _UNTRACED:
            raise RecordError(f"{call} on {handle.name}")
        if handle.file is None:
            if call in ("fsync", "fdatasync"):
                yield FolderSynced(handle.name.rstrip("/"))
        elif handle.file == -1:
            if call == "write":
                yield Marked(texts[0][:result].decode())
        else:
            yield from self._on_file(handle, handle.file, call, arguments, result, texts)

    def _on_file(
        self, handle: _Handle, file: int, call: str, arguments: str, result: int, texts: list[bytes]
    ) -> Iterator[Effect]:
        numbers = [int(part) for part in re.findall(r"(?<=, )\d+(?=,|$)", arguments)]
        match call:
            case "read":
                handle.position += result
            case "lseek":
                handle.position = result
            case "write":
                at = self.sizes[file] if handle.append else handle.position
                handle.position = at + result
                yield self._written(file, at, texts[0][:result])
            case "pwrite64":
                yield self._written(file, numbers[-1], texts[0][:result])
            case "ftruncate":
                self.sizes[file] = numbers[-1]
                yield Cut(file, numbers[-1])
            case "fallocate":
                size = max(self.sizes[file], numbers[-1] + numbers[-2])
                self.sizes[file] = size
                yield Cut(file, size)
            case "fsync" | "fdatasync":
                yield Synced(file)

    def _written(self, file: int, at: int, data: bytes) -> Written:
        self.sizes[file] = max(self.sizes[file], at + len(data))
        return Written(file, at, data)


def recorded(command: list[str], folder: Path, marks: Path, trace: Path) -> list[Effect]:
    """Run a command that ends by itself and say what it did to the files in `folder`.

    Lines written to `marks`, which lies outside, stand between as `Marked`. Files that are there at the
    start are numbered by their sorted names. Raises RecordError.
    """
    present = sorted(str(path) for path in folder.rglob("*") if path.is_file())
    names = {name: number for number, name in enumerate(present)}
    sizes = {number: Path(name).stat().st_size for name, number in names.items()}
    words = ["strace", "-f", "--seccomp-bpf", "-xx", "-s", "100000000", "-e", "signal=none"]
    done = subprocess.run(
        [*words, "-e", f"trace={_CALLS}", "-o", str(trace), *command], capture_output=True, check=False
    )
    if done.returncode != 0:
        raise RecordError(f"{command} ended with {done.returncode}: {done.stderr.decode()[-2000:]}")
    return list(_effects(trace, _Reading(str(folder), str(marks), names, sizes)))


def _effects(trace: Path, reading: _Reading) -> Iterator[Effect]:
    begun: dict[str, str] = {}
    with trace.open(encoding="ascii") as lines:
        for line in lines:
            thread, said = _LINE.match(line.rstrip("\n")).groups()  # type: ignore[union-attr]
            if said.endswith("<unfinished ...>"):
                begun[thread] = said.removesuffix("<unfinished ...>").rstrip()
                continue
            if (resumed := _RESUMED.match(said)) is not None:
                said = begun.pop(thread) + resumed[2]
            if (call := _CALL.match(said)) is not None:
                yield from reading.effects(call[1], call[2], int(call[3]))
