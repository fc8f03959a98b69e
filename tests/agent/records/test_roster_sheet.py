"""Lists of members are read as offices keep them, and a bad row never stops the others."""

import io
import random
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.errors import RosterError
from agent.records.person import Person, read_name
from agent.records.roster_sheet import FaultKind, RosterSheet, read_roster_sheet
from agent.records.sheet_cells import FILE_BYTES_MAX, ROWS_MAX
from study.group.card import CardNumber
from tests.agent.records.sheets import HEAD, csv_bytes, saved, workbook, xlsx_bytes

FIRST, SECOND, THIRD = "79927398713", "4539578763621486", "10000008"
XLSX = xlsx_bytes([HEAD, ("李秀芳", FIRST), ("陈静", SECOND)])


def people(sheet: RosterSheet) -> list[tuple[str, str]]:
    return [(one.name, one.card) for one in sheet.people]


def faults(sheet: RosterSheet) -> list[tuple[int, FaultKind]]:
    return [(fault.line, fault.kind) for fault in sheet.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_of_any_encoding_and_order_of_columns(encoding: str) -> None:
    rows = [("序号", "学习卡号 ", "性别", "姓 名"), (1, FIRST, "女", "李秀芳"), (2, SECOND, "女", "陈静")]
    sheet = read_roster_sheet(csv_bytes(rows, encoding))
    assert people(sheet) == [("李秀芳", FIRST), ("陈静", SECOND)]
    assert sheet.faults == ()


def test_text_with_tabs_as_excel_saves_it() -> None:
    data = f"姓名\t卡号\r\n李秀芳\t{FIRST}\r\n".encode("utf-16")
    assert people(read_roster_sheet(data)) == [("李秀芳", FIRST)]


def test_a_workbook_with_a_merged_title_and_what_people_make_of_cells() -> None:
    rows: list[tuple[Any, ...]] = [
        ("前门社区学习站花名册", None, None, None),
        (None, None, None, None),
        ("序号", "姓名", "学习卡号（必填）", "备注"),
        (1, "李　秀芳", " ７９９２ ７３９８ ７１３ ", None),
        (2, "陈 静", int(THIRD), "组长"),
        (3, "阿依古丽•买买提", float(1000000000008), None),
        (None, "合计", None, "3 人"),
        (None, None, None, "制表：王"),
    ]
    sheet = read_roster_sheet(xlsx_bytes(rows, ["A1:D2", "A7:A8"]))
    assert people(sheet) == [("李秀芳", FIRST), ("陈静", THIRD), ("阿依古丽·买买提", "1000000000008")]
    assert faults(sheet) == [(6, FaultKind.CHECK_DIGIT), (7, FaultKind.NO_CARD)]


def test_every_bad_row_is_told_and_the_others_are_taken() -> None:
    rows: list[tuple[Any, ...]] = [
        HEAD,
        ("李秀芳", FIRST),
        ("陈静", FIRST),
        ("李秀芳", FIRST),
        ("", SECOND),
        ("王小明", ""),
        ("王小明", "12O456"),
        ("王小明", "12345"),
        ("长" * 31, SECOND),
        ("王\u202e明", SECOND),
        ("王🐷明", SECOND),
        ("王\x07明", SECOND),
        ("محمد", SECOND),
        ("王小明", "4.53957E+15"),
        ("王小明", "4539578763621487"),
        ("张三", SECOND),
    ]
    sheet = read_roster_sheet(csv_bytes(rows))
    assert people(sheet) == [("李秀芳", FIRST), ("王小明", "4539578763621487"), ("张三", SECOND)]
    assert faults(sheet) == [
        (3, FaultKind.DOUBLED),
        (5, FaultKind.NO_NAME),
        (6, FaultKind.NO_CARD),
        (7, FaultKind.BAD_CARD),
        (8, FaultKind.BAD_CARD),
        *((line, FaultKind.BAD_NAME) for line in range(9, 14)),
        (14, FaultKind.ROUNDED),
        (15, FaultKind.CHECK_DIGIT),
    ]
    assert [fault.line for fault in sheet.faults if fault.is_taken] == [15]
    assert sheet.faults[0].words == "学习卡号与第 2 行（李*芳）相同"
    said = "".join(fault.words for fault in sheet.faults)
    assert not any(secret in said for secret in ("李秀芳", "王小明", FIRST, SECOND))


@pytest.mark.parametrize("value", [4539578763621486, 4.539578763621486e15, 4.5e18, 10**40, float("1e300")])
def test_a_number_that_a_workbook_cannot_hold_is_a_fault(value: float) -> None:
    sheet = read_roster_sheet(xlsx_bytes([HEAD, ("李秀芳", value), ("陈静", THIRD)]))
    assert (people(sheet), faults(sheet)) == ([("陈静", THIRD)], [(2, FaultKind.ROUNDED)])


def test_no_formula_is_worked_out() -> None:
    sheet = read_roster_sheet(xlsx_bytes([HEAD, ("李秀芳", "=1000000+7"), ("陈静", THIRD)]))
    assert (people(sheet), faults(sheet)) == ([("陈静", THIRD)], [(2, FaultKind.NO_CARD)])


def test_marks_that_make_a_number_a_text_are_no_part_of_it() -> None:
    sheet = read_roster_sheet(
        csv_bytes([HEAD, ("李秀芳", f"'{FIRST}"), ("陈静", f'="{SECOND}"'), ("王", "10000008.0")])
    )
    assert [one.card for one in sheet.people] == [FIRST, SECOND, THIRD]


def test_the_list_may_be_on_a_later_sheet() -> None:
    book = workbook([("说明",)])
    later = book.create_sheet("名单")
    for row in (HEAD, ("李秀芳", FIRST)):
        later.append(list(row))
    assert people(read_roster_sheet(saved(book))) == [("李秀芳", FIRST)]


def test_a_quote_that_never_closes_costs_one_row() -> None:
    sheet = read_roster_sheet(f'姓名,卡号\n"李秀芳,{FIRST}\n陈静,{SECOND}\n'.encode())
    assert (people(sheet), faults(sheet)) == ([("陈静", SECOND)], [(2, FaultKind.UNREADABLE)])


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 50_000_000)
    return out.getvalue()


