"""Articles come in from a CSV file with Markdown files and pictures beside it, in revisions."""

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from municipal.database import Database
from municipal.errors import FileError
from municipal.imports.articles import import_articles
from municipal.imports.summary import Summary, sentences
from municipal.stores.articles import all_articles
from study.article import Article, body_path
from study.article_body import Heading, Paragraph, Picture, blocks_of
from tests.municipal.city import START

HEADER = "article_id,title,producer,category,topic,published,text"
PIGS = "1,发酵床养猪,农科院,实用技术,冬学农技,2026-11-03,text/pigs.md"
MELON = "2,甜瓜,农科院,实用技术,冬学农技,2026-11-04,melon.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    media = tmp_path / "media"
    (media / "text").mkdir(parents=True)
    Image.new("RGB", (40, 30)).save(media / "text" / "猪舍.png")
    (media / "text" / "pigs.md").write_text("# 原理\n\n垫料。\n\n![新猪舍](猪舍.png)\n", encoding="utf-8")
    (media / "melon.md").write_text("早春茬。", encoding="utf-8")
    return media


def load(database: Database, folder: Path, *rows: str, whole: bool = False, header: str = HEADER) -> Summary:
    path = folder.parent / "articles.csv"
    path.write_text("\n".join([header, *rows]), encoding="utf-8")
    return import_articles(database, path, folder, whole, START)


def held(database: Database) -> dict[str, Article]:
    with database.reading() as connection:
        return all_articles(connection)


def test_an_article_has_its_header_in_the_database_and_its_body_beside_the_media(
    database: Database, folder: Path
) -> None:
    assert load(database, folder, PIGS).revision == 1
    article = held(database)["1"]
    assert (article.title, article.topic, str(article.published_on)) == (
        "发酵床养猪",
        "冬学农技",
        "2026-11-03",
    )
    body = (folder / body_path(article.body_sha256)).read_bytes()
    heading, paragraph, picture = blocks_of(body)
    assert (heading, paragraph, article.body_bytes) == (Heading("原理", 1), Paragraph("垫料。"), len(body))
    assert isinstance(picture, Picture)
    assert (picture.caption, picture.width_px) == ("新猪舍", 40)
    assert (folder.parent / picture.path.removeprefix("/")).stat().st_size == picture.bytes


def test_the_same_file_twice_makes_one_revision(database: Database, folder: Path) -> None:
    first, again = load(database, folder, PIGS, MELON), load(database, folder, PIGS, MELON)
    assert (first.new, first.revision) == (2, 1)
    assert (again.new, again.changed, again.unchanged, again.revision) == (0, 0, 2, None)


def test_another_text_or_another_picture_is_a_change(database: Database, folder: Path) -> None:
    load(database, folder, PIGS, MELON)
    (folder / "melon.md").write_text("晚春茬。", encoding="utf-8")
    assert load(database, folder, PIGS, MELON).changed == 1
    Image.new("RGB", (40, 30), "red").save(folder / "text" / "猪舍.png")
    assert load(database, folder, PIGS, MELON).changed == 1


def test_only_a_full_list_takes_away(database: Database, folder: Path) -> None:
    load(database, folder, PIGS, MELON)
    assert load(database, folder, PIGS).removed == 0
    broken = MELON.replace("melon.md", "gone.md")
    assert load(database, folder, PIGS, broken, whole=True).removed == 0
    assert load(database, folder, PIGS, whole=True).removed == 1
    assert list(held(database)) == ["1"]
    assert load(database, folder, MELON).new == 1


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_texts_are_read_as_office_programs_write_them(
    database: Database, folder: Path, encoding: str
) -> None:
    (folder / "melon.md").write_text("早春茬，每亩 1800 株。", encoding=encoding)
    load(database, folder, MELON)
    [article] = held(database).values()
    assert blocks_of((folder / body_path(article.body_sha256)).read_bytes()) == (
        Paragraph("早春茬，每亩 1800 株。"),
    )


def test_rows_that_make_no_sense_are_set_aside_with_line_and_reason(database: Database, folder: Path) -> None:
    (folder / "picture.md").write_text("![x](no.png)", encoding="utf-8")
    (folder / "far.md").write_text("![x](http://e.org/1.png)", encoding="utf-8")
    (folder / "out.md").write_text("![x](../articles.csv)", encoding="utf-8")
    (folder / "huge.md").write_bytes(b"a" * 10_000_000)
    (folder / "binary.md").write_bytes(bytes(range(256)))
    (folder / "empty.md").write_bytes(b"")
    names = ("picture", "far", "out", "huge", "binary", "empty")
    summary = load(
        database,
        folder,
        PIGS,
        PIGS,
        MELON.replace("2,", "2@,", 1),
        MELON.replace("甜瓜", ""),
        MELON.replace("甜瓜", "瓜" * 201),
        MELON.replace("2026-11-04", "昨天"),
        *(MELON.replace("melon.md", f"{name}.md") for name in names),
        MELON,
    )
    assert summary.new == 2
    assert [(row.line, row.reason) for row in summary.set_aside] == [
        (3, "图文“1”在文件中重复"),
        (4, "图文编号“2@”只能用数字、英文字母、“-”和“_”"),
        (5, "“title”一列为空"),
        (6, "“title”一列超过 200 字"),
        (7, "“published”一列应形如 2026-11-03，现为“昨天”"),
        (8, "文件夹中没有文件“no.png”"),
        (9, "图片“http://e.org/1.png”是网址，请把图片放进媒体文件夹"),
        (10, "文件夹中没有文件“../articles.csv”"),
        (11, "正文“huge.md”超过 512 kB，请分成几篇"),
        (12, "正文“binary.md”不是文本，请另存为 Markdown 或纯文本"),
        (13, "正文是空的"),
    ]
    assert "搁置 11 行" in sentences("articles.csv", summary)[0]


def test_what_only_garbles_is_taken_out_of_titles(database: Database, folder: Path) -> None:
    load(database, folder, MELON.replace("甜瓜", "\u202e甜\x07瓜 🍈"))
    assert held(database)["2"].title == "甜瓜 🍈"


def test_a_missing_column_imports_nothing(database: Database, folder: Path) -> None:
    with pytest.raises(FileError):
        load(database, folder, MELON, header=HEADER.replace(",text", ",txt"))
    assert held(database) == {}


def test_a_recording_is_a_sound_file_and_no_film(database: Database, folder: Path, clip: Path) -> None:
    sound = ["-f", "lavfi", "-i", "sine=duration=4", str(folder / "朗读.mp3")]
    subprocess.run(["ffmpeg", "-v", "error", *sound], check=True)
    shutil.copy(clip, folder / "film.mp4")
    rows = [f"{PIGS},朗读.mp3", f"{MELON},film.mp4", f"{MELON},gone.mp3".replace("2,", "3,", 1)]
    summary = load(database, folder, *rows, header=f"{HEADER},录音")
    assert [row.reason for row in summary.set_aside] == [
        "“录音”一列的“film.mp4”不是录音，是有画面的视频",
        "文件夹中没有文件“gone.mp3”",
    ]
    recording = held(database)["1"].recording
    assert recording is not None
    assert (recording.path, recording.bytes) == ("朗读.mp3", (folder / "朗读.mp3").stat().st_size)
    assert 3_900 < recording.length_ms < 4_200
    # A table without the column says nothing of recordings; an empty cell says that there is none.
    assert load(database, folder, PIGS).unchanged == 1
    assert held(database)["1"].recording == recording
    load(database, folder, f"{PIGS},", header=f"{HEADER},录音")
    assert held(database)["1"].recording is None
