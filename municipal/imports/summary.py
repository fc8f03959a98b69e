"""The summary of one import: what is new, changed, unchanged, removed and set aside."""

from collections.abc import Iterable
from dataclasses import dataclass

from municipal.imports.sheet import SetAside


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of things (not rows: a course of three episodes is one) and the rows set aside."""

    new: int
    changed: int
    unchanged: int
    removed: int
    set_aside: tuple[SetAside, ...]
    revision: int | None = None
    """The catalogue's new revision; None when nothing in the catalogue changed."""
    notes: tuple[SetAside, ...] = ()
    """Rows that were imported without their thumbnails, and why."""


def sentences(file_name: str, summary: Summary) -> list[str]:
    """The summary as a person reads it, the rows set aside in the order of the file."""
    lines = [
        f"{file_name}：新增 {summary.new}，更改 {summary.changed}，未变 {summary.unchanged}，"
        f"下架 {summary.removed}，搁置 {len(summary.set_aside)} 行。"
    ]
    lines += [f"  第 {row.line} 行搁置：{row.reason}" for row in in_order(summary.set_aside)]
    lines += [f"  第 {row.line} 行没有缩略图：{row.reason}" for row in in_order(summary.notes)]
    if summary.revision is not None:
        lines.append(f"目录已更新到第 {summary.revision} 版。")
    return lines


def in_order(rows: Iterable[SetAside]) -> tuple[SetAside, ...]:
    """By line."""
    return tuple(sorted(rows, key=lambda row: row.line))