def lying_bomb() -> bytes:
    """Says that it unpacks to nothing much."""
    return bomb().replace((50_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))


def with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(XLSX)) as held, zipfile.ZipFile(out, "w") as packed:
        for part in held.namelist():
            data = held.read(part)
            packed.writestr(part, change(data) if part == name else data)
    return out.getvalue()


def with_entities() -> bytes:
    return with_part("xl/worksheets/sheet1.xml", lambda data: b'<!DOCTYPE a [<!ENTITY b "c">]>' + data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "没有找到"),
        ("姓名,性别\n李秀芳,女".encode(), "没有找到"),
        (b"\0" * 9, "不是 CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99, "旧版"),
        (b" " * (FILE_BYTES_MAX + 1), "超过 2 MB"),
        (b"PK\x03\x04", "不完整"),
        (XLSX[: len(XLSX) // 2], "不完整"),
        (bomb(), "过大"),
        (lying_bomb(), "不完整"),
        (with_entities(), "不完整"),
        (with_part("xl/workbook.xml", lambda data: data[:-9]), "不完整"),
        (csv_bytes([HEAD, *(("王", 10**8 + n) for n in range(ROWS_MAX + 1))]), "超过 5000 行"),
        (xlsx_bytes([HEAD, *(("王", 10**8 + n) for n in range(ROWS_MAX + 1))]), "超过 5000 行"),
    ],
    ids=range(13),
)
def test_a_file_that_is_no_list_is_told_in_words(data: bytes, words: str) -> None:
    with pytest.raises(RosterError, match=words):
        read_roster_sheet(data)


def test_the_longest_list_is_read() -> None:
    rows = [("花名册",), HEAD, *(("王小明", str(10**8 + n)) for n in range(ROWS_MAX))]
    assert len(read_roster_sheet(xlsx_bytes(rows)).people) == ROWS_MAX


def test_a_cell_in_the_last_corner_costs_nothing() -> None:
    book = workbook([HEAD, ("李秀芳", FIRST)])
    assert book.active is not None
    book.active["XFD1048576"] = "x"
    assert people(read_roster_sheet(saved(book))) == [("李秀芳", FIRST)]


def read_or_told(data: bytes) -> None:
    try:
        sheet = read_roster_sheet(data)
    except RosterError as error:
        assert error.words
        return
    for one in sheet.people:
        assert Person(read_name(one.name), CardNumber(one.card)) == one


@given(st.binary() | st.binary().map(lambda tail: "姓名,卡号\n".encode() + tail))
def test_any_bytes_are_a_list_or_an_error_of_its_own(data: bytes) -> None:
    read_or_told(data)


@given(st.lists(st.lists(st.text() | st.sampled_from([FIRST, "李秀芳", "1E+15"]), max_size=4)))
def test_any_rows_below_the_headings(rows: list[list[str]]) -> None:
    read_or_told(csv_bytes([HEAD, *rows], "utf-8").replace(b"\0", b" ") if is_text(rows) else b"")


def is_text(rows: list[list[str]]) -> bool:
    try:
        "".join(cell for row in rows for cell in row).encode()
    except UnicodeEncodeError:
        return False
    return True


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32))
def test_a_damaged_workbook_is_a_list_or_an_error_of_its_own(seed: int) -> None:
    chance = random.Random(seed)
    part = chance.choice(zipfile.ZipFile(io.BytesIO(XLSX)).namelist())

    def damaged(data: bytes) -> bytes:
        harmed = bytearray(data)
        for _ in range(chance.randint(1, 20)):
            harmed[chance.randrange(len(harmed))] = chance.randrange(256)
        return bytes(harmed)

    read_or_told(with_part(part, damaged))
    read_or_told(damaged(XLSX))
