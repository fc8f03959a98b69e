"""The demo's subtitles go beside its films in the encoding that their names tell."""

from pathlib import Path

import pytest

from demo.catalogue import read_catalogue
from demo.errors import DemoError
from demo.subtitles import put_subtitles
from tests.demo.test_catalogue import FOLDER, rows


def test_every_file_that_a_course_names_is_there_in_its_encoding(tmp_path: Path) -> None:
    put = put_subtitles(FOLDER / "subtitles", tmp_path)
    named = {entry.partition("=")[2] for row in rows("courses.csv") for entry in row["subtitles"].split(";")}
    assert {path.name for path in put} == named - {""}
    [chinese] = [path for path in put if "gb18030" in path.name]
    with pytest.raises(UnicodeDecodeError):
        chinese.read_text(encoding="utf-8")
    assert "稻草" in chinese.read_text(encoding="gb18030")


def test_the_course_with_subtitles_has_two_sounds() -> None:
    [clip] = [clip for clip in read_catalogue(FOLDER).clips if clip.sounds]
    assert (clip.file, clip.sounds) == ("10-1.mp4", ("普通话", "粤语"))


def test_an_encoding_that_is_none_is_said(tmp_path: Path) -> None:
    (tmp_path / "1-1.zh.none.srt").write_text("1\n", encoding="utf-8")
    with pytest.raises(DemoError, match=r"1-1\.zh\.none\.srt"):
        put_subtitles(tmp_path, tmp_path)
