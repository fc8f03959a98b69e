"""Sounds and subtitles have names that people know, and no two the same."""

import pytest

from tvclient.playback.player_event import Track, TrackId
from tvclient.state.track_names import language_of, sound_names, subtitle_names


def _track(language: str, name: str = "") -> Track:
    return Track(TrackId(7), language, name)


@pytest.mark.parametrize(
    ("code", "spoken", "written"),
    [
        ("zh", "普通话", "中文"),
        ("chi", "普通话", "中文"),
        ("zho", "普通话", "中文"),
        ("cmn", "普通话", "中文"),
        ("zh-CN", "普通话", "中文"),
        ("zh_Hans", "普通话", "中文"),
        ("zh-Hant", "普通话", "繁体中文"),
        ("zh-TW", "普通话", "繁体中文"),
        ("zh-cmn-Hant", "普通话", "繁体中文"),
        ("yue", "粤语", "粤语"),
        ("zh-yue", "粤语", "粤语"),
        ("nan", "闽南话", "闽南话"),
        ("wuu", "吴语", "吴语"),
        ("hak", "客家话", "客家话"),
        ("bo", "藏语", "藏文"),
        ("tib", "藏语", "藏文"),
        ("ug", "维吾尔语", "维吾尔文"),
        ("uig", "维吾尔语", "维吾尔文"),
        ("mn", "蒙古语", "蒙古文"),
        ("mon", "蒙古语", "蒙古文"),
        ("ko", "朝鲜语", "朝鲜文"),
        ("en", "英语", "英文"),
        ("ENG", "英语", "英文"),
        (" en-US ", "英语", "英文"),
    ],
)
def test_a_language_has_its_chinese_name(code: str, spoken: str, written: str) -> None:
    assert sound_names([_track(code)]) == [spoken]
    assert subtitle_names([_track(code)]) == [written]


@pytest.mark.parametrize("code", ["", "fra", "qaa", "-", "zh0"])
def test_one_of_which_nothing_is_known_has_its_place(code: str) -> None:
    assert sound_names([_track("zh"), _track(code)]) == ["普通话", "声音 2"]
    assert subtitle_names([_track("zh"), _track(code)]) == ["中文", "字幕 2"]


def test_a_chinese_name_wins_over_the_language() -> None:
    assert sound_names([_track("zh", "  大兴话 "), _track("fra", "法语配音")]) == ["大兴话", "法语配音"]


def test_another_name_comes_after_the_language_and_before_nothing() -> None:
    assert sound_names([_track("yue", "Stereo"), _track("fra", "Commentary")]) == ["粤语", "Commentary"]


def test_no_two_have_the_same_name() -> None:
    three = [_track("zh"), _track("yue"), _track("cmn")]
    assert sound_names(three) == ["普通话 1", "粤语", "普通话 2"]


def test_codes_of_one_language_are_the_same() -> None:
    assert {language_of(code) for code in ("zh", "chi", "zho", "cmn", "ZH-cn", "zh_Hans_CN")} == {"zh"}
    assert language_of("zh-nan") == "nan"
    assert language_of("FRA") == "fra"
    assert language_of("") == ""
