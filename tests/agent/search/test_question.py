"""What was typed is shown in the title, character for character."""

import pytest

from tests.agent.search.catalogue import entries, index_of


@pytest.mark.parametrize(
    ("title", "typed", "matched"),
    [
        ("发酵床养猪", "fjc", ["发酵床"]),
        ("发酵床养猪", "养猪", ["养猪"]),
        ("发酵床养猪", "99", ["养猪"]),
        ("发酵床养猪", "fajiaochuangyangzhu", ["发酵床养猪"]),
        ("发酵床养猪", "fjyz", ["发酵", "养猪"]),
        ("发酵床养猪", "发床猪", ["发", "床", "猪"]),
        ("《养·猪》", "yz", ["养·猪"]),
        ("5G 改变乡村", "ggb", ["G 改变"]),
        ("学用ＷＰＳ", "wps", ["ＷＰＳ"]),
        ("10㎏ 猪", "kgz", ["㎏ 猪"]),
        ("发酵床养猪", "zzz", []),
        ("从未见过的题目", "fjc", []),
    ],
)
def test_what_was_typed_is_marked(title: str, typed: str, matched: list[str]) -> None:
    index = index_of(*entries("course", *{title: None, "发酵床养猪": None}))
    stretches = index.question(typed).matched(title)
    assert [title[start:end] for start, end in stretches] == matched
