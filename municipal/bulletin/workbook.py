"""A bulletin as a workbook for spreadsheets, a sheet for each table."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from municipal.bulletin.sheets import Cell, Percent, Sheet, printed

DRAWN = datetime(2000, 1, 1, tzinfo=UTC)
"""The moment that the file tells of itself: the same figures are the same bytes."""
NAME_MAX = 31
WIDTH_MAX = 60
_CHINESE = 0x2E80


def as_workbook(heading: str, sheets: tuple[Sheet, ...]) -> bytes:
    """The bytes of an XLSX file; figures are numbers, and nothing is taken for a formula."""
    told = BytesIO()
    book = xlsxwriter.Workbook(
        told, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": heading, "created": DRAWN.replace(tzinfo=None)})
    forms = _forms(book)
    for number, sheet in enumerate(sheets, start=1):
        page = book.add_worksheet(f"{number} {sheet.title}"[:NAME_MAX])
        page.write_string(0, 0, sheet.title, forms["title"])
        page.write_row(1, 0, [column.words for column in sheet.columns], forms["heading"])
        for line, row in enumerate(sheet.rows, start=2):
            for place, cell in enumerate(row):
                _write(page, line, place, cell, forms)
        for place in range(len(sheet.columns)):
            page.set_column(place, place, _width(sheet, place))
        page.freeze_panes(2, 1)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(0, 1)
    book.close()
    return told.getvalue()


def _forms(book: Any) -> dict[str, Any]:
    line = {"border": 1, "valign": "vcenter"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "heading": book.add_format({**line, "bold": True, "align": "center", "text_wrap": True}),
        "text": book.add_format(line),
        "number": book.add_format({**line, "num_format": "0"}),
        "hours": book.add_format({**line, "num_format": "0.00"}),
        "percent": book.add_format({**line, "num_format": "0.00%"}),
        "missing": book.add_format({**line, "align": "right"}),
    }


def _write(page: Any, line: int, place: int, cell: Cell, forms: dict[str, Any]) -> None:
    if cell is None:
        page.write_string(line, place, printed(cell), forms["missing"])
    elif isinstance(cell, str):
        page.write_string(line, place, cell, forms["text"])
    elif isinstance(cell, Percent):
        page.write_number(line, place, float(Decimal(cell.text.removesuffix("%")) / 100), forms["percent"])
    else:
        page.write_number(line, place, float(cell), forms["number" if isinstance(cell, int) else "hours"])


def _width(sheet: Sheet, place: int) -> int:
    told = [sheet.columns[place].words, *(printed(row[place]) for row in sheet.rows)]
    return min(WIDTH_MAX, 2 + max(sum(2 if ord(char) >= _CHINESE else 1 for char in text) for text in told))
