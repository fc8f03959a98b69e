"""Lists of channels are read as they are written in the field, and nothing in them is believed."""

import time
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.records.channel_list import (
    CHANNELS_MAX,
    ChannelListError,
    ListedChannel,
    ReadList,
    channels_in,
)
from study.address import fault_of

HEAD = "#EXTM3U\n"
ADDRESS = "http://10.0.0.1/a.m3u8"


def read(text: str) -> ReadList:
    return channels_in([HEAD, text])


def only(text: str) -> ListedChannel:
    [found] = read(text).channels
    return found


def entry(title: str, address: str = ADDRESS, attributes: str = "") -> str:
    return f"#EXTINF:-1 {attributes},{title}\n{address}\n"


def test_the_usual_attributes_are_taken() -> None:
    attributes = (
        'tvg-id="CCTV17" tvg-name="CCTV-17" tvg-chno="17" tvg-logo="http://10.0.0.1/17.png"'
        ' group-title="央视" catchup="append" catchup-source="?t=${start}"'
    )

    found = only(entry("CCTV-17 农业农村", attributes=attributes))

    assert (found.title, found.address, found.number) == ("CCTV-17 农业农村", ADDRESS, 17)
    assert (found.xmltv_id, found.guide_name) == ("CCTV17", "CCTV-17")
    assert (found.group, found.logo) == ("央视", "http://10.0.0.1/17.png")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ('#EXTINF:-1 tvg-id="a,b" group-title="农,林",北京,新闻', "北京,新闻"),
        ("#EXTINF:-1 tvg-id=a,北京卫视", "北京卫视"),
        ("#EXTINF:-1,北京卫视", "北京卫视"),
        ("#EXTINF:0, 北京\t卫视 ", "北京 卫视"),
        ('#EXTINF:-1 tvg-name="北京卫视"', "北京卫视"),
        ('#EXTINF:-1 tvg-name="北京卫视",', "北京卫视"),
        ('#EXTINF:-1,title="x" 之歌', 'title="x" 之歌'),
        ('#EXTINF:-1 group-title="没有收尾,北京卫视', "北京卫视"),
        ("#EXTINF:-1,北京\u202e卫视", "北京卫视"),
    ],
)
def test_the_title_is_found(line: str, title: str) -> None:
    assert only(f"{line}\n{ADDRESS}\n").title == title


def test_lines_may_end_in_any_way_and_pieces_anywhere() -> None:
    text = HEAD + entry("甲") + entry("乙", "udp://@239.1.1.1:5000")

    for told in (text, text.replace("\n", "\r\n"), text.rstrip("\n"), "\ufeff" + text):
        assert [c.title for c in channels_in(told).channels] == ["甲", "乙"]


def test_options_and_groups_stand_between() -> None:
    text = "#EXTINF:-1,甲\n#EXTGRP:央视\n#EXTVLCOPT:sout=#file{dst=/etc/passwd}\n#KODIPROP:x=y\n\n" + ADDRESS

    found = only(text)

    assert (found.group, found.address) == ("央视", ADDRESS)
    assert "sout" not in repr(found)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "/etc/passwd",
        "rtmp://10.0.0.1/a",
        "http://user:word@10.0.0.1/a.m3u8",
        "http://10.0.0.1/a.m3u8|User-Agent=x",
        "http://10.0.0.1/a b.m3u8",
        "http://北京/a.m3u8",
        "vlc://quit",
        "smb://10.0.0.1/share",
        "udp://239.1.1.1:5000",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_nobody_should_open_is_set_aside(address: str) -> None:
    found = read(entry("坏", address) + entry("好"))

    assert [c.title for c in found.channels] == ["好"]
    assert found.set_aside == 1


def test_an_entry_without_a_name_is_set_aside() -> None:
    assert read(ADDRESS + "\n").set_aside == 1
    assert read("#EXTINF:-1,\u200b\n" + ADDRESS).channels == []


