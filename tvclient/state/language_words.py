"""What languages are called on the screen: dialects as spoken, scripts as written."""

from tvclient.words import _

# ISO 639-1 and -3 codes, with what MPEG-TS and MP4 write for the same; spoken, written.
_MANDARIN = ("普通话", "中文")
_NAMES = {
    "zh": _MANDARIN,
    "zho": _MANDARIN,
    "chi": _MANDARIN,
    "cmn": _MANDARIN,
    "yue": ("粤语", "粤语"),
    "nan": ("闽南话", "闽南话"),
    "wuu": ("吴语", "吴语"),
    "hak": ("客家话", "客家话"),
    "gan": ("赣语", "赣语"),
    "hsn": ("湘语", "湘语"),
    "cjy": ("晋语", "晋语"),
    "bo": ("藏语", "藏文"),
    "bod": ("藏语", "藏文"),
    "tib": ("藏语", "藏文"),
    "ug": ("维吾尔语", "维吾尔文"),
    "uig": ("维吾尔语", "维吾尔文"),
    "mn": ("蒙古语", "蒙古文"),
    "mon": ("蒙古语", "蒙古文"),
    "khk": ("蒙古语", "蒙古文"),
    "mvf": ("蒙古语", "蒙古文"),
    "za": ("壮语", "壮文"),
    "zha": ("壮语", "壮文"),
    "kk": ("哈萨克语", "哈萨克文"),
    "kaz": ("哈萨克语", "哈萨克文"),
    "ko": ("朝鲜语", "朝鲜文"),
    "kor": ("朝鲜语", "朝鲜文"),
    "ii": ("彝语", "彝文"),
    "iii": ("彝语", "彝文"),
    "en": ("英语", "英文"),
    "eng": ("英语", "英文"),
    "ja": ("日语", "日文"),
    "jpn": ("日语", "日文"),
    "ru": ("俄语", "俄文"),
    "rus": ("俄语", "俄文"),
}
_SCRIPTS = {"hans": "简体中文", "cn": "简体中文", "hant": "繁体中文", "tw": "繁体中文", "hk": "繁体中文"}


def language_key(code: str) -> str:
    """One and the same word for all spellings of a language: zh-CN, chi and cmn are all 普通话.

    A code that is not known stays as it is, in small letters; empty for an empty one.
    """
    plain = code.strip().lower().replace("_", "-")
    found = _names(plain)
    return found[0] if found else plain


def spoken_name(code: str) -> str:
    """普通话, 粤语, 藏语; empty for a code that is not known."""
    found = _names(code.strip().lower().replace("_", "-"))
    return _(found[0]) if found else ""


def written_name(code: str) -> str:
    """中文, 藏文, 英文; empty for a code that is not known."""
    plain = code.strip().lower().replace("_", "-")
    found = _names(plain)
    if found is _MANDARIN:
        return _(next((_SCRIPTS[part] for part in plain.split("-")[1:] if part in _SCRIPTS), _MANDARIN[1]))
    return _(found[1]) if found else ""


def _names(plain: str) -> tuple[str, str] | None:
    """zh-yue is Cantonese, zh-Hant-HK is not."""
    parts = plain.split("-")
    known = [_NAMES[part] for part in parts if part in _NAMES and (part is parts[0] or len(part) == 3)]
    return known[-1] if known else None
