"""Languages and dialects in Chinese words."""

import pytest

from tvclient.state.language_words import language_key, spoken_name, written_name


@pytest.mark.parametrize(
    ("code", "spoken"),
    [
        ("zh", "普通话"),
        ("chi", "普通话"),
        ("zh_CN", "普通话"),
        ("yue", "粤语"),
        ("zh-yue", "粤语"),
        ("zh-Hant-HK", "普通话"),
        ("nan", "闽南话"),
        ("wuu", "吴语"),
        ("bo", "藏语"),
        ("TIB", "藏语"),
        ("ug", "维吾尔语"),
        ("mn", "蒙古语"),
        ("en-GB", "英语"),
        ("xx", ""),
        ("", ""),
    ],
)
def test_what_is_heard(code: str, spoken: str) -> None:
    assert spoken_name(code) == spoken


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("zh", "中文"),
        ("zh-Hans", "简体中文"),
        ("zh-TW", "繁体中文"),
        ("eng", "英文"),
        ("bo", "藏文"),
        ("", ""),
    ],
)
def test_what_is_read(code: str, written: str) -> None:
    assert written_name(code) == written


def test_all_spellings_of_a_language_are_one() -> None:
    assert language_key("zho") == language_key("zh-CN") != language_key("yue")
    assert language_key("XX") == "xx"