def test_a_logo_is_a_web_address_or_none() -> None:
    for logo in ("file:///etc/passwd", "javascript:x", "data:image/png;base64,xx", "http://a:b@c/d.png"):
        assert only(entry("甲", attributes=f'tvg-logo="{logo}"')).logo == ""


@pytest.mark.parametrize("number", ["0", "-3", "12345", "１２", "二", "1.5", ""])
def test_a_number_that_cannot_be_dialled_is_none(number: str) -> None:
    assert only(entry("甲", attributes=f'tvg-chno="{number}"')).number is None


def test_an_id_stays_when_the_address_changes_and_when_the_list_is_turned_round() -> None:
    a, b = entry("甲", attributes='tvg-id="a"'), entry("乙", "http://10.0.0.2/b?key=1")

    before = {c.title: c.channel_id for c in read(a + b).channels}
    after = {c.title: c.channel_id for c in read(b.replace("key=1", "key=2") + a).channels}

    assert before == after
    assert len(set(before.values())) == 2


def test_doubled_ids_are_channels_of_their_own_unless_the_address_is_the_same() -> None:
    double = entry("CCTV-1", attributes='tvg-id="1"')

    found = read(double + double + double.replace("a.m3u8", "b.m3u8"))

    assert [c.address[-6:] for c in found.channels] == ["a.m3u8", "b.m3u8"]
    assert found.channels[0].channel_id != found.channels[1].channel_id
    assert found.doubled == 1


def test_five_thousand_channels_with_one_id_are_five_thousand_channels() -> None:
    text = "".join(entry("台", f"http://10.0.0.1/{n}.m3u8", 'tvg-id="x" tvg-chno="1"') for n in range(5_000))

    assert len({c.channel_id for c in read(text).channels}) == 5_000


@pytest.mark.parametrize("text", ["", "<html>", "\n\n#EXTM3U", "#EXTINF:-1,x", "\x1f\x8b"])
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(ChannelListError):
        channels_in([text])


def test_more_channels_than_anybody_has_are_refused() -> None:
    with pytest.raises(ChannelListError):
        read("".join(entry(f"{n}", f"http://10.0.0.1/{n}") for n in range(CHANNELS_MAX + 1)))


def test_a_line_of_megabytes_costs_only_itself() -> None:
    def pieces() -> Iterator[str]:
        yield HEAD
        for _ in range(320):
            yield "x" * 65_536
        yield "\n" + entry("甲")
        yield "#EXTINF:-1," + "长" * 1_000_000 + "\n" + ADDRESS + "\n" + entry("乙", "http://10.0.0.1/b")

    tracemalloc.start()
    found = channels_in(pieces())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert [c.title for c in found.channels] == ["甲", "乙"]
    assert found.set_aside >= 2
    assert peak < 12_000_000


@pytest.mark.parametrize("hard", ['a="', "a", "a-", "a=b ", '"', " ,", '="', 'a="b"'])
def test_attributes_without_end_are_read_in_no_time(hard: str) -> None:
    """Each of them once more for every place where it could begin would be a billion steps."""
    text = f"#EXTINF:-1 {hard * (60_000 // len(hard))},名\n{ADDRESS}\n"
    began = time.process_time()
    read(text + entry("乙", "http://10.0.0.1/b"))

    assert time.process_time() - began < 2


bits = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "#EXTM3U\n",
            "#EXTINF:-1",
            ' tvg-id="',
            '"',
            ",",
            "\n",
            "\r",
            "http://10.0.0.1/a",
            "udp://@239.1.1.1:5000",
        ]
    ),
)


@given(text=st.lists(bits, max_size=40).map("".join), size=st.integers(1, 50))
def test_any_text_is_a_list_or_refused(text: str, size: int) -> None:
    told = HEAD + text
    found = channels_in(told[n : n + size] for n in range(0, len(told), size))

    assert all(fault_of(each.address) is None and each.title for each in found.channels)
    assert len({each.channel_id for each in found.channels}) == len(found.channels)
