"""CSV files as offices write them."""

from pathlib import Path

import pytest

from municipal.errors import FileError
from municipal.imports.sheet import Sheet, read_sheet

COLUMNS = ("district", "street")


def read(tmp_path: Path, data: bytes) -> Sheet:
    path = tmp_path / "表.csv"
    path.write_bytes(data)
    return read_sheet(path, COLUMNS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_usual_encoding_and_line_end_is_read(tmp_path, encoding, line_end):
    text = line_end.join(["district,street", "密云,鼓楼街道", "大兴,黄村镇", ""])
    sheet = read(tmp_path, text.encode(encoding))
    assert [(row.line, row.values) for row in sheet.rows] == [
        (2, {"district": "密云", "street": "鼓楼街道"}),
        (3, {"district": "大兴", "street": "黄村镇"}),
    ]
    assert sheet.set_aside == ()


def test_columns_may_stand_in_any_order_with_others_between_them(tmp_path):
    sheet = read(tmp_path, "备注, street ,district\nx, 鼓楼 ,密云\n".encode())
    assert (sheet.rows[0].values["street"], sheet.rows[0].values["district"]) == ("鼓楼", "密云")


def test_a_missing_column_is_one_sentence_with_column_and_file(tmp_path):
    with pytest.raises(FileError) as caught:
        read(tmp_path, "district\n密云\n".encode())
    assert caught.value.words == "文件 表.csv 缺少列“street”，什么也没有导入；请补上这一列再导入。"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04\x00\x00", b"\xff\xfe\x00", b"\xff\xff\xff\xff"])
def test_what_is_no_csv_is_refused(tmp_path, data):
    with pytest.raises(FileError):
        read(tmp_path, data)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(FileError):
        read_sheet(tmp_path / "none.csv", COLUMNS)


def test_rows_of_another_length_are_set_aside_with_their_line(tmp_path):
    sheet = read(tmp_path, b'district,street\na,b,c\n\n"x\ny",z\nd\ne,f\n')
    assert [(row.line, row.values["street"]) for row in sheet.rows] == [(4, "z"), (6 + 1, "f")]
    assert [(row.line, row.reason) for row in sheet.set_aside] == [
        (2, "应有 2 列，实有 3 列"),
        (6, "应有 2 列，实有 1 列"),
    ]


def test_a_quote_that_never_closes_costs_its_own_line_and_no_other(tmp_path):
    sheet = read(tmp_path, b'district,street\na,b\n"c,d\ne,f\n"g\nh",i\nj"j,k\n"l"m,n\no,p\n')
    assert [(row.line, row.values["district"]) for row in sheet.rows] == [
        (2, "a"),
        (4, "e"),
        (5, "g\nh"),
        (7, 'j"j'),
        (9, "o"),
    ]
    assert [row.line for row in sheet.set_aside] == [3, 8]
    assert "引号没有配对" in sheet.set_aside[0].reason


def test_a_thousand_faults_are_read_through_at_once(tmp_path):
    sheet = read(tmp_path, b"district,street\n" + b'"c,d\ne,f\n' * 1_000)
    assert (len(sheet.rows), len(sheet.set_aside)) == (1_000, 1_000)
