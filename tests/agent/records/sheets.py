"""Lists of members as offices write them."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook

HEAD = ("姓名", "学习卡号")


def csv_bytes(rows: Iterable[Iterable[Any]], encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_bytes(rows: Iterable[Iterable[Any]], merged: Iterable[str] = ()) -> bytes:
    return saved(workbook(rows, merged))


def workbook(rows: Iterable[Iterable[Any]], merged: Iterable[str] = ()) -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    return book


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
