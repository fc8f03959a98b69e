"""What sounds and subtitles are called on the screen."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from tvclient.playback.player_event import Track
from tvclient.words import _

TRADITIONAL = "zh-hant"
SPOKEN = {
    "zh": "普通话",
    TRADITIONAL: "普通话",
    "yue": "粤语",
    "nan": "闽南话",
    "wuu": "吴语",
    "hak": "客家话",
    "gan": "赣语",
    "hsn": "湘语",
    "cjy": "晋语",
    "bo": "藏语",
    "ug": "维吾尔语",
    "mn": "蒙古语",
    "za": "壮语",
    "kk": "哈萨克语",
    "ii": "彝语",
    "ko": "朝鲜语",
    "en": "英语",
}
WRITTEN = SPOKEN | {
    "zh": "中文",
    TRADITIONAL: "繁体中文",
    "bo": "藏文",
    "ug": "维吾尔文",
    "mn": "蒙古文",
    "za": "壮文",
    "kk": "哈萨克文",
    "ii": "彝文",
    "ko": "朝鲜文",
    "en": "英文",
}
# ISO 639-2 and 639-3 beside the shorter code that stands for the same language here.
SAME = {
    "chi": "zh",
    "zho": "zh",
    "cmn": "zh",
    "tib": "bo",
    "bod": "bo",
    "uig": "ug",
    "mon": "mn",
    "khk": "mn",
    "mvf": "mn",
    "zha": "za",
    "kaz": "kk",
    "iii": "ii",
    "kor": "ko",
    "eng": "en",
}
TRADITIONAL_PARTS = frozenset(("hant", "tw", "hk", "mo"))
CHINESE = re.compile("[一-鿿]")


def language_of(code: str) -> str:
    """One code for a language however the media write it: "chi", "zh_CN" and "cmn" are "zh"; "zh-yue" is
    "yue". One that is not known here stays as it is, in small letters."""
    first, *rest = code.strip().lower().replace("_", "-").split("-")
    language = SAME.get(first, first)
    if language != "zh" or not rest:
        return language
    narrower = SAME.get(rest[0], rest[0])
    if narrower != language and narrower in SPOKEN:
        return narrower
    return TRADITIONAL if TRADITIONAL_PARTS.intersection(rest) else language


def sound_names(sounds: Sequence[Track]) -> list[str]:
    """普通话, 粤语, …; 声音 2 for one of which nothing is known. No two are the same."""
    return _names(sounds, SPOKEN, _("声音 {}"))


def subtitle_names(subtitles: Sequence[Track]) -> list[str]:
    """中文, 藏文, …; 字幕 2 for one of which nothing is known. No two are the same."""
    return _names(subtitles, WRITTEN, _("字幕 {}"))


def _names(tracks: Sequence[Track], languages: Mapping[str, str], unknown: str) -> list[str]:
    """A Chinese name wins; any other is what some program wrote ("Stereo") and comes after the language."""
    names = []
    for number, track in enumerate(tracks, 1):
        name, language = track.name.strip(), languages.get(language_of(track.language))
        known = name if CHINESE.search(name) or not language else _(language)
        names.append(known or unknown.format(number))
    same, seen = Counter(names), Counter[str]()
    for place, name in enumerate(names):
        seen[name] += 1
        if same[name] > 1:
            names[place] = f"{name} {seen[name]}"
    return names
