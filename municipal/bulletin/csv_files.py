"""A bulletin as CSV files, one a table, with the fields of the published ones."""

import csv
from io import StringIO

from municipal.bulletin.sheets import Cell, Sheet, printed


def as_csv(sheet: Sheet) -> str:
    """Comma-separated, with a line of field names; empty where there is no such station."""
    told = StringIO()
    writer = csv.writer(told, lineterminator="\n")
    writer.writerow([column.name for column in sheet.columns])
    writer.writerows([[_written(cell) for cell in row] for row in sheet.rows])
    return told.getvalue()


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    text = printed(cell)
    # A spreadsheet would take a title that begins so for a formula.
    return f"'{text}" if isinstance(cell, str) and text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
