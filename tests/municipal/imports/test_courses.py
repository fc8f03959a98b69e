"""Import of courses and channels: probed, hashed, in revisions."""

import shutil
import subprocess
from pathlib import Path

import pytest

from municipal.database import Database
from municipal.errors import FileError
from municipal.imports.channels import import_channels
from municipal.imports.courses import import_courses
from municipal.imports.summary import Summary, sentences
from municipal.media.thumbnails import Drawing
from municipal.stores.catalogue import all_channels, all_courses, current_revision
from tests.municipal.city import START

HEADER = "course_id,title,producer,category,topic,monthly,episode,episode_title,media,cover"
PIGS_1, PIGS_2 = "5,养猪,农科院,技术,,,1,原理,a.mp4,5.png", "5,养猪,农科院,技术,,,2,日常,a.mp4,5.png"
MANNERS = "2,礼仪,讲师团,文化,,2026-11,1,礼仪,a.mp4,2.png"


@pytest.fixture
def folder(tmp_path: Path, clip: Path) -> Path:
    media = tmp_path / "media"
    media.mkdir()
    shutil.copy(clip, media / "a.mp4")
    return media


def load(database: Database, folder: Path, *rows: str, whole: bool = False) -> Summary:
    path = folder.parent / "courses.csv"
    path.write_text("\n".join([HEADER, *rows]))
    return import_courses(database, path, folder, whole, START)


def held(database: Database) -> dict[str, list[int]]:
    with database.reading() as connection:
        return {
            name: [episode.number for episode in course.episodes]
            for name, course in all_courses(connection).items()
        }


def test_the_same_file_twice_makes_one_revision(database, folder):
    first = load(database, folder, PIGS_1, PIGS_2, MANNERS)
    again = load(database, folder, PIGS_1, PIGS_2, MANNERS)
    assert (first.new, first.revision) == (2, 1)
    assert (again.new, again.changed, again.unchanged, again.revision) == (0, 0, 2, None)
    with database.reading() as connection:
        assert current_revision(connection) == 1


def test_a_file_adds_and_changes_but_takes_nothing_away(database, folder):
    load(database, folder, PIGS_1, PIGS_2, MANNERS)
    summary = load(database, folder, PIGS_1.replace("原理", "原理(新)"))
    assert (summary.changed, summary.removed, summary.revision) == (1, 0, 2)
    assert held(database) == {"5": [1, 2], "2": [1]}


def test_a_full_list_takes_away_what_it_does_not_name(database, folder):
    load(database, folder, PIGS_1, PIGS_2, MANNERS)
    summary = load(database, folder, PIGS_2, whole=True)
    assert (summary.changed, summary.removed, held(database)) == (1, 1, {"5": [2]})
    assert load(database, folder, PIGS_1, PIGS_2, MANNERS).revision == 3
    assert held(database) == {"5": [1, 2], "2": [1]}


def test_a_file_that_is_broken_for_once_takes_nothing_away(database, folder):
    load(database, folder, PIGS_1, PIGS_2, MANNERS)
    broken = [row.replace("a.mp4", "gone.mp4") for row in (PIGS_2, MANNERS)]
    summary = load(database, folder, PIGS_1, *broken, whole=True)
    assert (len(summary.set_aside), summary.removed, summary.revision) == (2, 0, None)
    assert held(database) == {"5": [1, 2], "2": [1]}


def test_other_bytes_in_a_media_file_are_a_change(database, folder):
    load(database, folder, PIGS_1)
    with (folder / "a.mp4").open("ab") as media:
        # A "free" atom: the file plays the same.
        media.write(b"\0\0\0\x08free")
    assert load(database, folder, PIGS_1).changed == 1


