"""Markdown becomes blocks; nothing written is lost and nothing dangerous is passed on."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from municipal.errors import RowError
from municipal.imports.article_text import blocks_in
from study.article import picture_path
from study.article_body import Block, Heading, Paragraph, Picture, blocks_of, body_bytes

DIGEST = "0" * 64


def named(source: str, caption: str) -> list[Picture]:
    return [picture(source, caption)]


def picture(source: str, caption: str) -> Picture:
    return Picture(f"/media/articles/{source}", DIGEST, 1, 1, 1, caption)


def read(text: str, title: str = "题目") -> list[Block]:
    return list(blocks_in(text, title, named))


def texts(text: str) -> list[str]:
    return [block.text for block in read(text) if not isinstance(block, Picture)]


def test_headings_paragraphs_and_pictures_keep_their_order() -> None:
    assert read('# 原理\n\n一段。\n\n![猪舍](1.jpg "新猪舍")\n\n#### 小节\n\n二段') == [
        Heading("原理", 1),
        Paragraph("一段。"),
        picture("1.jpg", "新猪舍"),
        Heading("小节", 3),
        Paragraph("二段"),
    ]


def test_a_heading_that_only_says_the_title_again_is_left_out() -> None:
    assert read("# 题目\n\n正文") == [Paragraph("正文")]


def test_a_picture_inside_a_paragraph_stands_between_its_parts() -> None:
    assert read("前![中](1.jpg)后") == [Paragraph("前"), picture("1.jpg", "中"), Paragraph("后")]


def test_html_is_text_as_any_other() -> None:
    assert texts("<script>alert(1)</script>\n\n<div onclick='x'>文</div>") == [
        "<script>alert(1)</script>",
        "<div onclick='x'>文</div>",
    ]


def test_dress_is_taken_off_and_links_keep_their_words() -> None:
    assert texts("**重点**在[这里](http://e.org)和`代码` &amp; 5\\*") == ["重点在这里和代码 & 5*"]


def test_lines_of_chinese_join_without_a_blank_and_those_of_english_with_one() -> None:
    assert texts("第一行，\n第二行\ntwo\nwords  \n新行") == ["第一行，第二行two words\n新行"]


def test_lists_quotes_code_and_tables_are_paragraphs() -> None:
    assert texts(
        "- 一\n- 二\n\n7. 七\n8. 八\n\n> 引\n\n```\na\n  b\n```\n\n|品种|亩产|\n|-|-|\n|甲|500|"
    ) == [
        *("• 一", "• 二", "7. 七", "8. 八", "引", "a\n  b", "品种\u3000亩产", "甲\u3000500"),
    ]


def test_control_and_direction_marks_are_left_out() -> None:
    assert texts("收入\u202e%50\x07 👩\u200d🌾") == ["收入%50 👩\u200d🌾"]


def test_a_picture_no_program_can_read_is_told_by_its_name() -> None:
    with pytest.raises(RowError, match="可能有空格"):
        read("![图](新 猪舍.jpg)")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n",
        "# 题目",
        ">" * 100_000,
        "\n".join("  " * depth + "- 层" for depth in range(50)),
        "字" * 50_001,
    ],
)
def test_what_is_no_article_is_refused_in_words(text: str) -> None:
    with pytest.raises(RowError):
        read(text)


@pytest.mark.parametrize("piece", ["*a ", "[", "![", "`", "<", "- ", "|a", "_a__", "[a](b", "&#x41;"])
def test_what_is_written_to_choke_a_parser_ends(piece: str) -> None:
    assert len(read("字" + piece * (20_000 // len(piece)))) == 1


@settings(max_examples=60)
@given(st.lists(st.text(alphabet="学习，。1 a（）", min_size=1, max_size=30), min_size=1, max_size=8))
def test_every_sign_of_plain_paragraphs_comes_through_in_order(paragraphs: list[str]) -> None:
    text = "\n\n".join("字" + paragraph for paragraph in paragraphs)
    assert re.sub(r"\s", "", "".join(texts(text))) == re.sub(r"\s", "", text)


def test_too_many_pictures_are_told_before_the_first_is_looked_into() -> None:
    looked: list[str] = []

    def looking(source: str, caption: str) -> list[Picture]:
        looked.append(source)
        return named(source, caption)

    with pytest.raises(RowError, match="100 张图片"):
        blocks_in("![](1.jpg)" * 101, "题目", looking)
    assert looked == []


def test_too_many_paragraphs_are_too_many() -> None:
    with pytest.raises(RowError, match="5000 段"):
        read("字\n\n" * 5_001)


MARKDOWN = st.lists(
    st.sampled_from(
        ["#", "# ", "- ", "1. ", "> ", "```", "|", "-|-", "![", "](", ")", "[", "<b>", "&lt;", "*"]
    )
    | st.sampled_from(["\n", "\n\n", "    ", "\\", "字", "。", "word ", "1.jpg", "\x00", "\u202e", "\u2028"])
    | st.text(max_size=3),
    max_size=60,
).map("".join)


@settings(max_examples=200)
@given(MARKDOWN)
def test_whatever_is_written_becomes_a_body_that_every_box_reads_the_same(text: str) -> None:
    def looking(source: str, caption: str) -> list[Picture]:
        return [Picture(f"/media/{picture_path(DIGEST)}", DIGEST, 1, 1, 1, caption)]

    try:
        blocks = blocks_in(text, "题目", looking)
    except RowError:
        return
    assert blocks_of(body_bytes(blocks)) == blocks
