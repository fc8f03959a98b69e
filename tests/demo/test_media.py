"""A clip made by the demo is what a television gets: H.264, 1080p25, AAC, and as long as was asked."""

import json
import stat
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from demo.catalogue import Clip
from demo.errors import DemoError
from demo.media import ProgressLine, Workshop, make_clip, make_media

CLIP = Clip(
    file="short.mp4",
    length_s=3.0,
    title="“小金库”: 100% 的代价, it's",
    subtitle="第 1 集 开头",
    category="党的建设",
    poster="law",
    number=3,
)


def probe(path: Path, *entries: str) -> Any:
    command = ["ffprobe", "-v", "error", "-of", "json", *entries, str(path)]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def frame_at(path: Path, second: float, target: Path) -> Image.Image:
    command = [
        "ffmpeg",
        "-v",
        "error",
        "-y",
        "-ss",
        str(second),
        "-i",
        str(path),
        "-frames:v",
        "1",
        str(target),
    ]
    subprocess.run(command, check=True)
    with Image.open(target) as picture:
        return picture.convert("RGB")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    folder = tmp_path_factory.mktemp("demo")
    workshop = Workshop(folder / "media", folder / "parts")
    make_media([CLIP], workshop, silent())
    return workshop


def silent() -> ProgressLine:
    return ProgressLine(1, lambda text: None, terminal=False)


def test_it_is_h264_high_at_1080p25_with_aac(shop: Workshop) -> None:
    video, audio = probe(shop.media / CLIP.file, "-show_streams")["streams"]

    assert (video["codec_name"], video["profile"], video["pix_fmt"]) == ("h264", "High", "yuv420p")
    assert (video["width"], video["height"], video["r_frame_rate"]) == (1920, 1080, "25/1")
    assert (audio["codec_name"], audio["sample_rate"], audio["channels"]) == ("aac", "48000", 2)


def test_it_is_as_long_as_asked(shop: Workshop) -> None:
    found = probe(shop.media / CLIP.file, "-show_format", "-show_streams")

    for part in (found["format"], *found["streams"]):
        assert abs(float(part["duration"]) - CLIP.length_s) <= 0.040


def test_a_key_frame_stands_every_two_seconds(shop: Workshop) -> None:
    command = ("-select_streams", "v", "-skip_frame", "nokey", "-show_entries", "frame=pts_time")
    frames = probe(shop.media / CLIP.file, *command)["frames"]

    assert [float(frame["pts_time"]) for frame in frames] == [0.0, 2.0]


def test_playing_can_start_before_the_file_is_whole(shop: Workshop) -> None:
    content = (shop.media / CLIP.file).read_bytes()

    assert content.index(b"moov") < content.index(b"mdat")


def test_the_picture_moves_all_over(shop: Workshop, tmp_path: Path) -> None:
    path = shop.media / CLIP.file
    early, late = (frame_at(path, second, tmp_path / f"{second}.png") for second in (0.2, 1.6))

    changed = ImageChops.difference(early, late).convert("L").point([0] * 24 + [255] * 232).getbbox()
    assert changed is not None
    left, top, right, bottom = changed
    assert right - left > 1000
    assert bottom - top > 600


def test_no_unfinished_file_stays(shop: Workshop) -> None:
    assert [path.name for path in shop.media.iterdir()] == [CLIP.file]
    assert [path.name for path in shop.parts.iterdir()] == [f"{CLIP.file}.sha256"]


def test_a_clip_from_the_same_inputs_is_not_made_again(shop: Workshop) -> None:
    before = (shop.media / CLIP.file).stat().st_mtime_ns
    said: list[str] = []

    make_media([CLIP], shop, ProgressLine(1, said.append, terminal=False))

    assert (shop.media / CLIP.file).stat().st_mtime_ns == before
    assert said == [f"视频 1/1 {CLIP.file} 《{CLIP.title}》 已有\n"]


def test_a_clip_from_other_inputs_is_made_again(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path / "media", tmp_path / "parts")
    for length_s in (0.4, 0.8):
        make_media([replace(CLIP, length_s=length_s)], workshop, silent())

        duration = float(probe(workshop.media / CLIP.file, "-show_format")["format"]["duration"])
        assert abs(duration - length_s) <= 0.040


@pytest.mark.parametrize(
    ("last_words", "sentence"),
    [
        ("av_interleaved_write_frame(): No space left on device", "磁盘满了"),
        ("Unknown encoder", "Unknown encoder"),
    ],
)
def test_a_failing_encoder_is_said_and_leaves_nothing(tmp_path: Path, last_words: str, sentence: str) -> None:
    encoder = tmp_path / "ffmpeg"
    encoder.write_text(f"#!/bin/sh\necho '{last_words}' >&2\nexit 1\n", encoding="utf-8")
    encoder.chmod(encoder.stat().st_mode | stat.S_IXUSR)
    workshop = Workshop(tmp_path / "media", tmp_path / "parts", ffmpeg=str(encoder))

    with pytest.raises(DemoError, match=sentence):
        make_media([CLIP], workshop, silent())

    assert list(workshop.media.iterdir()) == []
    assert list(workshop.parts.iterdir()) == []


def test_a_missing_encoder_is_said(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path / "media", tmp_path / "parts", ffmpeg="/nowhere/ffmpeg")
    workshop.media.mkdir()
    workshop.parts.mkdir()

    with pytest.raises(DemoError, match="缺少 ffmpeg"):
        make_clip(CLIP, workshop)


def test_a_terminal_gets_one_line_drawn_anew() -> None:
    said: list[str] = []
    progress = ProgressLine(2, said.append, terminal=True)

    progress.finished(CLIP, 1.5)
    progress.finished(CLIP, None)

    assert said[0].startswith("\r") and not said[0].endswith("\n")
    assert "█" * 12 + "░" * 12 in said[0]
    assert "█" * 24 in said[1] and said[1].endswith("已有\n")


def test_a_clip_may_have_several_sounds_by_name(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path / "media", tmp_path / "parts")
    make_media([replace(CLIP, length_s=0.4, sounds=("普通话", "粤语"))], workshop, silent())

    sounds = probe(workshop.media / CLIP.file, "-show_streams", "-select_streams", "a")["streams"]
    assert [(sound["tags"]["language"], sound["tags"]["handler_name"]) for sound in sounds] == [
        ("zho", "普通话"),
        ("yue", "粤语"),
    ]
    assert [sound["disposition"]["default"] for sound in sounds] == [1, 0]
