"""Covers have the tile's size and hold the whole title."""

from pathlib import Path

import pytest
from PIL import Image

from demo import artwork
from demo.artwork import TINTS, render_poster
from demo.catalogue import Cover, read_catalogue
from demo.covers import COVER_SIZE, MARGIN_PX, TITLE_SIZES, draw_cover, fit_title, make_covers
from demo.errors import DemoError

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "demo"
COVERS = read_catalogue(FOLDER).covers
ROOM_PX = COVER_SIZE[0] - 2 * MARGIN_PX


def test_all_covers_are_png_of_the_tile_size(tmp_path: Path) -> None:
    said: list[str] = []

    made = make_covers(COVERS, tmp_path, said.append)

    assert said == [f"封面 {len(COVERS)} 张"]
    assert sorted(tmp_path.iterdir()) == sorted(made)
    for path in made:
        with Image.open(path) as picture:
            assert (picture.format, picture.size) == ("PNG", COVER_SIZE)


@pytest.mark.parametrize("title", [cover.title for cover in COVERS])
def test_a_title_is_whole_and_within_the_margins(title: str) -> None:
    size_px, lines = fit_title(title, ROOM_PX)

    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    assert len(lines) <= dict(TITLE_SIZES)[size_px]
    assert all(artwork.font("Bold", size_px).getlength(line) <= ROOM_PX for line in lines)
    assert not any(line[0] in "，。”)）" or line[-1] in "“(（" for line in lines)


def test_a_title_that_is_too_long_ends_with_dots() -> None:
    size_px, lines = fit_title("学" * 100, ROOM_PX)

    assert len(lines) == dict(TITLE_SIZES)[size_px]
    assert lines[-1].endswith("…")
    assert artwork.font("Bold", size_px).getlength(lines[-1]) <= ROOM_PX


@pytest.mark.parametrize(("category", "tint"), TINTS.items())
def test_a_card_has_the_tint_of_its_category(category: str, tint: artwork.Colour) -> None:
    card = artwork.draw_card(category, COVER_SIZE)

    corner = card.getpixel((COVER_SIZE[0] - 1, 0))
    assert isinstance(corner, tuple)
    assert all(abs(part - wanted) < 40 for part, wanted in zip(corner, tint, strict=True))


def test_an_unknown_category_still_gets_a_card() -> None:
    cover = draw_cover(Cover("x.png", "没见过的分类", "新分类", poster=""))

    assert cover.size == COVER_SIZE


def test_a_missing_poster_is_said() -> None:
    with pytest.raises(DemoError, match=r"nothing\.svg 画不出来"):
        render_poster("nothing", COVER_SIZE)


def test_a_missing_font_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(artwork, "FONTS", tmp_path)

    with pytest.raises(DemoError, match="找不到中文字体"):
        artwork.font("Bold", 61)
