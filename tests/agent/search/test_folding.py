"""What is compared: letters, digits and characters, however they were written."""

import pytest

from agent.search.folding import fold, fold_with_places


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("《发酵床养猪》（上）", "发酵床养猪上"),
        ("Ｃ 语言！", "c语言"),
        ("５Ｇ+乡村", "5g乡村"),
        ("Café ①", "cafe1"),
        ("😀🐷\u202e\u0000\n\t", ""),
        ("𠮷野家", "𠮷野家"),
        ("مرحبا", "مرحبا"),
        ("\ud800坏", "坏"),
    ],
)
def test_only_what_somebody_types_is_left(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_places_lead_back_to_what_was_written() -> None:
    assert fold_with_places("《㎏ 床》") == ("kg床", [1, 1, 3])
