"""Checks of the catalogue and of the courses kept on the box."""

from collections.abc import Callable, Iterator
from hashlib import file_digest
from pathlib import Path

from agent.checks.finding import Finding, good, warning, wrong
from agent.stores.courses.catalogue import course_count, revision
from agent.stores.courses.shelf import Shelf, Wanted
from agent.stores.disk.database import Tables


def stock_findings(
    tables: Tables, shelf: Shelf, progress: Callable[[int, int], None] | None
) -> Iterator[Finding]:
    """With `progress` (bytes read, and all) every file is read through and compared with its checksum."""
    if revision(tables) == 0:
        yield warning("课程目录", "还没有取到", "开通并连上市平台后自动取得")
    else:
        yield good("课程目录", f"第 {revision(tables)} 版，{course_count(tables)} 门课程")
    entries = [Wanted(*row) for row in tables.execute("SELECT media, sha256, bytes FROM shelf")]
    bad = [entry for entry in entries if _size(shelf.file(entry)) != entry.bytes]
    if progress is not None:
        bad += [entry for entry in _read_through(shelf, entries, progress) if entry not in bad]
    if bad:
        names = "、".join(entry.media for entry in bad[:3])
        yield wrong("本机课程", f"{len(bad)} 个文件缺失或损坏：{names}", "服务运行、连上网络后会自动重新下载")
    else:
        said = "逐个核对无误" if progress is not None else "大小无误（--deep 可逐个核对内容）"
        yield good("本机课程", f"{len(entries)} 个文件，{said}")


def _read_through(
    shelf: Shelf, entries: list[Wanted], progress: Callable[[int, int], None]
) -> Iterator[Wanted]:
    total, done = sum(entry.bytes for entry in entries), 0
    for entry in entries:
        try:
            with shelf.file(entry).open("rb") as held:
                if file_digest(held, "sha256").hexdigest() != entry.sha256:
                    yield entry
        except OSError:
            yield entry
        done += entry.bytes
        progress(done, total)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return -1
