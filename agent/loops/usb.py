"""USB: notices a stick that is plugged in, takes receipts from it, and puts on it what waits."""

import logging
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from agent.errors import AgentError, StickError, StoreError
from agent.loops.exporting import Carrier, export_to
from agent.loops.importing import Imported, ReceiptFate, import_from
from agent.stores.dates.moments import utc_ms_of
from agent.stores.stick.files import PULLED_OUT, remove
from agent.stores.stick.news import StickNews, StickState, last_stick, note_gone, note_stick
from agent.stores.stick.receipts import platform_key
from study.parcel import FOLDER

log = logging.getLogger(__name__)

LOOK_EVERY_S = 2.0
_DEPTH = 2
"""Desktops and udisks mount sticks at /media/<name> or /run/media/<user>/<name>."""
_MOUNTS = Path("/proc/self/mountinfo")
_TYPES = frozenset(("vfat", "msdos", "exfat", "ntfs", "ntfs3", "fuseblk", "hfsplus"))
"""What sticks are sold with; a data disk of the box itself has none of these."""
_OCTAL = re.compile(r"\\([0-7]{3})")
_MAY_GO = "可以拔出U盘了"
_SILENT = (ReceiptFate.OTHER_BOX, ReceiptFate.OLD)


@dataclass(frozen=True, slots=True)
class Mount:
    """One mounted stick; the same stick mounted again is another one."""

    mount_id: str
    device: str
    folder: Path


def mounts_in(mountinfo: str, folders: tuple[Path, ...]) -> tuple[Mount, ...]:
    """The sticks in the text of /proc/self/mountinfo: whole file systems of block devices, below `folders`.

    A line: id, parent, major:minor, root, mount point, options, optional fields, "-", type, source, more.
    """
    return tuple(mount for line in mountinfo.splitlines() if (mount := _mount(line, folders)) is not None)


def mounted_sticks(folders: tuple[Path, ...]) -> Callable[[], tuple[Mount, ...]]:
    """Looks at the mounts of this machine; asks nothing of the sticks themselves."""
    return lambda: mounts_in(_MOUNTS.read_text(encoding="utf-8", errors="surrogateescape"), folders)


class Usb:
    """Serves each stick once, when it appears; `handle_one_look` is one turn."""

    def __init__(
        self, carrier: Carrier, look: Callable[[], tuple[Mount, ...]], when_settled: Callable[[], None]
    ) -> None:
        self._carrier = carrier
        self._look = look
        self._when_settled = when_settled
        self._served: frozenset[Mount] = frozenset()

    def handle_one_look(self) -> float:
        """Serve what is new. Returns the seconds until the next look."""
        seen = frozenset(self._look())
        new = sorted(seen - self._served, key=lambda mount: mount.folder)
        if not seen:
            self._note_gone()
        # A stick that fails is told, and not tried again until it is plugged in anew.
        self._served = seen
        for mount in new:
            self._serve(mount)
        return LOOK_EVERY_S

    def _serve(self, mount: Mount) -> None:
        log.info("stick at %s on %s", mount.folder, mount.device)
        self._note(StickState.BUSY, 0, "正在读写U盘，请不要拔出")
        said: list[str] = []
        state, records = StickState.DONE, 0
        for work in (self._import, self._export):
            try:
                count, told = work(mount)
                said, records = [*said, *told], count
            except AgentError as error:
                log.warning("stick at %s: %s", mount.folder, error.words)
                said, state = [*said, error.words], StickState.TROUBLE
        still_there = mount in self._look()
        self._note(state, records, "；".join([*said, _MAY_GO] if still_there else said))

    def _import(self, mount: Mount) -> tuple[int, list[str]]:
        with self._carrier.database.reading() as tables:
            if platform_key(tables) is None:
                # A box that knows no platform can have no receipts; on the stick they may lie for others.
                return 0, []
        imported = import_from(self._carrier, mount.folder)
        if any(one.fate is ReceiptFate.TAKEN for one in imported):
            self._when_settled()
        return 0, _receipt_words(imported)

    def _export(self, mount: Mount) -> tuple[int, list[str]]:
        exported = export_to(self._carrier, mount.folder / FOLDER)
        if exported.file is not None and mount not in self._look():
            # Pulled out meanwhile: the folder that was written is the box's own, below where the stick was.
            remove([exported.file])
            raise StickError(PULLED_OUT)
        return exported.records, [exported.words]

    def _note(self, state: StickState, records: int, words: str) -> None:
        clock = self._carrier.clock
        # On a full disk the news is lost, and nothing else.
        with suppress(StoreError), self._carrier.database.writing() as tables:
            at_utc_ms = utc_ms_of(tables, clock.boot, clock.mono_ms())
            note_stick(tables, StickNews(state, records, words, at_utc_ms))

    def _note_gone(self) -> None:
        with self._carrier.database.reading() as tables:
            news = last_stick(tables)
        if news is not None and news.state is not StickState.GONE:
            with self._carrier.database.writing() as tables:
                note_gone(tables)


def _receipt_words(imported: tuple[Imported, ...]) -> list[str]:
    """What the operator should know; the receipts of other boxes are none of his."""
    taken = [one for one in imported if one.fate is ReceiptFate.TAKEN]
    wrong = [one.words for one in imported if one.fate not in (ReceiptFate.TAKEN, *_SILENT)]
    said = list(dict.fromkeys(wrong))
    if taken:
        delivered, refused = sum(one.delivered for one in taken), sum(one.refused for one in taken)
        more = f"，{refused} 条被退回" if refused else ""
        said.insert(0, f"回执已导入，{delivered} 条学习记录已送达{more}")
    return said


def _mount(line: str, folders: tuple[Path, ...]) -> Mount | None:
    before, _, after = line.partition(" - ")
    head, tail = before.split(" "), after.split(" ")
    if len(head) < 6 or len(tail) < 2:
        return None
    mount_id, _, device, root, point = head[:5]
    kind, source = tail[:2]
    folder = Path(_OCTAL.sub(lambda found: chr(int(found[1], 8)), point))
    below = any(
        folder.is_relative_to(place) and 1 <= len(folder.relative_to(place).parts) <= _DEPTH
        for place in folders
    )
    if root != "/" or kind not in _TYPES or not source.startswith("/dev/") or not below:
        return None
    return Mount(mount_id, device, folder)
