"""A body says the same after it was written, and nonsense is never taken for one."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.article import article_of, body_path, picture_path, reading_of
from study.article_body import (
    Block,
    Heading,
    Paragraph,
    Picture,
    blocks_of,
    body_bytes,
    paragraph_of,
    pictures_of,
)
from study.document import CarriedError, TooNewError
from study.plain_text import plain_line
from study.units import ArticleId, ItemId

DIGEST = "ab" * 32
PICTURE = Picture(f"/media/{picture_path(DIGEST)}", DIGEST, 1_000, 1_728, 960, "猪舍")
LINES = st.text(min_size=1).map(plain_line).filter(bool)
PARAGRAPHS = st.text(min_size=1).map(paragraph_of).filter(bool)
BLOCKS = st.lists(st.builds(Heading, LINES, st.integers(1, 3)) | PARAGRAPHS | st.just(PICTURE), max_size=20)


def raw(*blocks: object) -> bytes:
    return json.dumps({"zhanxue_article": 1, "blocks": blocks}).encode()


def entry(**more: object) -> dict[str, object]:
    [told] = json.loads(body_bytes([PICTURE]))["blocks"]
    return {**told, **more}


@given(BLOCKS)
def test_a_body_says_what_was_written(blocks: list[Block]) -> None:
    assert blocks_of(body_bytes(blocks)) == tuple(blocks)
    assert pictures_of(blocks) == tuple(block for block in blocks if block == PICTURE)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_body_or_are_refused(data: bytes) -> None:
    with pytest.raises(CarriedError):
        blocks_of(data)


@pytest.mark.parametrize(
    "block",
    [
        {"paragraph": 7},
        {"paragraph": "字" * 50_001},
        {"heading": "题", "level": "1"},
        entry(picture="http://elsewhere/1.jpg"),
        entry(picture="/media/articles/../../etc/passwd"),
        entry(picture="/media/5.mp4"),
        entry(sha256="AB" * 32),
        entry(width_px=20_000),
        entry(height_px=0),
        entry(bytes=2**40),
        entry(caption=None),
        "文",
        None,
    ],
)
def test_a_block_that_cannot_be_meant_spoils_the_body(block: object) -> None:
    with pytest.raises(CarriedError):
        blocks_of(raw({"paragraph": "好"}, block))


def test_what_a_later_version_adds_is_passed_over() -> None:
    assert blocks_of(raw({"table": [[1]]}, {"paragraph": "好", "voice": "new"})) == (Paragraph("好"),)


def test_another_version_of_the_form_is_told() -> None:
    with pytest.raises(TooNewError):
        blocks_of(b'{"zhanxue_article":2,"blocks":[]}')


def test_control_characters_do_not_come_through_even_from_the_city() -> None:
    assert blocks_of(raw({"paragraph": "\u202e文\u0000"}, {"paragraph": "\u0007 "})) == (Paragraph("文"),)


def test_too_many_blocks_or_pictures_are_refused() -> None:
    for blocks in ([{"paragraph": "字"}] * 5_001, [entry()] * 101):
        with pytest.raises(CarriedError):
            blocks_of(raw(*blocks))


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(CarriedError):
        blocks_of(b'{"zhanxue_article":1,"blocks":' + b"[" * 100_000)


def test_the_reading_of_an_article_is_no_course() -> None:
    assert article_of(reading_of(ArticleId("5"))) == "5"
    assert article_of(ItemId("5.1")) is None
    assert body_path(DIGEST) == f"articles/{'ab' * 16}.json"