def test_rows_that_make_no_sense_are_set_aside_with_line_and_reason(database, folder, clip):
    (folder / "cut.mp4").write_bytes(clip.read_bytes()[:-4000])
    (folder / "text.mp4").write_text("no film")
    summary = load(
        database,
        folder,
        PIGS_1,
        PIGS_1,
        PIGS_2.replace("农科院", "另一家"),
        MANNERS.replace("a.mp4", "cut.mp4"),
        MANNERS.replace("a.mp4", "text.mp4"),
        MANNERS.replace("a.mp4", "../courses.csv"),
        MANNERS.replace("2026-11", "十一月"),
        MANNERS.replace("2,", "2.1,", 1),
        "2,礼仪,讲师团,文化,,,0,礼仪,a.mp4,",
        MANNERS,
    )
    assert summary.new == 2
    assert [row.line for row in summary.set_aside] == [3, 4, 5, 6, 7, 8, 9, 10]
    assert [row.reason for row in summary.set_aside][:5] == [
        "课程“5”第 1 集在文件中重复",
        "课程“5”的名称、来源或栏目与前面的行不一致",
        "媒体文件“cut.mp4”不完整或已损坏，请重新复制",
        "媒体文件“text.mp4”无法识别或已损坏",
        "文件夹中没有文件“../courses.csv”",
    ]


def test_a_missing_column_imports_nothing(database, folder):
    path = folder.parent / "courses.csv"
    path.write_text(f"{HEADER.replace(',media', '')}\n1,a,b,c,,,1,t,x\n")
    with pytest.raises(FileError):
        import_courses(database, path, folder, False, START)
    assert held(database) == {}


def test_channels_are_kept_apart_from_courses(database, folder):
    load(database, folder, PIGS_1)
    path = folder.parent / "channels.csv"
    path.write_text(
        "channel_id,number,title,media\nL1,1,直播,a.mp4\n5,2,x,a.mp4\nL1,3,y,a.mp4\nL2,4,z,no.mp4\n"
    )
    summary = import_channels(database, path, folder, False, START)
    assert (summary.new, summary.revision) == (1, 2)
    assert [row.line for row in summary.set_aside] == [3, 4, 5]
    assert import_channels(database, path, folder, True, START).revision is None
    path.write_text("channel_id,number,title,media\n")
    assert import_channels(database, path, folder, True, START).removed == 1
    with database.reading() as connection:
        assert all_channels(connection) == {}


def thumbnails(database: Database) -> dict[int, str]:
    with database.reading() as connection:
        return {
            episode.number: episode.thumbnails
            for course in all_courses(connection).values()
            for episode in course.episodes
        }


def test_thumbnails_are_made_once_and_their_making_is_told(database, folder):
    told: list[tuple[int, int, str]] = []

    def tell(done: int, total: int, title: str) -> None:
        told.append((done, total, title))

    path = folder.parent / "courses.csv"
    path.write_text("\n".join([HEADER, PIGS_1]))
    assert import_courses(database, path, folder, False, START).revision == 1
    assert thumbnails(database) == {1: ""}
    summary = import_courses(database, path, folder, False, START, Drawing(folder, tell))
    assert (summary.changed, summary.notes, told) == (1, (), [(0, 1, "原理"), (1, 1, "")])
    prefix = thumbnails(database)[1]
    assert (folder / f"{prefix}-1.jpg").is_file()
    assert import_courses(database, path, folder, False, START, Drawing(folder, tell)).revision is None
    # Those that are there stay, even where no more are made.
    assert import_courses(database, path, folder, False, START).revision is None
    assert thumbnails(database) == {1: prefix}


def test_a_film_without_thumbnails_is_imported_all_the_same(database, folder):
    (folder / "thumbnails").write_bytes(b"in the way")
    path = folder.parent / "courses.csv"
    path.write_text("\n".join([HEADER, PIGS_1, PIGS_2]))
    summary = import_courses(database, path, folder, False, START, Drawing(folder))
    assert (summary.new, summary.set_aside) == (1, ())
    assert [note.line for note in summary.notes] == [2, 3]
    assert "第 2 行没有缩略图：缩略图存不进媒体文件夹" in "\n".join(sentences("courses.csv", summary))
    assert thumbnails(database) == {1: "", 2: ""}


def test_sound_alone_has_no_thumbnails_and_nothing_to_tell(database, folder):
    sound = ["-f", "lavfi", "-i", "sine=duration=4", str(folder / "a.mp3")]
    subprocess.run(["ffmpeg", "-v", "error", *sound], check=True)
    path = folder.parent / "courses.csv"
    path.write_text("\n".join([HEADER, PIGS_1.replace("a.mp4", "a.mp3")]))
    summary = import_courses(database, path, folder, False, START, Drawing(folder))
    assert (summary.new, summary.notes, thumbnails(database)) == (1, (), {1: ""})
