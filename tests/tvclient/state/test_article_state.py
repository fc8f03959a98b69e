"""An article is turned page by page, read aloud sentence by sentence, and keeps its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from study.article_api import ArticleReply, BlockEntry
from tests.tvclient.state.article_parts import PARTS, heading, measure, paragraph, picture
from tvclient.state.article_look import LARGE, NORMAL
from tvclient.state.article_page import page_at
from tvclient.state.article_part import Part, PartKind, parts_of
from tvclient.state.article_sentence import LONGEST, sentences_of, stretch_on
from tvclient.state.article_state import ArticleState, opened

TEXT = "发酵床养猪好。垫料要干！真的吗？“是的。”他说；"


def article(*parts: Part) -> ArticleState:
    return opened(parts, NORMAL, measure)


@pytest.fixture
def long() -> ArticleState:
    return article(heading("题"), *(paragraph(TEXT * 12) for _ in range(9)))


def test_pages_are_turned_between_the_ends(long: ArticleState) -> None:
    assert len(long.pages) > 3
    assert (long.number, long.has_previous, long.has_next) == (0, False, True)
    assert long.turned(-1).number == 0
    last = long.turned(99)
    assert (last.number, last.has_next, last.share_read) == (len(long.pages) - 1, False, 1.0)
    assert long.turned(1).page_words == f"第 2 页，共 {len(long.pages)} 页"


def test_another_size_keeps_what_the_page_begins_with(long: ArticleState) -> None:
    here = long.turned(2)
    place = here.page.first
    large = here.laid_out_anew(LARGE, measure)
    assert len(large.pages) > len(long.pages)
    assert large.number == page_at(large.pages, place) > 2
    assert large.laid_out_anew(NORMAL, measure).at(place).number == 2


def test_sentences_end_where_a_reader_breathes() -> None:
    spoken = [sentence.spoken for sentence in sentences_of([paragraph(TEXT + "\n\n第二行")])]
    assert spoken == ["发酵床养猪好。", "垫料要干！", "真的吗？", "“是的。”", "他说；", "第二行"]


def test_what_has_no_end_is_read_in_pieces_that_break_at_commas() -> None:
    found = sentences_of([paragraph("字" * 100 + "，" + "字" * 300)])
    assert [len(sentence.spoken) for sentence in found] == [101, LONGEST, LONGEST, 60]


def test_bylines_and_mere_signs_are_not_read_aloud() -> None:
    parts = [Part(PartKind.BYLINE, "农科院"), paragraph("——"), paragraph("•"), picture(9, 9, "猪舍")]
    assert [sentence.spoken for sentence in sentences_of(parts)] == ["猪舍"]


@settings(max_examples=60, deadline=None)
@given(PARTS)
def test_every_word_is_read_once_in_order(parts: list[Part]) -> None:
    found = sentences_of(parts)
    for number, part in enumerate(parts):
        own = [sentence for sentence in found if sentence.part == number]
        read = "".join(part.text[sentence.start : sentence.end] for sentence in own)
        if part.kind is not PartKind.BYLINE:
            assert [s for s in read if s.isalnum()] == [s for s in part.text if s.isalnum()]
    places = [(sentence.part, sentence.start) for sentence in found]
    assert places == sorted(places)
    assert all(len(sentence.spoken) <= LONGEST for sentence in found if "。" not in sentence.spoken)


@settings(max_examples=60, deadline=None)
@given(PARTS)
def test_what_is_read_aloud_is_on_the_screen_from_the_first_word_to_the_last(parts: list[Part]) -> None:
    state = opened(parts, NORMAL, measure).reading_from_page()
    read = 0
    while (sentence := state.sentence) is not None:
        assert any(stretch_on(line, sentence) for line in state.page.lines)
        state, read = state.reading_on(), read + 1
    assert read == len(state.sentences)


@settings(max_examples=60, deadline=None)
@given(PARTS, st.integers(0, 30))
def test_reading_begins_on_the_page_that_is_shown(parts: list[Part], number: int) -> None:
    state = opened(parts, NORMAL, measure).turned(number)
    reading = state.reading_from_page()
    if any(stretch_on(line, sentence) for line in state.page.lines for sentence in state.sentences):
        assert reading.sentence is not None
        assert any(stretch_on(line, reading.sentence) for line in state.page.lines)


def test_turning_by_hand_takes_the_voice_along(long: ArticleState) -> None:
    reading = long.reading_from_page().turned(2)
    assert reading.number == 2
    assert reading.sentence is not None
    assert any(stretch_on(line, reading.sentence) for line in long.turned(2).page.lines)
    assert long.turned(2).sentence is None


def test_nothing_to_read_is_silence() -> None:
    assert article(picture(9, 9)).reading_from_page().sentence is None
    assert article().reading_on().sentence is None


def block(kind: str, text: str, **more: object) -> BlockEntry:
    entry: BlockEntry = {"kind": kind, "text": text, "level": 0, "url": "", "width_px": 0, "height_px": 0}
    return entry | more  # type: ignore[return-value]


def test_parts_come_from_the_agents_answer() -> None:
    reply: ArticleReply = {
        "id": "1",
        "item_id": "article:1",
        "title": "发酵床养猪",
        "producer": "农科院",
        "category": "",
        "topic": "",
        "published_on": "2026-11-03",
        "blocks": [
            block("heading", "原理", level=2),
            block("picture", "图", url="http://x", width_px=4, height_px=3),
            block("picture", "没有大小"),
            block("table", "以后才有的"),
            block("paragraph", ""),
        ],
        "recording": None,
        "is_newest": True,
    }
    parts = parts_of(reply)
    assert [(part.kind, part.text) for part in parts] == [
        (PartKind.TITLE, "发酵床养猪"),
        (PartKind.BYLINE, "农科院　2026 年 11 月 3 日"),
        (PartKind.HEADING, "原理"),
        (PartKind.PICTURE, "图"),
        (PartKind.PARAGRAPH, "没有大小"),
        (PartKind.PARAGRAPH, "以后才有的"),
    ]
    assert parts[2].level == 2
