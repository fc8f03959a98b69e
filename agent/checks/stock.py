"""Checks of the catalogue and of the courses kept on the box."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import file_digest
from pathlib import Path

from agent.checks.finding import Finding, good, warning, wrong
from agent.clock import Clock
from agent.commands.moment import length_words
from agent.stores.courses.catalogue import course_count, revision
from agent.stores.courses.shelf import Shelf, Wanted
from agent.stores.disk.database import Tables
from agent.stores.freshness import catalogue_age_ms
from study.units import MINUTE_MS

_OLD_MS = 3 * 24 * 60 * MINUTE_MS


def stock_findings(
    tables: Tables, shelf: Shelf, clock: Clock, progress: Callable[[int, int], None] | None
) -> Iterator[Finding]:
    """With `progress` (bytes read, and all) every file is read through and compared with its checksum."""
    yield _catalogue(tables, clock)
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


def _catalogue(tables: Tables, clock: Clock) -> Finding:
    if revision(tables) == 0:
        return warning("课程目录", "还没有取到", "开通并连上市平台后自动取得")
    held = f"第 {revision(tables)} 版，{course_count(tables)} 门课程"
    age_ms = catalogue_age_ms(tables, clock.boot, clock.mono_ms())
    if age_ms is None:
        return good("课程目录", f"{held}；多久以前与市平台核对过，对时后才知道")
    age = length_words(timedelta(milliseconds=age_ms))
    if age_ms > _OLD_MS:
        advice = "学习照常；连上网络后自动更新，请检查网络"
        return warning("课程目录", f"{held}；已有 {age}没有与市平台核对，可能不是最新", advice)
    return good("课程目录", f"{held}；{age}前与市平台核对过")


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
