"""A bulletin as page, workbook and CSV: the same figures, and nothing that a title could do."""

import csv
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest

from municipal.bulletin.csv_files import as_csv
from municipal.bulletin.files import write_bulletin
from municipal.bulletin.page import as_page
from municipal.bulletin.sheets import Column, Percent, Sheet
from municipal.bulletin.text import as_text
from municipal.bulletin.workbook import as_workbook
from municipal.errors import StartError

COLUMNS = (
    Column("district", "区"),
    Column("village", "农村"),
    Column("rate", "参学率"),
    Column("views", "次"),
)
NASTY = '<script>alert("1")</script>=1+1'
SHEET = Sheet(
    "hours_by_district",
    "各区学时",
    COLUMNS,
    (
        ("大兴", Decimal("4901.42"), Percent("55.94%"), 7),
        ("东城", None, None, 0),
        (NASTY, Decimal("0.00"), Percent("0.00%"), 1),
        ("合计", Decimal("4901.42"), Percent("31.67%"), 8),
    ),
)
EMPTY = Sheet("top_articles", "阅读最多的图文", COLUMNS, ())


def test_no_stations_are_a_dash_on_paper_and_nothing_in_a_file() -> None:
    text = as_text("2015-03", (SHEET, EMPTY))
    assert "2015 年 3 月学习情况通报" in text
    assert [line.split() for line in text.splitlines() if line.startswith("东城")] == [
        ["东城", "-", "-", "0"]
    ]
    assert "（没有）" in text
    rows = list(csv.reader(StringIO(as_csv(SHEET))))
    assert rows[:3] == [
        ["district", "village", "rate", "views"],
        ["大兴", "4901.42", "55.94%", "7"],
        ["东城", "", "", "0"],
    ]


def test_a_workbook_holds_numbers_and_nothing_that_begins_with_an_equals_sign() -> None:
    formula = Sheet("x", "标题", COLUMNS[:1], (("=HYPERLINK(1)",), ("http://example.org",)))
    book = openpyxl.load_workbook(BytesIO(as_workbook("通报", (SHEET, formula))))
    page = book.worksheets[0]
    assert page.title == "1 各区学时"
    assert [cell.value for cell in page[3]] == ["大兴", 4901.42, 0.5594, 7]
    assert [cell.value for cell in page[4]] == ["东城", "-", "-", 0]
    assert (page["B3"].number_format, page["C3"].number_format) == ("0.00", "0.00%")
    first, second = (book.worksheets[1].cell(row, 1) for row in (3, 4))
    assert (first.data_type, first.value, second.hyperlink) == ("s", "=HYPERLINK(1)", None)
    assert as_csv(formula).splitlines()[1] == "'=HYPERLINK(1)"


def test_the_same_figures_are_the_same_bytes() -> None:
    assert as_workbook("通报", (SHEET,)) == as_workbook("通报", (SHEET,))
    assert as_page("2015-03", (SHEET, EMPTY)) == as_page("2015-03", (SHEET, EMPTY))


def test_a_page_shows_a_title_and_does_nothing_with_it() -> None:
    page = as_page("2015-03", (SHEET, EMPTY))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert '<tr class="sum"><td>合计</td><td class="figure">4901.42</td>' in page
    assert "这个月没有。" in page


def test_all_files_are_written_or_the_reason_is_said(tmp_path: Path) -> None:
    names = [file.name for file in write_bulletin(tmp_path / "a" / "b", "2015-03", (SHEET,))]
    assert names == ["2015-03_bulletin.xlsx", "2015-03_bulletin.html", "2015-03_hours_by_district.csv"]
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StartError, match="写不进"):
        write_bulletin(tmp_path / "file", "2015-03", (SHEET,))
