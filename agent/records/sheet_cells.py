"""The cells of a table in CSV or XLSX as text, whatever the file holds."""

import importlib
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from agent.errors import RosterError
from study.csv_text import csv_rows, decoded

FILE_BYTES_MAX = 2_000_000
ROWS_MAX = 5_000
_UNPACKED_BYTES_MAX = 8_000_000
_PARTS_MAX = 500
_SHEETS_MAX = 20
_ROW_LAST = 20_000
"""Of a sheet, with the empty rows between."""
_COLUMNS_MAX = 100
_CELL_CHARS_MAX = 200
"""A name or a number is not longer; what is cut off here is too long anyway."""
_HEAD_ROWS = 20
"""So many rows may stand above the first person."""
_EXACT_DIGITS = 15
"""Office programs keep no more of a number; the others become zeros."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{1,3}")
_WHOLE = re.compile(r"([0-9]+)\.0+")


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell; `is_rounded`: a number whose last digits the office program has lost."""

    text: str
    is_rounded: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is not empty, numbered as the office program shows it; `trouble`: why it is not read."""

    number: int
    cells: Sequence[Cell]
    trouble: str = ""


def tables_in(data: bytes) -> Iterator[Sequence[Line]]:
    """The tables of a file: one of a CSV, each sheet of an XLSX. Raises RosterError where it is neither."""
    if len(data) > FILE_BYTES_MAX:
        raise RosterError(
            f"花名册文件超过 {FILE_BYTES_MAX // 1_000_000} MB，没有导入；请只留姓名和学习卡号两列"
        )
    if data.startswith(_OLE):
        raise RosterError("这是旧版 .xls 文件，或加了密码，没有导入；请去掉密码，另存为 .xlsx 或 CSV")
    if data.startswith(_ZIP):
        yield from _sheets(data)
    else:
        yield _csv_table(data)


def _csv_table(data: bytes) -> Sequence[Line]:
    text = decoded(data)
    if text is None:
        raise RosterError("这不是 CSV 或 Excel 表格，没有导入；请在表格软件中另存为 .xlsx 或 CSV")
    rows = csv_rows(text, "\t" if "\t" in text[:_CELL_CHARS_MAX] else ",")
    return _bounded(
        Line(number, [_written(field) for field in fields[:_COLUMNS_MAX]], trouble)
        for number, fields, trouble in rows
    )


def _sheets(data: bytes) -> Iterator[Sequence[Line]]:
    _check_parts(data)
    # Only now: it takes 7 MB, and a box reads a roster once a year.
    load_workbook = importlib.import_module("openpyxl").load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of colours and rules that nobody needs here
            # Row by row: one cell in the last corner of a sheet costs nothing so.
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            tables = [_sheet_table(sheet) for sheet in book.worksheets[:_SHEETS_MAX]]
    except RosterError:
        raise
    except Exception as error:  # openpyxl meets a wrong file with any error there is
        raise _no_sheet() from error
    yield from tables


def _sheet_table(sheet: Any) -> Sequence[Line]:
    # A size that the file only tells could keep rows from being read.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=_ROW_LAST, max_col=_COLUMNS_MAX, values_only=True)
    lines = (Line(number, [_kept(value) for value in row]) for number, row in enumerate(rows, start=1))
    return _bounded(line for line in lines if any(cell.text for cell in line.cells))


def _check_parts(data: bytes) -> None:
    """Refuse what would take more memory than a list of names can need. Raises RosterError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            # What a part says to be its size is also the most that is ever unpacked of it.
            is_large = sum(part.file_size for part in parts) > _UNPACKED_BYTES_MAX
            if is_large or len(parts) > _PARTS_MAX:
                raise RosterError("花名册文件展开后过大，没有导入；请只留姓名和学习卡号两列，另存为 CSV")
            # XML entities can grow without bound; no office program writes any.
            if any(b"<!DOCTYPE" in packed.read(part) for part in parts):
                raise _no_sheet()
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        ValueError,
        LookupError,
        RuntimeError,
        OSError,
    ) as error:
        raise _no_sheet() from error


def _no_sheet() -> RosterError:
    return RosterError("这个 Excel 文件不完整，或不是表格，没有导入；请在表格软件中打开，另存为 CSV")


def _bounded(lines: Iterable[Line]) -> Sequence[Line]:
    taken = list(islice(lines, ROWS_MAX + _HEAD_ROWS + 1))
    if len(taken) > ROWS_MAX + _HEAD_ROWS:
        raise RosterError(f"花名册超过 {ROWS_MAX} 行，没有导入；请分成几个文件")
    return taken


def _kept(value: object) -> Cell:
    """A value as a workbook holds it."""
    if isinstance(value, bool) or value is None:
        return Cell("")
    if isinstance(value, int):
        text = str(value) if abs(value) < 10**30 else "#"
        return Cell(text, len(text) > _EXACT_DIGITS)
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 10**_EXACT_DIGITS:
            return Cell(str(int(value)))
        return Cell(repr(value), abs(value) >= 10**_EXACT_DIGITS)
    return _written(str(value))


def _written(text: str) -> Cell:
    """A value as it was written: Excel's marks for text are no part of it."""
    shown = text[: _CELL_CHARS_MAX + 1].strip()
    if shown.startswith('="') and shown.endswith('"'):
        shown = shown[2:-1]
    shown = shown.removeprefix("'").strip()
    if whole := _WHOLE.fullmatch(shown):
        shown = whole[1]
    return Cell(shown, _ROUNDED.fullmatch(shown) is not None)
