"""A bulletin in a terminal."""

from tabulate import tabulate

from municipal.bulletin.sheets import Sheet, printed
from municipal.hours import DASH, ROUNDING, WHICH_MONTH
from municipal.month import month_words

NOTES = (
    ROUNDING,
    f"{DASH}参学率 = 参学站点 ÷ 应学站点。",
    WHICH_MONTH,
    "点击为打开并播放的次数，不论是否计入学时；图文为阅读次数。",
)
"""What stands below the tables."""


def heading(month: str) -> str:
    """2015 年 3 月学习情况通报."""
    return f"{month_words(month)}学习情况通报"


def as_text(month: str, sheets: tuple[Sheet, ...]) -> str:
    """All tables with their notes."""
    parts = [heading(month), ""]
    for number, sheet in enumerate(sheets, start=1):
        parts += [f"{number}. {sheet.title}", _table(sheet), ""]
    return "\n".join([*parts, *NOTES]) + "\n"


def _table(sheet: Sheet) -> str:
    if not sheet.rows:
        return "（没有）"
    columns = zip(*sheet.rows, strict=True)
    aligned = ["left" if any(isinstance(cell, str) for cell in column) else "right" for column in columns]
    rows = [[printed(cell) for cell in row] for row in sheet.rows]
    return tabulate(
        rows,
        [column.words for column in sheet.columns],
        tablefmt="plain",
        disable_numparse=True,
        colalign=aligned,
    )
