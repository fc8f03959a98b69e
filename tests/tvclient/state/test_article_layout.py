"""Pages hold all of an article in its order, and nothing on them is cut off or lies on anything else."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tvclient.state.article_parts import PARTS, heading, measure, paragraph, picture
from tvclient.state.article_layout import laid_out
from tvclient.state.article_look import LARGE, NORMAL, Look
from tvclient.state.article_page import Line, Page, PlacedPicture
from tvclient.state.article_part import Part, PartKind
from tvclient.widgets.line_break import NOT_FIRST, NOT_LAST

LOOKS = [NORMAL, LARGE]
TEXT = "发酵床养猪是把微生物和垫料铺在猪舍里，让粪尿在原地分解的办法。"


def pages_of(*parts: Part, look: Look = NORMAL) -> tuple[Page, ...]:
    return laid_out(parts, look, measure)


def lines_of(pages: tuple[Page, ...]) -> list[Line]:
    return [line for page in pages for line in page.lines]


def pictures_of(pages: tuple[Page, ...]) -> list[PlacedPicture]:
    return [shown for page in pages for shown in page.pictures]


def box(thing: Line | PlacedPicture) -> tuple[float, float, float, float]:
    width = thing.width_px if isinstance(thing, PlacedPicture) else measure(thing.role, thing.text)
    return thing.x_px, thing.y_px, thing.x_px + width, thing.bottom_px


def overlap(one: Line | PlacedPicture, other: Line | PlacedPicture) -> bool:
    a, b = box(one), box(other)
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@settings(max_examples=120, deadline=None)
@given(PARTS, st.sampled_from(LOOKS))
def test_nothing_is_lost_and_the_order_is_kept(parts: list[Part], look: Look) -> None:
    pages = laid_out(parts, look, measure)
    lines = lines_of(pages)
    for number, part in enumerate(parts):
        own = [line for line in lines if line.part == number]
        assert all(before.end <= after.start for before, after in pairwise(own))
        assert "".join("".join(line.text for line in own).split()) == "".join(part.text.split())
        assert all(part.text[line.start : line.end].rstrip() == line.text for line in own)
    shown = [each.part for each in pictures_of(pages)]
    assert shown == [n for n, part in enumerate(parts) if part.kind is PartKind.PICTURE]
    by_page = [{thing.part for thing in (*page.lines, *page.pictures)} for page in pages]
    assert all(max(before) <= min(after) for before, after in pairwise(by_page))


@settings(max_examples=120, deadline=None)
@given(PARTS, st.sampled_from(LOOKS))
def test_nothing_is_cut_off_and_nothing_lies_on_anything_else(parts: list[Part], look: Look) -> None:
    for page in laid_out(parts, look, measure):
        things = (*page.lines, *page.pictures)
        for thing in things:
            left, top, right, bottom = box(thing)
            assert left >= 0
            assert top >= 0
            assert right <= look.width_px
            assert bottom <= look.height_px
        assert not any(overlap(*pair) for pair in combinations(things, 2))


@settings(max_examples=60, deadline=None)
@given(PARTS, st.sampled_from(LOOKS))
def test_pictures_keep_their_shape_and_are_not_blurred(parts: list[Part], look: Look) -> None:
    for shown in pictures_of(laid_out(parts, look, measure)):
        part = parts[shown.part]
        assert shown.width_px <= 2 * part.width_px
        scale = shown.width_px / part.width_px
        assert abs(shown.height_px - part.height_px * scale) <= 1 + part.height_px / part.width_px


@settings(max_examples=60, deadline=None)
@given(PARTS)
def test_no_page_is_empty(parts: list[Part]) -> None:
    pages = laid_out(parts, NORMAL, measure)
    assert all(page.lines or page.pictures for page in pages) or (not parts and len(pages) == 1)


@pytest.mark.parametrize("look", LOOKS)
def test_no_line_begins_or_ends_as_none_may(look: Look) -> None:
    lines = lines_of(pages_of(paragraph(TEXT * 30), paragraph(f"（{TEXT}）" * 9), look=look))
    assert len(lines) > 30
    assert not any(line.text[0] in NOT_FIRST or line.text[-1] in NOT_LAST for line in lines)


def test_a_paragraph_begins_two_signs_in_and_a_list_at_the_edge() -> None:
    [first, second, *_] = lines_of(pages_of(paragraph(TEXT * 3)))
    assert (first.x_px, second.x_px) == (2 * NORMAL.text.size_px, 0)
    assert [line.x_px for line in lines_of(pages_of(paragraph("• 一"), paragraph("1. 一")))] == [0, 0]


def test_the_further_lines_of_a_list_entry_stand_behind_its_mark() -> None:
    first, second, *_ = lines_of(pages_of(paragraph("• " + TEXT * 3)))
    assert (first.x_px, second.x_px) == (0, round(measure(NORMAL.text, "• ") + 0.5))


def test_text_stands_beside_an_upright_picture_and_below_it_takes_the_whole_width() -> None:
    [page] = pages_of(picture(600, 500, "图"), paragraph(TEXT * 7))
    [shown] = page.pictures
    texts = [line for line in page.lines if line.role == NORMAL.text]
    assert texts[0].y_px == shown.y_px == 0
    beside = [line for line in texts if line.y_px < shown.bottom_px]
    assert all(box(line)[2] + NORMAL.gap_px <= shown.x_px + 1 for line in beside)
    assert max(box(line)[2] for line in texts if line not in beside) > shown.x_px


def test_a_wide_picture_stands_by_itself_in_the_middle() -> None:
    [page] = pages_of(picture(1_728, 600, "全景"), paragraph("一句。"))
    [shown] = page.pictures
    assert abs(shown.x_px - (NORMAL.width_px - shown.width_px) // 2) <= 1
    assert shown.width_px > 1_200
    assert [line.text for line in page.lines] == ["全景", "一句。"]


def test_pictures_that_no_text_follows_stand_in_the_middle_as_large_as_they_can_be() -> None:
    first, second = pages_of(paragraph(TEXT), picture(1_600, 900), picture(900, 900, "最后一张"))[-2:]
    for page, shape in ((first, 1_600 / 900), (second, 1)):
        [shown] = page.pictures
        assert abs(shown.x_px - (NORMAL.width_px - shown.width_px) // 2) <= 1
        assert shown.height_px > 500
        assert abs(shown.width_px / shown.height_px - shape) < 0.01


def test_a_heading_never_stands_alone_at_the_foot_of_a_page() -> None:
    for filling in range(1, 14):
        for following in (paragraph(TEXT * 4), picture(1_728, 900), picture(500, 900, "图")):
            pages = pages_of(*(paragraph("一行") for _ in range(filling)), heading("下一节"), following)
            [page] = [page for page in pages if any(line.text == "下一节" for line in page.lines)]
            assert any(thing.part == filling + 1 for thing in (*page.lines, *page.pictures)), filling


def test_a_paragraph_does_not_begin_with_its_last_line_on_a_page() -> None:
    for filling in range(1, 14):
        pages = pages_of(*(paragraph("一行") for _ in range(filling)), paragraph(TEXT * 5))
        counts = [sum(line.part == filling for line in page.lines) for page in pages]
        assert next(count for count in counts if count) >= 2


def test_a_long_caption_is_read_below_its_picture() -> None:
    pages = pages_of(picture(600, 600, TEXT * 20))
    assert "".join(line.text for line in lines_of(pages)) == TEXT * 20


def test_an_article_without_anything_is_one_empty_page() -> None:
    assert pages_of() == (Page((), ()),)


def test_a_book_is_laid_out_without_measuring_it_again_for_each_line() -> None:
    signs = 0

    def counting(role: object, text: str) -> float:
        nonlocal signs
        signs += len(text)
        return 44.0 * len(text)

    book = "字" * 50_000
    laid_out([paragraph(book)], NORMAL, counting)
    assert signs < 20 * len(book)


def test_a_few_lines_are_not_left_for_a_page_of_their_own() -> None:
    by_lines = {}
    for count in range(20, 60):
        pages = pages_of(*(paragraph("一行") for _ in range(count)))
        by_lines[count] = len(pages[-1].lines)
    assert min(by_lines.values()) >= 3, by_lines
