"""A CSV file as office programs write it, read row by row with its line numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from municipal.errors import FileError, RowError
from study.csv_text import csv_rows, decoded

_PASSWORD = re.compile(r"//[^/@]+@")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its first line in the file, counted from 1, and its values by column, stripped."""

    line: int
    values: dict[str, str]

    def text(self, column: str) -> str:
        """A value that must be there. Raises RowError."""
        value = self.values[column]
        if not value:
            raise RowError(f"“{column}”一列为空")
        return value

    def optional(self, *names: str) -> tuple[str, str]:
        """Name and value of a column that older files lack, under the first of its names that is there."""
        found = next((name for name in names if name in self.values), names[0])
        return found, self.values.get(found, "")

    def number(self, column: str) -> int:
        """A whole number from 1 to 999999999. Raises RowError."""
        value = self.values[column]
        if not (value.isascii() and value.isdigit() and 0 < len(value) <= 9 and int(value) > 0):
            raise RowError(f"“{column}”一列应为正整数，现为“{value[:40]}”")
        return int(value)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that was not imported, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What could be read of a file, and what could not."""

    rows: tuple[Row, ...]
    set_aside: tuple[SetAside, ...]


def read_sheet(path: Path, columns: Sequence[str]) -> Sheet:
    """Read a CSV file that must have `columns`; further columns are ignored.

    Raises FileError when the file is not there, is no text, or lacks a column.
    """
    lines = csv_rows(_text_of(path))
    header = [name.strip() for name in next(lines, (0, [], ""))[1]]
    missing = [column for column in columns if column not in header]
    if missing:
        names = "、".join(f"“{column}”" for column in missing)
        raise FileError(f"文件 {path.name} 缺少列{names}，什么也没有导入；请补上这一列再导入。")
    rows: list[Row] = []
    set_aside: list[SetAside] = []
    for line, fields, trouble in lines:
        if trouble:
            set_aside.append(SetAside(line, trouble))
        elif len(fields) != len(header):
            set_aside.append(SetAside(line, f"应有 {len(header)} 列，实有 {len(fields)} 列"))
        else:
            rows.append(Row(line, dict(zip(header, (field.strip() for field in fields), strict=True))))
    return Sheet(tuple(rows), tuple(set_aside))


def shown(value: str) -> str:
    """A value as it may stand in a message: short, in one line, and without a password that it may hold."""
    plain = _PASSWORD.sub("//…@", value)
    return "".join(character if character.isprintable() else " " for character in plain)[:40]


def _text_of(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = "没有这个文件" if isinstance(error, FileNotFoundError) else error.strerror
        raise FileError(
            f"文件 {path} 打不开（{reason}），什么也没有导入；请检查文件名、所在文件夹和权限。"
        ) from error
    if (text := decoded(data)) is not None:
        return text
    raise FileError(f"文件 {path.name} 不是 CSV 文本，什么也没有导入；请在表格软件中另存为 CSV。")
