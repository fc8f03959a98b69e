"""Probing tells what a file is, how long and whether it is whole."""

import hashlib
import subprocess
from pathlib import Path

import pytest

from municipal.errors import MediaError, StartError
from municipal.media.probe import probe


@pytest.fixture
def folder(tmp_path: Path, clip: Path) -> Path:
    media = tmp_path / "media"
    (media / "下").mkdir(parents=True)
    (media / "下" / "-i.mp4").write_bytes(clip.read_bytes())
    (tmp_path / "secret.mp4").write_bytes(clip.read_bytes())
    return media


def trouble(folder: Path, name: str) -> str:
    with pytest.raises(MediaError) as caught:
        probe(folder, name)
    return caught.value.words


def test_a_sound_file_is_described(folder, clip):
    media = probe(folder, "下/-i.mp4")
    data = clip.read_bytes()
    assert (media.length_ms, media.codec, media.size_bytes) == (4000, "h264", len(data))
    assert media.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    "name",
    ["", "none.mp4", "下", "../secret.mp4", "/etc/passwd", "a\0b", "x" * 5000, "http://127.0.0.1/a.mp4"],
)
def test_nothing_but_a_file_in_the_folder_is_looked_into(folder, name):
    assert "文件夹中没有文件" in trouble(folder, name)


def test_a_link_out_of_the_folder_is_not_followed(folder):
    (folder / "link.mp4").symlink_to(folder.parent / "secret.mp4")
    assert "文件夹中没有文件" in trouble(folder, "link.mp4")


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9, 0.99])
def test_a_copy_that_was_cut_off_is_told(folder, clip, kept):
    data = clip.read_bytes()
    (folder / "cut.mp4").write_bytes(data[: int(len(data) * kept)])
    assert "损坏" in trouble(folder, "cut.mp4")


@pytest.mark.parametrize("kept", [0.2, 0.6, 0.97])
def test_a_copy_cut_off_behind_an_index_that_stands_in_front_is_told(folder, clip, kept):
    whole = folder / "front.mp4"
    looped = ["ffmpeg", "-v", "error", "-stream_loop", "5", "-i", str(clip), "-c", "copy"]
    subprocess.run([*looped, "-movflags", "+faststart", str(whole)], check=True)
    assert probe(folder, "front.mp4").length_ms > 20_000
    data = whole.read_bytes()
    (folder / "cut.mp4").write_bytes(data[: int(len(data) * kept)])
    assert "不完整" in trouble(folder, "cut.mp4")


def test_a_picture_is_no_course(folder):
    picture = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=64x64", "-frames:v", "1"]
    subprocess.run([*picture, str(folder / "a.png")], check=True)
    assert trouble(folder, "a.png")


def test_a_list_of_other_addresses_is_not_followed(folder):
    (folder / "list.m3u8").write_text("#EXTM3U\n#EXTINF:2,\nhttp://127.0.0.1:9/secret.ts\n#EXT-X-ENDLIST\n")
    assert trouble(folder, "list.m3u8")


def test_without_ffmpeg_the_command_cannot_start(folder, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(StartError) as caught:
        probe(folder, "下/-i.mp4")
    assert "请先安装 ffmpeg" in caught.value.words
