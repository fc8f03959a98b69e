"""A guide is read as it comes; one that is broken or means harm is refused."""

import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.records.xmltv import Told, ToldChannel, ToldProgramme, XmltvError, told_in

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tv SYSTEM "xmltv.dtd">\n'
START = "20261122190000 +0800"


def programme(inner: str = "<title>大棚甜瓜答疑</title>", attributes: str = "") -> str:
    told = attributes or f'start="{START}" stop="20261122200000 +0800" channel="c1"'
    return f"<programme {told}>{inner}</programme>"


def read(*elements: str) -> list[Told]:
    return list(told_in([HEAD, "<tv>", *elements, "</tv>"]))


def only(*elements: str) -> ToldProgramme:
    [found] = read(*elements)
    assert isinstance(found, ToldProgramme)
    return found


def test_channels_and_programmes_come_in_their_order() -> None:
    channel = '<channel id="c1"><display-name>CCTV-17</display-name><display-name>农业农村</display-name>'

    found = read(channel + "</channel>", programme("<title>冬小麦</title><desc>浇冻水、压麦</desc>"))

    assert found == [
        ToldChannel("c1", ("CCTV-17", "农业农村")),
        ToldProgramme("c1", 1_795_345_200_000, 1_795_348_800_000, "冬小麦", "浇冻水、压麦"),
    ]


def test_the_pieces_may_end_anywhere() -> None:
    text = HEAD + "<tv>" + programme() * 3 + "</tv>"

    assert list(told_in(text)) == list(told_in([text]))


def test_the_chinese_title_is_taken_wherever_it_stands() -> None:
    english, chinese = '<title lang="en">Melons</title>', '<title lang="zh_CN">甜瓜</title>'

    assert only(programme(english + chinese)).title == "甜瓜"
    assert only(programme(chinese + english)).title == "甜瓜"
    assert only(programme(english)).title == "Melons"


def test_words_are_one_line_with_nothing_invisible_and_an_end() -> None:
    found = only(programme("<title>甜\u202e瓜\n  答疑\t&#8203;</title><desc>" + "长" * 9_000 + "</desc>"))

    assert found.title == "甜瓜 答疑"
    assert len(found.about) == 500


def test_the_subtitle_stands_where_nothing_else_is_told() -> None:
    assert only(programme("<title>新闻</title><sub-title>第 3 集</sub-title>")).about == "第 3 集"


@pytest.mark.parametrize(
    "attributes",
    [
        f'start="{START}"',
        'channel="c1"',
        'start="soon" channel="c1"',
        f'start="{START}" channel=" "',
        f'start="{START}" channel="{"x" * 300}"',
    ],
)
def test_a_programme_that_has_no_place_is_left_out(attributes: str) -> None:
    assert read(programme(attributes=attributes)) == []


def test_a_programme_without_a_title_is_left_out() -> None:
    assert read(programme("<title> \u200b </title>"), programme("<desc>x</desc>")) == []


def test_a_missing_or_unreadable_end_is_none() -> None:
    assert only(programme(attributes=f'start="{START}" channel="c1"')).stop_ms is None
    assert only(programme(attributes=f'start="{START}" stop="?" channel="c1"')).stop_ms is None


def test_other_elements_are_passed_over() -> None:
    inner = "<credits><actor>甲<title>乙</title></actor></credits><title>丙</title><icon src='x'/>"

    assert only(programme(inner)).title == "丙"


BOMB = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
HARM = {
    "billion laughs": f'<!DOCTYPE tv [<!ENTITY a0 "ha">{BOMB}]><tv>&a9;</tv>',
    "external entity": '<!DOCTYPE tv [<!ENTITY x SYSTEM "file:///etc/passwd">]><tv>&x;</tv>',
    "parameter entity": '<!DOCTYPE tv [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x">%x;]><tv/>',
    "unparsed entity": '<!DOCTYPE tv [<!NOTATION n SYSTEM "n"><!ENTITY x SYSTEM "f" NDATA n>]><tv/>',
    "quadratic blow-up": f'<!DOCTYPE tv [<!ENTITY a "{"x" * 50_000}">]><tv>{"&a;" * 5_000}</tv>',
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_what_means_harm_is_refused_before_it_does_any(harm: str) -> None:
    tracemalloc.start()
    with pytest.raises(XmltvError):
        list(told_in([harm]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 2_000_000


def endless(piece: str, before: str = "<tv>") -> Iterator[str]:
    yield before
    for _ in range(2_000):
        yield piece
    pytest.fail("it was read on and on")


@pytest.mark.parametrize(
    ("before", "piece"),
    [
        ("<tv><programme title='", "x" * 65_536),
        ("<tv><!--", "x" * 65_536),
        ("<tv><programme><title>", "x" * 65_536),
        ("<tv>", "<a>" * 20_000),
        ("<tv>", " " * 65_536),
    ],
)
def test_what_never_ends_is_given_up(before: str, piece: str) -> None:
    with pytest.raises(XmltvError):
        list(told_in(endless(piece, before)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html></html>",
        "<tv>",
        HEAD,
        "<tv></tv></tv>",
        '{"tv": []}',
        "<tv><programme></tv>",
        "<tv>&nbsp;</tv>",
    ],
)
def test_what_is_no_whole_guide_is_refused(text: str) -> None:
    with pytest.raises(XmltvError):
        list(told_in([text]))


def test_what_came_before_the_end_was_cut_off_is_told_first() -> None:
    found = told_in(["<tv>" + programme(), "<programme"])

    assert isinstance(next(found), ToldProgramme)
    with pytest.raises(XmltvError):
        next(found)


def test_nothing_is_kept_of_what_was_told() -> None:
    def pieces() -> Iterator[str]:
        yield "<tv>"
        for _ in range(400):
            yield programme() * 10
        yield "</tv>"

    tracemalloc.start()
    count = sum(1 for _ in told_in(pieces()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 4_000
    assert peak < 500_000


TAGS = ("<tv>", "</tv>", "<programme", ' start="20261122"', ' channel="c">', "<title>", "</title>")
ODDITIES = ("<![CDATA[", "]]>", "<!--", "<!DOCTYPE", "&amp;", "&#0;", "&#x10FFFF;", "\x00", "]>")
bits = st.one_of(st.text(max_size=40), st.sampled_from((*TAGS, "</programme>", *ODDITIES)))


@given(text=st.lists(bits, max_size=30).map("".join), size=st.integers(1, 50))
def test_any_text_is_a_guide_or_refused(text: str, size: int) -> None:
    pieces = [text[n : n + size] for n in range(0, len(text), size)]
    try:
        found = list(told_in(pieces))
    except XmltvError:
        return
    assert all(each.xmltv_id for each in found)
