"""Subtitles named in the courses' file: several an episode, in any encoding, told by line and column."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from municipal.database import Database
from municipal.imports.courses import import_courses
from municipal.imports.summary import Summary
from municipal.stores.catalogue import all_courses
from study.subtitles import BYTES_MAX, Subtitles
from tests.municipal.city import START
from tests.municipal.imports.test_courses import HEADER, PIGS_1, PIGS_2

CUE = "1\r\n00:00:01,000 --> 00:00:02,000\r\n选料要新鲜\r\n"


@pytest.fixture
def folder(tmp_path: Path, clip: Path) -> Path:
    media = tmp_path / "media"
    (media / "字幕").mkdir(parents=True)
    shutil.copy(clip, media / "a.mp4")
    (media / "a.srt").write_bytes(CUE.encode("gb18030"))
    (media / "字幕" / "a.en.VTT").write_bytes(("WEBVTT\n\n" + CUE).encode("utf-16"))
    (media / "empty.srt").write_bytes(b"")
    (media / "big.srt").write_bytes(CUE.encode() + bytes(BYTES_MAX))
    return media


def load(database: Database, folder: Path, *rows: str, column: str = ",subtitles") -> Summary:
    path = folder.parent / "courses.csv"
    path.write_text("\n".join([HEADER + column, *rows]))
    return import_courses(database, path, folder, False, START)


def held(database: Database, number: int = 1) -> list[tuple[str, str, str]]:
    with database.reading() as connection:
        course = all_courses(connection)["5"]
    [episode] = [episode for episode in course.episodes if episode.number == number]
    return [(each.language, each.name, each.path) for each in episode.subtitles]


@pytest.mark.parametrize("column", [",subtitles", ",字幕"])
@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("", []),
        ("a.srt", [("zh", "中文", "a.srt")]),
        ("粤语=a.srt", [("yue", "粤语", "a.srt")]),
        (
            "中文=a.srt; en:English=字幕/a.en.VTT",
            [("zh", "中文", "a.srt"), ("en", "English", "字幕/a.en.VTT")],
        ),
        ("ug：维语＝a.srt；英文=字幕/a.en.VTT；", [("ug", "维语", "a.srt"), ("en", "英文", "字幕/a.en.VTT")]),
    ],
)
def test_a_cell_names_any_number_of_files(database, folder, column, cell, found):
    summary = load(database, folder, f"{PIGS_1},{cell}", column=column)
    assert summary.set_aside == ()
    assert held(database) == found


def test_what_the_boxes_need_to_check_them_is_kept(database, folder):
    load(database, folder, f"{PIGS_1},a.srt")
    with database.reading() as connection:
        [subtitles] = all_courses(connection)["5"].episodes[0].subtitles
    content = CUE.encode("gb18030")
    assert subtitles == Subtitles("zh", "中文", "a.srt", sha256(content).hexdigest(), len(content))


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("none.srt", "“subtitles”一列：文件夹中没有文件“none.srt”"),
        ("../courses.srt", "“subtitles”一列：文件夹中没有文件“../courses.srt”"),
        ("a.mp4", "“subtitles”一列：字幕“a.mp4”应是 .srt 或 .vtt 文件"),
        ("empty.srt", "“subtitles”一列：字幕“empty.srt”里没有一条字幕（没有“-->”），请核对文件"),
        ("big.srt", "“subtitles”一列：字幕“big.srt”超过 1024 kB，不像字幕"),
        ("=a.srt", "“subtitles”一列：字幕的名称应为 1 到 20 个字，现为“”"),
        (
            "火星文=a.srt",
            "“subtitles”一列：不认识字幕“火星文”的语言，请写成 语言代码:名称=文件，如 en:火星文=…",
        ),
        ("a.srt;中文=字幕/a.en.VTT", "“subtitles”一列有两个字幕同名，请写成 名称=文件 并用不同的名称"),
        (";".join(["a.srt"] * 17), "“subtitles”一列有 17 个字幕，最多 16 个"),
    ],
)
def test_a_cell_that_makes_no_sense_sets_its_row_aside(database, folder, cell, reason):
    summary = load(database, folder, f"{PIGS_1},{cell}", f"{PIGS_2},")
    assert [(row.line, row.reason) for row in summary.set_aside] == [(2, reason)]
    assert summary.new == 1


def test_other_bytes_in_subtitles_are_a_change_and_the_same_are_none(database, folder):
    assert load(database, folder, f"{PIGS_1},a.srt").revision == 1
    assert load(database, folder, f"{PIGS_1},a.srt").revision is None
    (folder / "a.srt").write_bytes(CUE.encode())
    assert load(database, folder, f"{PIGS_1},a.srt").changed == 1


def test_a_file_without_the_column_leaves_subtitles_and_an_empty_cell_takes_them_away(database, folder):
    load(database, folder, f"{PIGS_1},a.srt", f"{PIGS_2},a.srt")
    assert load(database, folder, PIGS_1.replace("原理", "新"), column="").changed == 1
    assert held(database) == held(database, 2) == [("zh", "中文", "a.srt")]
    assert load(database, folder, f"{PIGS_1},").changed == 1
    assert (held(database), held(database, 2)) == ([], [("zh", "中文", "a.srt")])
