"""A bulletin in a terminal."""

from tabulate import tabulate

from municipal.bulletin.sheets import Cell, Percent, Sheet, printed
from municipal.month import month_words

_NOTES = (
    "学时为小时，由整毫秒换算，每格各自四舍五入到两位小数；合计先按毫秒相加再舍入。",
    "“-”表示没有这一类站点，0.00 表示有站点但没有学时。参学率 = 参学站点 ÷ 应学站点。",
    "学时归入该次学习开始的月份（北京时间）；只计按规则有效、且未被后来记录替换的学习。",
    "点击为打开并播放的次数，不论是否计入学时；图文为阅读次数。",
)


def heading(month: str) -> str:
    """2015 年 3 月学习情况通报."""
    return f"{month_words(month)}学习情况通报"


def notes() -> tuple[str, ...]:
    """What stands below the tables."""
    return _NOTES


def as_text(month: str, sheets: tuple[Sheet, ...]) -> str:
    """All tables with their notes."""
    parts = [heading(month), ""]
    for number, sheet in enumerate(sheets, start=1):
        parts += [f"{number}. {sheet.title}", _table(sheet), ""]
    return "\n".join([*parts, *_NOTES]) + "\n"


def _table(sheet: Sheet) -> str:
    if not sheet.rows:
        return "（没有）"
    aligned = [
        "left" if _is_text([row[n] for row in sheet.rows]) else "right" for n in range(len(sheet.columns))
    ]
    rows = [[printed(cell) for cell in row] for row in sheet.rows]
    return tabulate(
        rows,
        [column.words for column in sheet.columns],
        tablefmt="plain",
        disable_numparse=True,
        colalign=aligned,
    )


def _is_text(cells: list[Cell]) -> bool:
    return any(isinstance(cell, str) and not isinstance(cell, Percent) for cell in cells)
