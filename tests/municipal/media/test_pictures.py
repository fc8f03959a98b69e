"""Pictures reach the boxes upright, whole and no larger than a screen; broken ones are told in words."""

import io
import random
from pathlib import Path

import pytest
from PIL import Image

from municipal.errors import MediaError
from municipal.media.pictures import MadePicture, make_pictures
from study.article_body import PICTURE_BYTES_MAX

ON_ITS_SIDE = 6
ORIENTATION = 0x0112


def put(folder: Path, image: Image.Image, name: str, **more: object) -> Path:
    image.save(folder / name, **more)
    return folder / name


def make_picture(folder: Path, source: Path) -> MadePicture:
    [made] = make_pictures(folder, source)
    return made


def shown(folder: Path, path: str) -> Image.Image:
    return Image.open(io.BytesIO((folder / path).read_bytes()))


@pytest.mark.parametrize(
    ("mode", "name"),
    [("RGB", "a.jpg"), ("CMYK", "a.jpg"), ("L", "a.png"), ("P", "a.gif"), ("1", "a.bmp"), ("I;16", "a.png")],
)
def test_a_picture_of_any_kind_becomes_a_jpeg_of_its_own_size(tmp_path: Path, mode: str, name: str) -> None:
    made = make_picture(tmp_path, put(tmp_path, Image.new(mode, (300, 200)), name))
    image = shown(tmp_path, made.path)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (300, 200))
    assert (made.width_px, made.height_px) == (300, 200)
    assert made.bytes == (tmp_path / made.path).stat().st_size


def test_one_20_000_px_wide_is_made_to_fit(tmp_path: Path) -> None:
    made = make_picture(tmp_path, put(tmp_path, Image.new("RGB", (20_000, 1_000), "red"), "a.png"))
    assert (made.width_px, made.height_px) == (1_728, 86)


def test_a_photograph_on_its_side_is_made_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = ON_ITS_SIDE
    made = make_picture(tmp_path, put(tmp_path, Image.new("RGB", (400, 300)), "a.jpg", exif=exif))
    assert (made.width_px, made.height_px) == (300, 400)


def test_behind_clear_parts_it_is_white(tmp_path: Path) -> None:
    made = make_picture(tmp_path, put(tmp_path, Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "a.png"))
    assert shown(tmp_path, made.path).getpixel((20, 20)) == (255, 255, 255)


def test_one_that_moves_shows_its_first_picture(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    made = make_picture(tmp_path, put(tmp_path, frames[0], "a.gif", save_all=True, append_images=frames[1:]))
    red, _, blue = shown(tmp_path, made.path).getpixel((20, 20))
    assert red > 200 > 50 > blue


def test_even_noise_keeps_below_the_limit(tmp_path: Path) -> None:
    size = (1_728, 960)
    noise = Image.frombytes("RGB", size, random.Random(7).randbytes(3 * size[0] * size[1]))
    assert make_picture(tmp_path, put(tmp_path, noise, "a.png")).bytes <= PICTURE_BYTES_MAX


def test_it_is_made_once_for_each_content(tmp_path: Path) -> None:
    source = put(tmp_path, Image.new("RGB", (40, 40)), "a.png")
    made = make_picture(tmp_path, source)
    before = (tmp_path / made.path).stat().st_mtime_ns
    assert make_picture(tmp_path, source) == made
    assert (tmp_path / made.path).stat().st_mtime_ns == before
    put(tmp_path, Image.new("RGB", (40, 40), "red"), "a.png")
    assert make_picture(tmp_path, source).path != made.path
    assert len(list((tmp_path / "articles").iterdir())) == 2


@pytest.mark.parametrize(
    "data", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff\xe0", b"BM"]
)
def test_what_is_no_picture_is_told_by_its_name(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "bad.png").write_bytes(data)
    with pytest.raises(MediaError, match=r"bad\.png"):
        make_picture(tmp_path, tmp_path / "bad.png")


def test_one_that_is_cut_off_is_broken(tmp_path: Path) -> None:
    source = put(tmp_path, Image.effect_noise((400, 400), 80), "cut.jpg")
    source.write_bytes(source.read_bytes()[:-2_000])
    with pytest.raises(MediaError, match="已损坏"):
        make_picture(tmp_path, source)


def test_a_small_file_that_unpacks_to_a_huge_picture_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    source = put(tmp_path, Image.new("1", (30_000, 30_000)), "bomb.png")
    assert source.stat().st_size < 1_000_000
    with pytest.raises(MediaError, match="像素太多"):
        make_picture(tmp_path, source)


def test_a_long_picture_is_cut_into_pieces_that_hold_all_of_it_once(tmp_path: Path) -> None:
    image = Image.linear_gradient("L").resize((300, 3_000))
    source = put(tmp_path, image, "long.png")
    made = make_pictures(tmp_path, source)
    assert len(made) == 14
    assert sum(piece.height_px for piece in made) == 3_000
    assert {piece.width_px for piece in made} == {300}
    top, bottom = shown(tmp_path, made[0].path), shown(tmp_path, made[-1].path)
    assert top.convert("L").getpixel((9, 0)) < 5 < 250 < bottom.convert("L").getpixel((9, bottom.height - 1))
    assert make_pictures(tmp_path, source) == made
    assert len({piece.path for piece in made}) == 14


def test_a_cut_goes_between_two_lines_of_writing(tmp_path: Path) -> None:
    image = Image.new("L", (300, 900), "white")
    for top in range(0, 900, 30):
        for left in range(0, 300, 20):
            image.paste("black", (left, top + 4, left + 10, top + 26))
    for piece in make_pictures(tmp_path, put(tmp_path, image, "lines.png")):
        data = shown(tmp_path, piece.path).convert("L")
        for row in (0, data.height - 1):
            assert min(data.getpixel((left, row)) for left in range(0, 300, 5)) > 150


def test_pieces_of_a_wide_long_picture_are_no_larger_than_pictures_may_be(tmp_path: Path) -> None:
    made = make_pictures(tmp_path, put(tmp_path, Image.new("RGBA", (2_400, 9_000)), "long.png"))
    assert len(made) > 3
    assert all(piece.width_px <= 1_728 and piece.height_px <= 960 for piece in made)


def test_one_that_is_longer_than_an_article_may_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="太长"):
        make_pictures(tmp_path, put(tmp_path, Image.new("1", (100, 60_000)), "ribbon.png"))
