"""Thumbnails show what the film shows at their moment, in sheets of the shape that boxes expect."""

import subprocess
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from municipal.errors import MediaError
from municipal.media.thumbnails import FOLDER, Drawing, are_made, prefix_of
from study.course import Episode
from study.thumbnails import COLUMNS, EVERY_MS, HEIGHT_PX, ROWS, WIDTH_PX, place_of, sheet_paths
from study.units import ItemId, Milliseconds

STEP_S = EVERY_MS // 1000
GREYS = 11


def episode_of(folder: Path, name: str, length_s: float) -> Episode:
    digest = sha256((folder / name).read_bytes()).hexdigest()
    return Episode(ItemId("5.1"), 1, "第一讲", Milliseconds(int(length_s * 1000)), name, digest, 1)


def make_film(path: Path, length_s: int, *, size: str = "320x180", sar: str = "1") -> None:
    """Grey that grows lighter at each whole step, with a key frame every two seconds."""
    grey = f"60+15*floor(mod(T/{STEP_S},{GREYS}))"
    picture = ["-f", "lavfi", "-i", f"color=black:size={size}:rate=2:duration={length_s}"]
    graph = ["-vf", f"geq=lum='{grey}':cb=128:cr=128,setsar={sar}"]
    form = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "4", "-pix_fmt", "yuv420p"]
    subprocess.run(["ffmpeg", "-v", "error", *picture, *graph, *form, str(path)], check=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    media = tmp_path_factory.mktemp("media")
    make_film(media / "long.mp4", 1_015, size="64x36")
    make_film(media / "old.mp4", 12, size="72x72", sar="16/9")
    make_film(media / "upright.mp4", 12, size="90x160")
    return media


def grey_at(folder: Path, episode: Episode, second: float, *, left: int = WIDTH_PX // 2) -> int:
    place = place_of(Milliseconds(int(second * 1000)))
    path = sheet_paths(prefix_of(episode), episode.length_ms)[place.sheet]
    with Image.open(folder / path) as sheet:
        assert sheet.size == (COLUMNS * WIDTH_PX, ROWS * HEIGHT_PX)
        return int(sheet.convert("L").getpixel((place.left_px + left, place.top_px + HEIGHT_PX // 2)))


def expected_at(second: float) -> int:
    # Limited range to full, as JPEG has it.
    limited = 60 + 15 * int(second // STEP_S % GREYS)
    return round((limited - 16) * 255 / 219)


def test_each_picture_is_of_its_moment_over_all_sheets(folder: Path) -> None:
    episode = episode_of(folder, "long.mp4", 1_015)
    Drawing(folder).make(episode)
    assert are_made(folder, episode)
    for second in (0, 9.9, 10, 55, 110, 500, 999, 1_000, 1_014):
        assert abs(grey_at(folder, episode, second) - expected_at(second)) < 8, second
    assert sorted(path.name for path in (folder / FOLDER).iterdir()) == [
        Path(path).name for path in sheet_paths(prefix_of(episode), episode.length_ms)
    ]


@pytest.mark.parametrize(("name", "edge"), [("old.mp4", False), ("upright.mp4", True)])
def test_what_has_another_shape_gets_edges_and_is_not_pulled(folder: Path, name: str, edge: bool) -> None:
    """72 × 72 pixels of 16:9 each fill the picture; 90 × 160 square ones do not."""
    episode = episode_of(folder, name, 12)
    Drawing(folder).make(episode)
    assert grey_at(folder, episode, 10) == pytest.approx(expected_at(10), abs=8)
    assert grey_at(folder, episode, 10, left=10) == pytest.approx(0 if edge else expected_at(10), abs=8)


def test_a_film_shorter_than_it_says_goes_on_with_its_last_picture(folder: Path) -> None:
    episode = episode_of(folder, "upright.mp4", 45)
    Drawing(folder).make(episode)
    assert grey_at(folder, episode, 40) == pytest.approx(expected_at(10), abs=8)


@pytest.mark.parametrize("content", [b"", b"no film", b"\0" * 5_000])
def test_what_cannot_be_read_is_said_and_leaves_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.mp4").write_bytes(content)
    episode = episode_of(tmp_path, "x.mp4", 20)
    with pytest.raises(MediaError, match="画面读不出来"):
        Drawing(tmp_path).make(episode)
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_sound_alone_and_more_than_a_day_have_none(tmp_path: Path, folder: Path) -> None:
    sound = ["-f", "lavfi", "-i", "sine=duration=2", str(tmp_path / "a.mp3")]
    subprocess.run(["ffmpeg", "-v", "error", *sound], check=True)
    with pytest.raises(MediaError):
        Drawing(tmp_path).make(episode_of(tmp_path, "a.mp3", 2))
    with pytest.raises(MediaError, match="太长"):
        Drawing(folder).make(episode_of(folder, "old.mp4", 200_000))


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"x")
    (tmp_path / FOLDER).write_bytes(b"in the way")
    with pytest.raises(MediaError, match="存不进媒体文件夹"):
        Drawing(tmp_path).make(episode_of(tmp_path, "a.mp4", 20))
